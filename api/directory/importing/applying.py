"""Writes what was planned, in one transaction, so that it can be taken back."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from api.database import now
from api.directory.entry import ServiceEntry
from api.directory.importing import repository
from api.directory.importing.lines import Line
from api.directory.importing.models import Import
from api.directory.importing.planning import Plan
from api.directory.storing import store_many
from api.directory.trust_models import Change, Proposal
from api.errors import Conflict


class HasErrors(Conflict):
    """Nothing was written: some records have errors and nobody said to leave them out."""

    code = "import_has_errors"


def apply(session: Session, row: Import, planned: Plan, *, by: str, leave_out_errors: bool) -> None:
    """Raises HasErrors, Conflict when the import is not ready. `planned` must be made in this same transaction."""
    if row.state != "ready":
        raise Conflict(f"This import cannot be applied: it is {row.state}.")
    refused = sum(1 for line in planned.lines if line.action == "refused")
    if refused and not leave_out_errors:
        raise HasErrors(f"Nothing was imported: {_records(refused)} an error. Mend the feed, or leave them out.")
    moment = now()
    entries = [line.entry for line in planned.written if line.entry]
    store_many(session, entries, origin=row.origin, moment=moment, is_edited=False)
    session.add_all(
        Change(
            service_id=entry.id,
            at=moment,
            by=by,
            what=f"imported from {row.origin}",
            before=_as_json(planned.before.get(entry.id)),
            after=_as_json(entry),
            import_id=row.id,
        )
        for entry in entries
    )
    session.add_all(_proposals(session, planned.lines, row))
    row.state, row.applied_at, row.report = "applied", moment, planned.as_json()


def _proposals(session: Session, lines: Sequence[Line], row: Import) -> list[Proposal]:
    """What was proposed before, and perhaps declined, is not proposed again."""
    ids = [line.entry.id for line in lines if line.entry and (line.twins or line.action == "propose")]
    known = {_key(p.service_id, p.field, p.other_id, p.proposed) for p in repository.proposals_for(session, ids)}
    wanted = [proposal for line in lines for proposal in _of(line, row)]
    return [p for p in wanted if _key(p.service_id, p.field, p.other_id, p.proposed) not in known]


def _of(line: Line, row: Import) -> list[Proposal]:
    if line.entry is None:
        return []
    told: dict[str, Any] = {
        "service_id": line.entry.id,
        "origin": row.origin,
        "at": now(),
        "import_id": row.id,
    }
    changes = line.changes if line.action == "propose" else []
    return [
        *(
            Proposal(
                kind="change",
                field=change.field,
                current=change.current,
                proposed=change.proposed,
                reason=f"{row.origin} says otherwise.",
                **told,
            )
            for change in changes
        ),
        *(
            Proposal(kind="duplicate", current=None, proposed=None, other_id=twin.other_id, reason=twin.reason, **told)
            for twin in line.twins
        ),
    ]


def _key(service_id: str, field: str | None, other_id: str | None, proposed: Any) -> tuple[Any, ...]:
    return service_id, field, other_id, json.dumps(proposed, sort_keys=True)


def _as_json(entry: ServiceEntry | None) -> dict[str, Any] | None:
    return entry.model_dump(mode="json") if entry else None


def _records(count: int) -> str:
    return "1 record has" if count == 1 else f"{count:,} records have"
