"""Sessions of staff: opened, judged, listed and ended on the server."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from api.accounts.holding import held_until
from api.accounts.models import Account, StaffSession
from api.accounts.visitor import NEED_SECOND_FACTOR, Holder, Visitor

IDLE_AFTER = timedelta(hours=1)
LONGEST_SESSION = timedelta(hours=12)
LONGEST_HALF = timedelta(minutes=15)
"""A session that has passed only the password does not wait longer for its code."""
SEEN_EVERY = timedelta(minutes=1)
HANDLE = 16


@dataclass(frozen=True)
class OpenSession:
    """`handle` names the session in a form and is of no use as its token."""

    handle: str
    browser: str
    created_at: datetime
    seen_at: datetime
    is_this_one: bool


def token_hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def asks_second_factor(account: Account) -> bool:
    """Of everybody who has set one up, and of approvers and admins; demonstration accounts need none."""
    must = bool(NEED_SECOND_FACTOR & set(account.roles)) and not account.is_demonstration
    return account.totp_secret is not None or must


def is_complete(held: StaffSession) -> bool:
    return held.passed_second_factor or not asks_second_factor(held.account)


def opened(session: Session, account: Account, moment: datetime, *, browser: str, passed: bool) -> str:
    """The token of a new session; a quarter of an hour long while the second factor is still to come."""
    token = secrets.token_urlsafe(32)
    is_whole = passed or not asks_second_factor(account)
    account.seen_at = moment if is_whole else account.seen_at
    held = StaffSession(
        token_hash=token_hash(token),
        account_id=account.id,
        csrf=secrets.token_urlsafe(24),
        browser=browser,
        passed_second_factor=passed,
        created_at=moment,
        seen_at=moment,
        expires_at=moment + (LONGEST_SESSION if is_whole else LONGEST_HALF),
    )
    session.add(held)
    return token


def may_enter(account: Account, is_production: bool) -> bool:
    return account.disabled_at is None and not (account.is_demonstration and is_production)


def holder_of(held: StaffSession, moment: datetime, is_production: bool) -> Holder | None:
    """Who holds this session, while it lasts: an hour without a page ends it."""
    if moment - held.seen_at > IDLE_AFTER or not may_enter(held.account, is_production):
        return None
    account = held.account
    visitor = Visitor(
        account.id,
        account.name,
        account.email,
        frozenset(account.roles),
        held.csrf,
        frozenset(account.languages),
        held_until(account, moment),
    )
    return Holder(visitor, is_complete(held), account.totp_secret is not None)


def listed(rows: list[StaffSession], own_token: str) -> list[OpenSession]:
    own = token_hash(own_token)
    return [
        OpenSession(row.token_hash[:HANDLE], row.browser, row.created_at, row.seen_at, row.token_hash == own)
        for row in rows
    ]
