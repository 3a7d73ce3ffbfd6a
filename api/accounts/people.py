"""Who works here: what administrators see and change, and what everybody sees of their own account."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from api.accounts import audit, repository
from api.accounts.holding import held_until, hold, release
from api.accounts.models import Account, AccountLink
from api.accounts.second_factor import clear
from api.accounts.service import facts, name_as_typed
from api.accounts.sessions import HANDLE, OpenSession, listed, may_enter, token_hash
from api.accounts.visitor import DECIDE, FieldUnusable, Visitor, checked_roles
from api.database import Database, now
from api.errors import Conflict, NotFound


@dataclass(frozen=True)
class Person:
    """`state`: joined, invited, expired (the invitation is too old), disabled or locked. Moments in UTC.

    `held_until`: until then this person decides on no words, because of what `held_because` says.
    """

    id: str
    email: str
    name: str
    roles: tuple[str, ...]
    languages: tuple[str, ...]
    state: str
    has_joined: bool
    has_second_factor: bool
    has_single_sign_on: bool
    is_demonstration: bool
    seen_at: datetime | None
    link_until: datetime | None
    held_until: datetime | None
    held_because: str


@dataclass(frozen=True)
class Own:
    """What people see of their own account; `codes_left` of the recovery codes."""

    has_password: bool
    has_second_factor: bool
    wants_reminders: bool
    codes_left: int
    sessions: list[OpenSession]


@dataclass(frozen=True)
class People:
    """Every change is written into the audit log; nobody takes away the last administrator, or their own role."""

    database: Database
    is_production: bool

    def found(self, text: str = "", role: str = "") -> list[Person]:
        """Everybody whose name or address holds `text` and who has `role`, by name."""
        moment, sought = now(), text.strip().casefold()
        with self.database.read() as session:
            links = repository.links(session)
            people = [_person(account, links.get(account.id), moment) for account in repository.everybody(session)]
        wanted = [
            person
            for person in people
            if sought in f"{person.name} {person.email}".casefold() and (not role or role in person.roles)
        ]
        return sorted(wanted, key=lambda person: (person.name.casefold(), person.email))

    def one(self, account_id: str) -> Person:
        """Raises NotFound."""
        with self.database.read() as session:
            account = session.get(Account, account_id)
            if account is None:
                raise _nobody()
            return _person(account, repository.links(session).get(account_id), now())

    def own(self, visitor: Visitor, token: str) -> Own:
        with self.database.read() as session:
            account = session.get(Account, visitor.account_id)
            if account is None:
                raise _nobody()
            rows = repository.sessions_of(session, account.id, now())
            left = repository.recovery_codes_left(session, account.id)
            factors = bool(account.password_hash), bool(account.totp_secret)
            return Own(*factors, account.wants_reminders, left, listed(rows, token))

    def change(self, by: Visitor, account_id: str, *, name: str, roles: list[str], languages: list[str]) -> None:
        """Raises NotFound, Unusable for roles that do not fit, Conflict where no administrator would be left."""
        checked = checked_roles(roles, languages)
        called = name_as_typed(name)
        if not called:
            raise FieldUnusable("name", "Give a name, as colleagues know this person.")
        if account_id == by.account_id and "admin" in by.roles and "admin" not in checked:
            raise Conflict("You cannot take the administrator's role from yourself. Ask another administrator.")

        def changed(session: Session, account: Account) -> None:
            given = sorted(DECIDE & set(checked) - set(account.roles)) + sorted(set(languages) - set(account.languages))
            account.name, account.roles, account.languages = called, checked, sorted(set(languages))
            if given:
                hold(account, by, f"gave them {' and '.join(given)}")

        self._change(by, account_id, "account.changed", changed)

    def disable(self, by: Visitor, account_id: str) -> None:
        """Ends every session and link; raises NotFound, Conflict."""
        if account_id == by.account_id:
            raise Conflict("You cannot close your own account. Ask another administrator.")

        def disabled(session: Session, account: Account) -> None:
            account.disabled_at = now()
            repository.drop_link(session, account.id)
            repository.close_sessions_of(session, account.id)

        self._change(by, account_id, "account.disabled", disabled)

    def enable(self, by: Visitor, account_id: str) -> None:
        """Opens a closed account again, and one that is locked; raises NotFound."""

        def enabled(_: Session, account: Account) -> None:
            account.disabled_at = account.locked_until = None
            account.failures = 0

        self._change(by, account_id, "account.enabled", enabled)

    def end_sessions(self, by: Visitor, account_id: str) -> None:
        """Signs a person out everywhere; raises NotFound."""
        self._change(by, account_id, "account.sessions_ended", lambda s, a: repository.close_sessions_of(s, a.id))

    def reset_second_factor(self, by: Visitor, account_id: str) -> None:
        """For who has lost phone and codes; raises NotFound, Conflict for one's own."""
        if account_id == by.account_id:
            raise Conflict("You cannot reset your own second step. Replace it on the page of your account.")

        def reset(session: Session, account: Account) -> None:
            clear(session, account)
            repository.close_sessions_of(session, account.id)
            hold(account, by, "reset their second step")

        self._change(by, account_id, "account.second_factor_reset", reset)

    def confirm_approvals(self, by: Visitor, account_id: str) -> None:
        """Ends the hold on a person's decisions; raises NotFound, Conflict for who may not."""
        self._change(by, account_id, "account.approvals_confirmed", lambda _, account: release(account, by))

    def held(self) -> list[Person]:
        """Everybody whose decisions are held now."""
        return [person for person in self.found() if person.held_until and person.state != "disabled"]

    def end_own(self, visitor: Visitor, token: str, handle: str) -> None:
        """Ends the session `handle` of one's own, or with an empty handle every one but this."""
        with self.database.write() as session:
            if handle:
                rows = repository.sessions_of(session, visitor.account_id, now())
                for row in (row for row in rows if row.token_hash[:HANDLE] == handle):
                    session.delete(row)
            else:
                repository.close_sessions_of(session, visitor.account_id, but=token_hash(token))
            audit.record(session, by=visitor, what="account.sessions_ended", subject=visitor.email)

    def set_reminders(self, visitor: Visitor, *, wanted: bool) -> None:
        """Whether one is told by e-mail what waits; raises NotFound."""
        with self.database.write() as session:
            account = repository.for_update(session, visitor.account_id)
            if account is None:
                raise _nobody()
            before, account.wants_reminders = account.wants_reminders, wanted
            changed = {"before": {"reminders": before}, "after": {"reminders": wanted}}
            audit.record(session, by=visitor, what="account.reminders_changed", subject=account.email, **changed)

    def _change(self, by: Visitor, account_id: str, what: str, change: Callable[[Session, Account], None]) -> None:
        with self.database.write() as session:
            everybody = repository.everybody(session, for_update=True)
            account = next((one for one in everybody if one.id == account_id), None)
            if account is None:
                raise _nobody()
            before = _logged(account)
            change(session, account)
            if "admin" in before["roles"] and not any(self._is_admin(one) for one in everybody):
                raise Conflict("This is the last administrator. Make somebody else one first.")
            after = _logged(account)
            is_same = before == after
            audit.record(
                session,
                by=by,
                what=what,
                subject=account.email,
                before=None if is_same else before,
                after=None if is_same else after,
            )

    def _is_admin(self, account: Account) -> bool:
        has_joined = account.joined_at is not None
        return "admin" in account.roles and has_joined and may_enter(account, self.is_production)


def _logged(account: Account) -> dict[str, Any]:
    state = "disabled" if account.disabled_at else "open"
    return {**facts(account), "state": state, "approvals_held_until": held_until(account, now())}


def _person(account: Account, link: AccountLink | None, moment: datetime) -> Person:
    return Person(
        id=account.id,
        email=account.email,
        name=account.name,
        roles=tuple(account.roles),
        languages=tuple(account.languages),
        state=_state(account, link, moment),
        has_joined=account.joined_at is not None,
        has_second_factor=account.totp_secret is not None,
        has_single_sign_on=account.subject is not None,
        is_demonstration=account.is_demonstration,
        seen_at=account.seen_at,
        link_until=link.expires_at if link and link.expires_at > moment else None,
        held_until=held_until(account, moment),
        held_because=account.approvals_held_because or "",
    )


def _state(account: Account, link: AccountLink | None, moment: datetime) -> str:
    if account.disabled_at:
        return "disabled"
    if account.joined_at is None:
        return "invited" if link and link.expires_at > moment else "expired"
    return "locked" if account.locked_until and account.locked_until > moment else "joined"


def _nobody() -> NotFound:
    return NotFound("There is no such account.")
