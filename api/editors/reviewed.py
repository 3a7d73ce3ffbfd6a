"""Reviewed data on the desk: a version is proposed by one person and decided on by another, and both are logged."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy.orm import Session

from api.accounts import audit
from api.accounts.service import Forbidden, Visitor
from api.errors import NotFound
from api.person import Person
from api.versions import repository
from api.versions import service as versions
from api.versions.models import Version
from api.versions.service import Body, Proposal

Verb = Literal["approve", "decline"]
DONE: dict[Verb, str] = {"approve": "approved", "decline": "declined"}


def propose(session: Session, visitor: Visitor, wanted: Proposal, before: Body | None) -> Version:
    """Writes a version that waits, and logs it beside what counts (`before`); raises as versions.propose."""
    made = versions.propose(session, wanted, Person(visitor.name, visitor.account_id))
    audit.record(
        session, by=visitor, what=f"{made.kind}.proposed", subject=subject_of(made), before=before, after=made.body
    )
    return made


def numbered(session: Session, kind: str, subject: str, number: int) -> Version:
    """Raises NotFound."""
    found = next((row for row in repository.history(session, kind, subject) if row.number == number), None)
    if found is None:
        raise NotFound(f"There is no version {number} of {subject}.")
    return found


def decide(session: Session, visitor: Visitor, row: Version, verb: Verb, before: Body | None) -> None:
    """Raises Forbidden while this person is held; Conflict for its author, and when it is decided already."""
    if visitor.held_until:
        raise Forbidden("Your decisions are held: Waits for approval says why and until when.")
    by = Person(visitor.name, visitor.account_id)
    decided = versions.approve if verb == "approve" else versions.decline
    decided(session, row.id, by)
    audit.record(
        session, by=visitor, what=f"{row.kind}.{DONE[verb]}", subject=subject_of(row), before=before, after=row.body
    )


def waiting(rows: Sequence[Version]) -> Version | None:
    """The one of a history that nobody has decided on."""
    return next((row for row in rows if row.decision is None), None)


def newest_number(rows: Sequence[Version]) -> int:
    return rows[0].number if rows else 0


def subject_of(row: Version) -> str:
    return f"{row.subject}, version {row.number}"
