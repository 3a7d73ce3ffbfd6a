"""Recovery codes: ten, each good once, for whoever has lost the phone. Pure."""

import secrets

from api.sealing import keyed_hash

HOW_MANY = 10
PURPOSE = b"bumpline accounts: recovery codes"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that are mistaken for one another on paper."""
GROUPS, LETTERS = 3, 4


def new_codes() -> list[str]:
    """Ten codes like "k7mp-2wxa-9hcd": 59 random bits each."""
    return ["-".join(_group() for _ in range(GROUPS)) for _ in range(HOW_MANY)]


def code_hash(secret_key: str, account_id: str, typed: str) -> str:
    """What is kept of a code; spaces, hyphens and capitals do not matter."""
    plain = "".join(letter for letter in typed.casefold() if letter.isalnum())
    return keyed_hash(secret_key, PURPOSE, f"{account_id}:{plain}")


def _group() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
