"""Somebody to sign in as when Bumpline is only being tried: a new password at every start, refused in production."""

import secrets
from contextlib import suppress

from api.accounts.service import Accounts
from api.errors import Conflict

EMAIL = "midwife@demonstration.invalid"


def demonstration_password(accounts: Accounts) -> str:
    """The password of EMAIL from now on."""
    password = secrets.token_urlsafe(12)
    with suppress(Conflict):
        accounts.add(
            email=EMAIL, name="Demonstration", roles=["professional"], password=password, is_demonstration=True
        )
        return password
    accounts.set_password(EMAIL, password)
    return password
