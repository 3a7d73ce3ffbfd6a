"""Reviewed data: one person proposes a version, a second one approves it, and from then on it counts.

What counts is the newest approved version of each subject, over what the files say. Going back is proposing an earlier
version again: nobody alone changes what is taken for danger.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.database import now
from api.errors import Conflict, NotFound, Unusable
from api.person import Person
from api.versions import repository
from api.versions.models import Version

Body = dict[str, Any]
Current = Mapping[str, Mapping[str, Body]]
"""Kind -> subject -> the body that counts."""


class ProposedMeanwhile(Conflict):
    """Somebody else proposed first; `newest` is theirs. Nothing was saved."""

    def __init__(self, newest: Version) -> None:
        super().__init__(f"{newest.author} changed this meanwhile (version {newest.number}). Look at both, then save.")
        self.newest = newest


@dataclass(frozen=True)
class Proposal:
    """`base`: number of the newest version the author saw, 0 for none."""

    kind: str
    subject: str
    body: Body
    base: int
    reason: str = ""


def propose(session: Session, proposal: Proposal, by: Person) -> Version:
    """Writes a version that waits for a second person; raises ProposedMeanwhile, Unusable when nothing is different.

    An earlier version that still waits is declined by it: only one is waiting at a time.
    """
    rows = repository.history(session, proposal.kind, proposal.subject, is_locked=True)
    newest = rows[0] if rows else None
    if newest and newest.number != proposal.base:
        raise ProposedMeanwhile(newest)
    if newest and newest.decision != "declined" and newest.body == proposal.body:
        raise Unusable("Nothing is different, so there is nothing to save.")
    if newest and newest.decision is None:
        _decide(newest, by, "declined")
    made = Version(
        kind=proposal.kind,
        subject=proposal.subject,
        number=newest.number + 1 if newest else 1,
        body=proposal.body,
        reason=proposal.reason.strip(),
        author=by.name,
        author_id=by.id,
        created_at=now(),
    )
    return _written(session, made)


def _written(session: Session, made: Version) -> Version:
    """Two people may propose the first version of a thing at once: there is no row yet that one could lock."""
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        raise ProposedMeanwhile(repository.history(session, made.kind, made.subject)[0]) from None
    return made


def approve(session: Session, version_id: int, by: Person) -> Version:
    """Makes a version count; raises NotFound, Conflict when `by` wrote it or somebody has decided already."""
    found = _undecided(session, version_id)
    if not by.name.strip() or by.is_same_as(found.author, found.author_id):
        raise Conflict("Approval needs the name of a second person, not the author.")
    return _decide(found, by, repository.APPROVED)


def decline(session: Session, version_id: int, by: Person) -> Version:
    """Takes a version out of the queue; its author may too. Raises NotFound, Conflict."""
    return _decide(_undecided(session, version_id), by, "declined")


def current(session: Session) -> dict[str, dict[str, Body]]:
    """Kind -> subject -> the newest approved body."""
    found: dict[str, dict[str, Body]] = {}
    for row in repository.approved(session):
        found.setdefault(row.kind, {})[row.subject] = row.body
    return found


def counting(rows: list[Version]) -> Version | None:
    """The one of a history, newest first, that counts."""
    return next((row for row in rows if row.decision == repository.APPROVED), None)


def _undecided(session: Session, version_id: int) -> Version:
    found = repository.version(session, version_id)
    if found is None:
        raise NotFound("There is no such version.")
    if found.decision is not None:
        raise Conflict(f"{found.decided_by} has {found.decision} this version already.")
    return found


def _decide(row: Version, by: Person, decision: str) -> Version:
    row.decision, row.decided_by, row.decided_by_id, row.decided_at = decision, by.name, by.id, now()
    return row
