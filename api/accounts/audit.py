"""The audit log: who did what to what, before and after. Written in the transaction of the deed; never edited."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from api.accounts.models import Account, AuditEntry
from api.accounts.visitor import Visitor
from api.database import now

NEVER_KEPT = ("password", "secret", "token", "csrf", "recovery_code", "number_hash")
"""Parts of names that a field of the log may not have."""


def record(
    session: Session, *, by: Visitor | str, what: str, subject: str, before: Any = None, after: Any = None
) -> None:
    """Adds one line. `by`: a person, or the name of a command. `what`: "account.invited", a room and a past participle.

    `before` and `after` are JSON values (moments become text), never with passwords, secrets or families' numbers;
    raises ValueError when a field is named like one.
    """
    if isinstance(by, str):
        _add(session, None, by, what, subject, before, after)
    else:
        _add(session, by.account_id, f"{by.name} ({by.email})", what, subject, before, after)


def record_own(session: Session, account: Account, what: str, after: Any = None) -> None:
    """What a person did to their own account, or somebody in their name who is not signed in yet."""
    _add(session, account.id, f"{account.name} ({account.email})", what, account.email, None, after)


def _add(session: Session, by_id: str | None, by: str, what: str, subject: str, before: Any, after: Any) -> None:
    was, became = _plain(before), _plain(after)
    words = "\n".join([by, what, subject, *_texts(was), *_texts(became)]).casefold()
    entry = AuditEntry(
        at=now(), by_id=by_id, by_name=by, what=what, subject=subject, before=was, after=became, words=words
    )
    session.add(entry)


def _plain(value: Any) -> Any:
    plain = json.loads(json.dumps(value, default=str))
    for name in _names(plain):
        if any(forbidden in name.casefold() for forbidden in NEVER_KEPT):
            raise ValueError(f"The audit log does not hold {name}.")
    return plain


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for child in _children(value):
        yield from _names(child)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    if value is not None and not isinstance(value, dict | list):
        yield str(value)
    for child in _children(value):
        yield from _texts(child)


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
