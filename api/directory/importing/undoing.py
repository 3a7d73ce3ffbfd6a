"""Takes an import back: every entry as it was before, unless somebody has worked on it since."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError
from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from api.database import now
from api.directory import repository as directory
from api.directory.entry import ServiceEntry
from api.directory.importing import repository
from api.directory.importing.models import Import
from api.directory.models import Location, Organisation, Service, ServiceAtLocation
from api.directory.storing import store_many
from api.directory.trust_models import Change
from api.errors import Conflict

WITHDRAWN = "withdrawn"


@dataclass
class Undone:
    """Ids. `kept`: somebody edited, checked or imported them again since, so they stay."""

    deleted: list[str] = field(default_factory=list)
    put_back: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def undo(session: Session, row: Import, *, by: str) -> Undone:
    """Raises Conflict when the import was not applied, or is undone already."""
    if row.state != "applied":
        raise Conflict(f"This import cannot be undone: it is {row.state}.")
    done, changes = Undone(), repository.changes_of(session, row.id)
    newest = repository.last_changes(session, [change.service_id for change in changes])
    held = {service.id: service for service in _held(session, [change.service_id for change in changes])}
    for change in changes:
        service = held.get(change.service_id)
        if service is not None:
            _sort(done, change, service, newest)
    befores = [entry for c in changes if c.service_id in set(done.put_back) and (entry := _before(c))]
    moment = now()
    store_many(session, befores, origin=row.origin, moment=moment, is_edited=False)
    _delete(session, [service for service in held.values() if service.id in set(done.deleted)])
    for change in changes:
        if change.service_id not in set(done.kept):
            session.add(_taken_back(change, by, row))
    for proposal in repository.open_proposals_of(session, row.id):
        proposal.decided_at, proposal.decided_by, proposal.decision = moment, by, WITHDRAWN
    row.state, row.undone_at = "undone", moment
    row.report = {**(row.report or {}), "undone": vars(done)}
    return done


def _held(session: Session, ids: Sequence[str]) -> list[Service]:
    size = directory.A_QUERY
    parts = [ids[begin : begin + size] for begin in range(0, len(ids), size)]
    return [row for part in parts for row in session.scalars(select(Service).where(Service.id.in_(part)))]


def _sort(done: Undone, change: Change, service: Service, newest: dict[str, int]) -> None:
    is_touched = service.is_edited or service.assured_on is not None or newest[service.id] != change.id
    if is_touched:
        done.kept.append(service.id)
    elif change.before is None:
        done.deleted.append(service.id)
    else:
        (done.put_back if _before(change) else done.kept).append(service.id)


def _before(change: Change) -> ServiceEntry | None:
    """None: what stood there breaks a rule that was made since."""
    try:
        return ServiceEntry.model_validate(change.before)
    except ValidationError:
        return None


def _delete(session: Session, services: Sequence[Service]) -> None:
    """With what only they had: places nobody else meets at, organisations that run nothing else and say nothing."""
    owners = {service.organisation_id for service in services}
    ids = [service.id for service in services]
    size = directory.A_QUERY
    for part in (ids[begin : begin + size] for begin in range(0, len(ids), size)):
        places = select(ServiceAtLocation.location_id).where(ServiceAtLocation.service_id.in_(part))
        locations = list(session.scalars(places.distinct()))
        session.execute(delete(Service).where(Service.id.in_(part)))
        is_met_at = exists().where(ServiceAtLocation.location_id == Location.id)
        session.execute(delete(Location).where(Location.id.in_(locations), ~is_met_at))
    runs_one = exists().where(Service.organisation_id == Organisation.id)
    is_bare = (Organisation.description == Organisation.name) & Organisation.url.is_(None)
    session.execute(delete(Organisation).where(Organisation.id.in_(owners), ~runs_one, is_bare))


def _taken_back(change: Change, by: str, row: Import) -> Change:
    what = f"undid the import from {row.origin}"
    return Change(service_id=change.service_id, at=now(), by=by, what=what, before=change.after, after=change.before)
