"""Whoever guesses behind the first door is slowed down: five wrong codes lock the account for a quarter of an hour.

So do wrong passwords of somebody who is signed in. Only a person with the password, or a session, gets this far: a
stranger at the sign-in form locks nobody out (throttling.py).
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from api.accounts import audit
from api.accounts.models import Account
from api.accounts.visitor import NotSignedIn

FAILURES_AT_MOST = 5
LOCKED_FOR = timedelta(minutes=15)


def locked(account: Account, moment: datetime) -> NotSignedIn | None:
    """The refusal while the lock lasts."""
    if account.locked_until and account.locked_until > moment:
        return NotSignedIn("Too many wrong tries. Wait 15 minutes and try again.")
    return None


def count_failure(session: Session, account: Account, moment: datetime, kind: str) -> None:
    """`kind`: "password" or "code". The caller commits, so that a refusal is raised only after it was counted."""
    account.failures += 1
    audit.record_own(session, account, "account.refused", {"wrong": kind})
    if account.failures >= FAILURES_AT_MOST:
        account.failures, account.locked_until = 0, moment + LOCKED_FOR
        audit.record_own(session, account, "account.locked", {"until": account.locked_until})


def forgive(account: Account) -> None:
    account.failures, account.locked_until = 0, None
