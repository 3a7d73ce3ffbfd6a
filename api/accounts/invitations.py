"""One-time links: an invitation, and choosing a new password after forgetting the old one."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from api.accounts import audit, repository
from api.accounts.holding import hold
from api.accounts.models import Account, AccountLink
from api.accounts.passwords import hashed, refuse_weak
from api.accounts.service import facts, made, renew_password
from api.accounts.sessions import token_hash
from api.accounts.visitor import Visitor
from api.database import Database, now
from api.errors import Conflict, NotFound

GOOD_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Link:
    """Shown once: only a hash of `token` is kept. `is_invitation`: the person has not joined yet."""

    token: str = field(repr=False)
    account_id: str
    email: str
    name: str
    expires_at: datetime
    is_invitation: bool


@dataclass(frozen=True)
class Invitations:
    database: Database

    def invite(self, by: Visitor, *, email: str, name: str, roles: list[str], languages: list[str]) -> Link:
        """An account and a link with which the person joins; raises Conflict when the address is taken, Unusable."""
        with self.database.write() as session:
            account = made(session, email=email, name=name, roles=roles, languages=languages)
            session.flush()
            hold(account, by, "invited them")
            audit.record(session, by=by, what="account.invited", subject=account.email, after=facts(account))
            return _link(session, account)

    def renew(self, by: Visitor, account_id: str) -> Link:
        """Another link; the old one is dead. Who is linked to the issuer of single sign-on is asked again.

        Raises NotFound, Conflict for a closed account.
        """
        with self.database.write() as session:
            account = repository.for_update(session, account_id)
            if account is None:
                raise NotFound("There is no such account.")
            if account.disabled_at or account.is_demonstration:
                raise Conflict("This account is closed. Open it first.")
            account.subject = None
            hold(account, by, "made a link for a new password" if account.joined_at else "invited them")
            what = "account.link_for_password_made" if account.joined_at else "account.invited_again"
            audit.record(
                session,
                by=by,
                what=what,
                subject=account.email,
                after={"approvals_held_until": account.approvals_held_until},
            )
            return _link(session, account)

    def cancel(self, by: Visitor, account_id: str) -> None:
        """Whoever has not joined has no account any more; of others only the link ends. Raises NotFound."""
        with self.database.write() as session:
            account = repository.for_update(session, account_id)
            if account is None:
                raise NotFound("There is no such account.")
            repository.drop_link(session, account.id)
            what = "account.link_cancelled" if account.joined_at else "account.invitation_cancelled"
            audit.record(session, by=by, what=what, subject=account.email)
            if account.joined_at is None:
                session.delete(account)

    def invited(self, token: str) -> Link:
        """Whom `token` is for; looking does not use it up. Raises NotFound."""
        with self.database.read() as session:
            link = repository.link_by_hash(session, token_hash(token), now())
            return _shown(_valid(link), token)

    def accept(self, token: str, password: str) -> str:
        """The person's address, who can sign in with `password` now; raises NotFound, Unusable for a weak one."""
        refuse_weak(password)
        password_hash = hashed(password)
        with self.database.write() as session:
            link = _valid(repository.link_by_hash(session, token_hash(token), now()))
            account = link.account
            joins = account.joined_at is None
            renew_password(session, account, password_hash)
            account.joined_at = account.joined_at or now()
            audit.record_own(session, account, "account.joined" if joins else "account.password_changed")
            return account.email


def _link(session: Session, account: Account) -> Link:
    repository.drop_link(session, account.id)
    token, moment = secrets.token_urlsafe(32), now()
    link = AccountLink(
        account_id=account.id, token_hash=token_hash(token), created_at=moment, expires_at=moment + GOOD_FOR
    )
    link.account = account
    session.add(link)
    return _shown(link, token)


def _shown(link: AccountLink, token: str) -> Link:
    account = link.account
    return Link(token, account.id, account.email, account.name, link.expires_at, account.joined_at is None)


def _valid(link: AccountLink | None) -> AccountLink:
    if link is None or link.account.disabled_at:
        raise NotFound("This link has been used or is too old. Ask your administrator for another.")
    return link
