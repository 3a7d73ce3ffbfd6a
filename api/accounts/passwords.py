"""Passwords, kept as argon2id hashes. Pure."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from api.errors import Unusable

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200


def refuse_weak(password: str) -> None:
    """Raises Unusable for a password that is too short or too long."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Unusable(f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters. Three words do well.")


def hashed(password: str) -> str:
    return _hasher().hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Takes as long for nobody's hash (None) as for a person's: the time must not tell who has an account."""
    try:
        return _hasher().verify(password_hash or _nobodys_hash(), password[:LONGEST_PASSWORD])
    except (Argon2Error, InvalidHashError):
        return False


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))
