"""Accounts, signing in and out. Sessions are kept on the server, so each can be ended at once."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from api.accounts import audit, repository
from api.accounts.locking import FAILURES_AT_MOST, count_failure, forgive, locked
from api.accounts.models import Account, StaffSession
from api.accounts.passwords import hashed, matches, refuse_weak
from api.accounts.sessions import SEEN_EVERY, asks_second_factor, holder_of, may_enter, opened, token_hash
from api.accounts.visitor import ROLES, FieldUnusable, Forbidden, Holder, NotSignedIn, Visitor, checked_roles
from api.database import Database, now
from api.errors import Conflict, NotFound
from api.typed import hidden_letter

__all__ = ["FAILURES_AT_MOST", "ROLES", "Accounts", "Forbidden", "Holder", "NotSignedIn", "Visitor"]
COMMAND = "command line"
LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[^@\s<>()\",;:\\]+@[^@\s<>()\",;:\\]+\.[^@\s<>()\",;:\\]+")


@dataclass(frozen=True)
class Accounts:
    """`is_production`: accounts that were made for the demonstration are refused."""

    database: Database
    is_production: bool

    def add(
        self,
        *,
        email: str,
        name: str,
        roles: list[str],
        password: str,
        languages: Sequence[str] = (),
        is_demonstration: bool = False,
    ) -> str:
        """A new account; returns its id. Raises Unusable for a weak password or an unknown role, Conflict if taken."""
        refuse_weak(password)
        password_hash = hashed(password)
        with self.database.write() as session:
            account = made(session, email=email, name=name, roles=roles, languages=list(languages))
            account.password_hash, account.is_demonstration = password_hash, is_demonstration
            account.joined_at = account.created_at
            audit.record(session, by=COMMAND, what="account.added", subject=account.email, after=facts(account))
        return account.id

    def set_password(self, email: str, password: str) -> None:
        """Changes the password and ends every session of the account; raises NotFound, Unusable."""
        refuse_weak(password)
        with self.database.write() as session:
            account = repository.by_email(session, address(email))
            if account is None:
                raise NotFound(f"There is no account for {email}.")
            renew_password(session, account, hashed(password))
            audit.record(session, by=COMMAND, what="account.password_changed", subject=account.email)

    def change_password(self, visitor: Visitor, old: str, new: str) -> None:
        """Every session ends with the old password; raises NotSignedIn when it is wrong, Unusable for a weak one."""
        refuse_weak(new)
        held, is_right = self._known(visitor.email, old)
        moment = now()
        with self.database.write() as session:
            account = repository.for_update(session, held.id) if held else None
            refusal = _refusal(account, is_right, self.is_production, moment)
            if account and not is_right and not locked(account, moment):
                count_failure(session, account, moment, "password")
            if account and refusal is None:
                renew_password(session, account, hashed(new))
                audit.record_own(session, account, "account.password_changed")
        if refusal:
            raise refusal

    def sign_in(self, email: str, password: str, browser: str = "", old: str = "") -> str:
        """A token for a cookie; raises NotSignedIn, in the same words and time whether the address is known or not.

        The session of the token `old`, which this browser held until now, ends with it. Wrong passwords are counted at
        the door (throttling.py) and not in the account: a stranger must not lock it.
        """
        moment = now()
        known, is_right = self._known(email, password)
        with self.database.write() as session:
            account = repository.for_update(session, known.id) if known else None
            refusal = _refusal(account, is_right, self.is_production, moment)
            if account and not is_right and refusal:
                audit.record_own(session, account, "account.refused", {"wrong": "password"})
            if account and refusal is None:
                repository.close_session(session, token_hash(old))
                return self.enter(session, account, moment, browser=browser, passed=False, by="password")
        assert refusal is not None
        raise refusal

    def enter(
        self, session: Session, account: Account, moment: datetime, *, browser: str, passed: bool, by: str
    ) -> str:
        """Opens a session for a person who has shown who they are, `by` password, code or issuer."""
        repository.forget_expired(session, moment)
        token = opened(session, account, moment, browser=browser, passed=passed)
        is_whole = passed or not asks_second_factor(account)
        if is_whole:
            # Only now: otherwise a known password would give as many tries at the code as one likes.
            forgive(account)
        audit.record_own(session, account, "account.signed_in" if is_whole else "account.half_signed_in", {"by": by})
        return token

    def sign_out(self, token: str) -> None:
        with self.database.write() as session:
            held = repository.open_session(session, token_hash(token), now())
            if held is not None:
                audit.record_own(session, held.account, "account.signed_out")
            repository.close_session(session, token_hash(token))

    def visitor(self, token: str) -> Visitor | None:
        """Who is signed in with `token`; nobody while the second factor is still to come."""
        holder = self.holder(token)
        return holder.visitor if holder and holder.is_complete else None

    def holder(self, token: str) -> Holder | None:
        """Who holds `token`, while the session lasts: an hour without a page ends it, twelve hours in any case."""
        moment = now()
        with self.database.read() as session:
            held = repository.open_session(session, token_hash(token), moment)
        holder = holder_of(held, moment, self.is_production) if held else None
        if held and holder and moment - held.seen_at > SEEN_EVERY:
            self._mark_seen(held.token_hash, moment)
        return holder

    def _known(self, email: str, password: str) -> tuple[Account | None, bool]:
        """The account and whether the password is right; hashing takes long and keeps no lock."""
        with self.database.read() as session:
            account = repository.by_email(session, address(email))
        return account, matches(account.password_hash if account else None, password)

    def _mark_seen(self, hashed_token: str, moment: datetime) -> None:
        with self.database.write() as session:
            held = session.get(StaffSession, hashed_token)
            if held is not None:
                held.seen_at = held.account.seen_at = moment


def made(session: Session, *, email: str, name: str, roles: list[str], languages: list[str]) -> Account:
    """A new account that nobody has joined yet; raises Conflict, Unusable."""
    written = address(email)
    if hidden := hidden_letter(written):
        raise FieldUnusable("email", f"The address holds a letter that nobody sees, {hidden}. Type it anew.")
    if len(written) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(written):
        raise FieldUnusable("email", "An e-mail address looks like name@example.org.")
    checked, called = checked_roles(roles, languages), name_as_typed(name)
    if repository.by_email(session, written):
        raise Conflict(f"There is an account for {written} already.")
    account = Account(
        id=secrets.token_urlsafe(12),
        email=written,
        name=called or written,
        roles=checked,
        languages=sorted(set(languages)),
        failures=0,
        created_at=now(),
    )
    session.add(account)
    return account


def name_as_typed(name: str) -> str:
    """Raises FieldUnusable for letters with which one name looks like another."""
    if hidden := hidden_letter(name.strip()):
        raise FieldUnusable("name", f"The name holds a letter that nobody sees, {hidden}. Type it anew.")
    return name.strip()


def renew_password(session: Session, account: Account, password_hash: str) -> None:
    """Ends every session, and every link to choose a password."""
    account.password_hash = password_hash
    forgive(account)
    repository.close_sessions_of(session, account.id)
    repository.drop_link(session, account.id)


def facts(account: Account) -> dict[str, Any]:
    """What the audit log says of an account."""
    return {"name": account.name, "roles": account.roles, "languages": account.languages}


def address(email: str) -> str:
    return email.strip().casefold()


def _refusal(account: Account | None, is_right: bool, is_production: bool, moment: datetime) -> NotSignedIn | None:
    """Why this account may not come in; None when it may."""
    if account is None:
        return _wrong()
    if refusal := locked(account, moment):
        return refusal
    if not is_right:
        return _wrong()
    if not may_enter(account, is_production):
        return NotSignedIn("This account is closed. Ask your administrator.")
    return None


def _wrong() -> NotSignedIn:
    return NotSignedIn("The e-mail address or the password is wrong.")
