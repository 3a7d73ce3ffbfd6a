"""Signing in and out. Passwords are kept as argon2id hashes, sessions on the server, so each can be ended at once."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy.orm import Session

from api.accounts import repository
from api.accounts.models import Account, StaffSession
from api.database import Database, now
from api.errors import BumplineError, Conflict, NotFound, Unusable

ROLES = ("professional", "editor", "admin")
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
FAILURES_AT_MOST = 5
LOCKED_FOR = timedelta(minutes=15)
IDLE_AFTER = timedelta(hours=1)
LONGEST_SESSION = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)


class NotSignedIn(BumplineError):
    status = 401
    code = "not_signed_in"


class Forbidden(BumplineError):
    status = 403
    code = "forbidden"


@dataclass(frozen=True)
class Visitor:
    """A person who is signed in. `csrf` must come back with every form."""

    account_id: str
    name: str
    email: str
    roles: frozenset[str]
    csrf: str

    def may(self, *roles: str) -> bool:
        return bool(self.roles & set(roles))


@dataclass(frozen=True)
class Accounts:
    """`is_production`: accounts that were made for the demonstration are refused."""

    database: Database
    is_production: bool

    def add(self, *, email: str, name: str, roles: list[str], password: str, is_demonstration: bool = False) -> str:
        """A new account; returns its id. Raises Unusable for a weak password or an unknown role, Conflict if taken."""
        address = _address(email)
        _refuse_weak(password)
        unknown = set(roles) - set(ROLES)
        if unknown or not roles:
            raise Unusable(f"Roles are {', '.join(ROLES)}; give one or more of them.")
        with self.database.write() as session:
            if repository.by_email(session, address):
                raise Conflict(f"There is an account for {address} already.")
            account = Account(
                id=secrets.token_urlsafe(12),
                email=address,
                name=name.strip() or address,
                password_hash=_hasher().hash(password),
                roles=sorted(set(roles)),
                is_demonstration=is_demonstration,
                failures=0,
                created_at=now(),
            )
            session.add(account)
        return account.id

    def set_password(self, email: str, password: str) -> None:
        """Changes the password and ends every session of the account; raises NotFound, Unusable."""
        _refuse_weak(password)
        with self.database.write() as session:
            account = repository.by_email(session, _address(email))
            if account is None:
                raise NotFound(f"There is no account for {email}.")
            account.password_hash, account.failures, account.locked_until = _hasher().hash(password), 0, None
            repository.close_sessions_of(session, account.id)

    def sign_in(self, email: str, password: str) -> str:
        """A token for a cookie; raises NotSignedIn, in the same words and time whether the address is known or not."""
        moment = now()
        with self.database.read() as session:
            account = repository.by_email(session, _address(email))
        is_right = _matches(account.password_hash if account else _nobodys_hash(), password)
        if account is None:
            raise _wrong()
        with self.database.write() as session:
            held = session.get(Account, account.id, with_for_update=True)
            refusal = _refusal(held, is_right, self.is_production, moment) if held else _wrong()
            if held and refusal is None:
                held.failures, held.locked_until = 0, None
                repository.forget_expired(session, moment)
                return _opened(session, held, moment)
        assert refusal is not None
        raise refusal

    def sign_out(self, token: str) -> None:
        with self.database.write() as session:
            repository.close_session(session, _hash(token))

    def visitor(self, token: str) -> Visitor | None:
        """Who holds `token`, while the session lasts: an hour without a page ends it, twelve hours in any case."""
        moment = now()
        with self.database.read() as session:
            held = repository.open_session(session, _hash(token), moment)
        if held is None or held.account.disabled_at or moment - held.seen_at > IDLE_AFTER:
            return None
        if held.account.is_demonstration and self.is_production:
            return None
        if moment - held.seen_at > SEEN_EVERY:
            self._mark_seen(held.token_hash, moment)
        account = held.account
        return Visitor(account.id, account.name, account.email, frozenset(account.roles), held.csrf)

    def _mark_seen(self, token_hash: str, moment: datetime) -> None:
        with self.database.write() as session:
            held = session.get(StaffSession, token_hash)
            if held is not None:
                held.seen_at = moment


def _opened(session: Session, account: Account, moment: datetime) -> str:
    token = secrets.token_urlsafe(32)
    opened = StaffSession(
        token_hash=_hash(token),
        account_id=account.id,
        csrf=secrets.token_urlsafe(24),
        created_at=moment,
        seen_at=moment,
        expires_at=moment + LONGEST_SESSION,
    )
    session.add(opened)
    return token


def _refusal(account: Account, is_right: bool, is_production: bool, moment: datetime) -> NotSignedIn | None:
    """Why this account may not come in, counting a wrong password; None when it may."""
    if account.locked_until and account.locked_until > moment:
        return NotSignedIn("Too many wrong passwords. Wait 15 minutes and try again.")
    if not is_right:
        account.failures += 1
        if account.failures >= FAILURES_AT_MOST:
            account.failures, account.locked_until = 0, moment + LOCKED_FOR
        return _wrong()
    if account.disabled_at or (account.is_demonstration and is_production):
        return NotSignedIn("This account is closed. Ask your administrator.")
    return None


def _wrong() -> NotSignedIn:
    return NotSignedIn("The e-mail address or the password is wrong.")


def _address(email: str) -> str:
    return email.strip().casefold()


def _refuse_weak(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Unusable(f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters. Three words do well.")


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher().verify(password_hash, password[:LONGEST_PASSWORD])
    except (Argon2Error, InvalidHashError):
        return False


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
