"""Phone numbers: which may be texted, how they are kept. Imports nothing of ours.

A text to a landline can be read aloud to whoever answers, so only mobiles are texted.
No number appears in a repr or in the words of an exception.
"""

import base64
import hmac
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

import phonenumbers
import regex
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from phonenumbers import NumberParseException, PhoneNumberType

UNITED_KINGDOM = 44
MOBILE_TYPES = {
    False: (PhoneNumberType.MOBILE,),
    # Some countries' numbers do not tell a mobile from a landline; whoever texted us can be texted.
    True: (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE),
}
"""Keyed by whether the number is abroad."""
_DIALLED = regex.compile(r"\+?[\d\s().\-]{7,24}")
_FICTION = regex.compile(r"\+447700900\d{3}")


class NotAMobile(ValueError):
    """The number cannot be texted; says why, never which number."""


@dataclass(frozen=True)
class Mobile:
    """A mobile number, checked. Shows nothing when printed."""

    e164: str = field(repr=False)


def mobile(text: str, *, abroad: bool = False, allow_fiction: bool = False) -> Mobile:
    """The mobile number that `text` is; raises NotAMobile.

    `abroad` lets other countries' mobiles through: a family that texts us from a Polish SIM is answered.
    `allow_fiction` lets Ofcom's drama numbers through, 07700 900000 to 900999: for tests and demonstrations.
    """
    if not _DIALLED.fullmatch(text.strip()):
        raise NotAMobile("That is not a phone number.")
    try:
        number = phonenumbers.parse(text.strip(), "GB")
    except NumberParseException:
        raise NotAMobile("That is not a phone number.") from None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if _FICTION.fullmatch(e164):
        if not allow_fiction:
            raise NotAMobile("That number is kept for fiction; nobody has it.")
        return Mobile(e164)
    if number.country_code != UNITED_KINGDOM and not abroad:
        raise NotAMobile("That is not a number in the United Kingdom.")
    if phonenumbers.number_type(number) not in MOBILE_TYPES[number.country_code != UNITED_KINGDOM]:
        raise NotAMobile("That is not a mobile number.")
    return Mobile(e164)


class NumberKeeper:
    """Keeps numbers and what families write: encrypted at rest, numbers found again by a keyed hash."""

    def __init__(self, secret_key: str) -> None:
        self._hash_key = _derived(secret_key, b"bumpline sms: hash of numbers")
        self._box = Fernet(base64.urlsafe_b64encode(_derived(secret_key, b"bumpline sms: encryption")))

    def hash(self, number: str) -> str:
        return hmac.new(self._hash_key, number.encode(), sha256).hexdigest()

    def encrypt(self, text: str) -> str:
        return self._box.encrypt(text.encode()).decode()

    def decrypt(self, token: str) -> str:
        """Raises cryptography.fernet.InvalidToken when it was encrypted under another SECRET_KEY."""
        return self._box.decrypt(token.encode()).decode()


@lru_cache(maxsize=4)
def number_keeper(secret_key: str) -> NumberKeeper:
    return NumberKeeper(secret_key)


def _derived(secret_key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret_key.encode())
