"""Phone numbers: which may be texted, how they are kept.

A text to a landline can be read aloud to whoever answers, so only mobiles are texted.
No number appears in a repr or in the words of an exception.
"""

from dataclasses import dataclass, field
from functools import lru_cache

import phonenumbers
import regex
from phonenumbers import NumberParseException, PhoneNumberType

from api.sealing import box, keyed_hash

UNITED_KINGDOM = 44
HASH = b"bumpline sms: hash of numbers"
ENCRYPTION = b"bumpline sms: encryption"
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
        self._secret_key = secret_key
        self._box = box(secret_key, ENCRYPTION)

    def hash(self, number: str) -> str:
        return keyed_hash(self._secret_key, HASH, number)

    def encrypt(self, text: str) -> str:
        return self._box.encrypt(text.encode()).decode()

    def decrypt(self, token: str) -> str:
        """Raises cryptography.fernet.InvalidToken when it was encrypted under another SECRET_KEY."""
        return self._box.decrypt(token.encode()).decode()


@lru_cache(maxsize=4)
def number_keeper(secret_key: str) -> NumberKeeper:
    return NumberKeeper(secret_key)
