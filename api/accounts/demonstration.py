"""People to sign in as when Bumpline is only being tried: new passwords at every start, refused in production."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from api.accounts import repository
from api.accounts.second_factor import clear
from api.accounts.service import Accounts
from api.errors import Conflict

MIDWIFE = "midwife@demonstration.invalid"
EDITOR = "editor@demonstration.invalid"
APPROVER = "approver@demonstration.invalid"
ROLES = {MIDWIFE: ("professional",), EDITOR: ("editor", "translator"), APPROVER: ("approver", "admin")}
NAMES = {MIDWIFE: "Demonstration midwife", EDITOR: "Demonstration editor", APPROVER: "Demonstration approver"}


@dataclass(frozen=True)
class Demonstrated:
    """Somebody who can sign in until the next start."""

    email: str
    password: str = field(repr=False)
    roles: tuple[str, ...]


def demonstration_people(accounts: Accounts, languages: Sequence[str]) -> list[Demonstrated]:
    """A midwife, an editor who translates into `languages`, and an approver of them who is the administrator too."""
    return [_renewed(accounts, email, languages) for email in ROLES]


def _renewed(accounts: Accounts, email: str, languages: Sequence[str]) -> Demonstrated:
    password, roles = secrets.token_urlsafe(12), ROLES[email]
    works_in = list(languages) if {"translator", "approver"} & set(roles) else []
    try:
        accounts.add(
            email=email,
            name=NAMES[email],
            roles=list(roles),
            languages=works_in,
            password=password,
            is_demonstration=True,
        )
    except Conflict:
        _put_back(accounts, email, works_in)
        accounts.set_password(email, password)
    return Demonstrated(email, password, roles)


def _put_back(accounts: Accounts, email: str, languages: list[str]) -> None:
    """Whatever was tried with this account is undone, so that the next person can try it too."""
    with accounts.database.write() as session:
        account = repository.by_email(session, email)
        if account is not None:
            account.name, account.roles, account.languages = NAMES[email], list(ROLES[email]), languages
            account.disabled_at = account.approvals_held_until = None
            clear(session, account)
