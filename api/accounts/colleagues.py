"""Who works here, for rooms that ask who can do something."""

from datetime import datetime

from sqlalchemy.orm import Session

from api.accounts import repository
from api.accounts.models import Account
from api.accounts.sessions import may_enter
from api.accounts.visitor import Visitor


def colleagues(session: Session, is_production: bool) -> list[Visitor]:
    """Everybody who has joined and can sign in, by name; without a session, so no form is theirs."""
    found = [_visitor(account) for account in _open(session, is_production)]
    return sorted(found, key=lambda one: (one.name.casefold(), one.email))


def reminded(session: Session, is_production: bool, joined_before: datetime) -> dict[str, Visitor]:
    """Account -> who wants reminders by e-mail. Addresses of the demonstration do not exist."""
    return {
        account.id: _visitor(account)
        for account in _open(session, is_production)
        if account.wants_reminders
        and not account.is_demonstration
        and account.joined_at is not None
        and account.joined_at <= joined_before
    }


def _open(session: Session, is_production: bool) -> list[Account]:
    everybody = repository.everybody(session)
    return [account for account in everybody if account.joined_at and may_enter(account, is_production)]


def _visitor(account: Account) -> Visitor:
    return Visitor(account.id, account.name, account.email, frozenset(account.roles), "", frozenset(account.languages))
