"""What an editor decides about what others brought: reports that an entry is wrong, and an import's proposals."""

from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from api.database import now
from api.directory.curating import change, entry_of
from api.directory.entry import ServiceEntry
from api.directory.source import faults
from api.directory.trust_models import Proposal, Report
from api.errors import Conflict, NotFound, Unusable

OUTCOMES = ("the entry was changed", "the entry is right", "not about the entry")
LONGEST = 500


def close_report(session: Session, report_id: int, *, by: str, outcome: str, note: str = "") -> Report:
    """Raises NotFound, Conflict when it is closed already, Unusable for an outcome that is none of OUTCOMES."""
    row = _report(session, report_id)
    if row.closed_at is not None:
        raise Conflict(f"{row.closed_by} closed this report already: {row.outcome}.")
    if outcome not in OUTCOMES:
        raise Unusable("Say what came of it: " + ", ".join(OUTCOMES) + ".")
    row.closed_at, row.closed_by = now(), by
    row.outcome = f"{outcome}: {note.strip()[:LONGEST]}" if note.strip() else outcome
    return row


def reopen_report(session: Session, report_id: int) -> Report:
    """Undoes `close_report`; raises NotFound."""
    row = _report(session, report_id)
    row.closed_at, row.closed_by, row.outcome = None, None, None
    return row


def accept(session: Session, proposal_id: int, *, by: str) -> Proposal:
    """Does what is proposed. A duplicate goes on hold, with its twin named. Raises NotFound, Conflict, Unusable."""
    row = _open_proposal(session, proposal_id)
    entry, _ = entry_of(session, row.service_id)
    data = entry.model_dump(mode="json")
    if row.kind == "duplicate":
        _refuse_lost_twin(session, str(row.other_id))
        gap = f"The same service as {row.other_id}."
        data |= {"listing": "hold", "provenance": data["provenance"] | {"gaps": gap}}
    else:
        data[str(row.field)] = row.proposed
    change(session, _entry(data), by=by, seen=None, what=f"accepted: {row.reason}")
    return _decided(row, by, "accepted")


def decline(session: Session, proposal_id: int, *, by: str) -> Proposal:
    """Leaves the entry as it is; raises NotFound, Conflict."""
    return _decided(_open_proposal(session, proposal_id), by, "declined")


def _refuse_lost_twin(session: Session, other_id: str) -> None:
    """Of two that are the same one must stay to be read."""
    other, _ = entry_of(session, other_id)
    if other.listing == "hold":
        raise Conflict(f"{other.name} is on hold itself. Show that one first, or decline this.")


def _entry(data: dict[str, Any]) -> ServiceEntry:
    try:
        return ServiceEntry.model_validate(data)
    except ValidationError as error:
        raise Unusable(f"It cannot be taken as it is: {'; '.join(faults(error))}. Change the entry by hand.") from error


def _decided(row: Proposal, by: str, decision: str) -> Proposal:
    row.decided_at, row.decided_by, row.decision = now(), by, decision
    return row


def _report(session: Session, report_id: int) -> Report:
    row = session.get(Report, report_id, with_for_update=True)
    if row is None:
        raise NotFound("There is no such report.")
    return row


def _open_proposal(session: Session, proposal_id: int) -> Proposal:
    row = session.get(Proposal, proposal_id, with_for_update=True)
    if row is None:
        raise NotFound("There is no such proposal.")
    if row.decided_at is not None:
        raise Conflict(f"{row.decided_by} {row.decision} this already.")
    return row
