"""Every query of an import."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from api.directory import repository as directory
from api.directory.importing.models import Import
from api.directory.models import Location, Organisation, Phone, Service, ServiceAtLocation
from api.directory.trust_models import Change, Proposal


def an_import(session: Session, import_id: str, *, for_update: bool = False) -> Import | None:
    """With its report, without what was read."""
    return session.get(Import, import_id, with_for_update=for_update, options=[undefer(Import.report)])


def content(session: Session, import_id: str) -> str:
    return session.scalar(select(Import.content).where(Import.id == import_id)) or ""


def imports(session: Session, limit: int) -> list[Import]:
    """The newest first."""
    return list(session.scalars(select(Import).order_by(Import.at.desc()).limit(limit)))


def held_by_uuid(session: Session, uuids: Sequence[str]) -> dict[str, Service]:
    """Whole services by the id of the open feed."""
    ids = [
        service_id
        for part in _parts(uuids)
        for service_id in session.scalars(select(Service.id).where(Service.uuid.in_(part)))
    ]
    return {row.uuid: row for part in _parts(ids) for row in directory.every_whole(session, part)}


def of_origin(session: Session, origin: str) -> dict[str, tuple[str, str]]:
    """uuid -> id and name of every service that came from `origin`."""
    query = select(Service.uuid, Service.id, Service.name).where(Service.origin == origin)
    return {uuid: (service_id, name) for uuid, service_id, name in session.execute(query)}


def places_of_others(session: Session, location_ids: Sequence[str], own: Collection[str]) -> dict[str, Location]:
    """Those of `location_ids` where a service meets that is not among `own`."""
    taken: set[str] = set()
    for part in _parts(location_ids):
        query = select(ServiceAtLocation.location_id, ServiceAtLocation.service_id)
        rows = session.execute(query.where(ServiceAtLocation.location_id.in_(part)))
        taken |= {location_id for location_id, service_id in rows if service_id not in own}
    return directory.locations(session, sorted(taken))


def facts(session: Session) -> tuple[list[Any], list[Any], list[Any]]:
    """What tells services apart: (id, name, organisation, url), (id, number), (id, postcode)."""
    plain = select(Service.id, Service.name, Organisation.name, Service.url).join(Organisation)
    places = (
        select(ServiceAtLocation.service_id, Location.postcode).join(Location).where(Location.postcode.is_not(None))
    )
    numbers = select(Phone.service_id, Phone.number)
    return list(session.execute(plain)), list(session.execute(numbers)), list(session.execute(places))


def proposals_for(session: Session, service_ids: Sequence[str]) -> list[Proposal]:
    """Every proposal ever made, open or decided, but for those withdrawn with their import."""
    return [
        row
        for part in _parts(service_ids)
        for row in session.scalars(select(Proposal).where(Proposal.service_id.in_(part)))
        if row.decision != "withdrawn"
    ]


def changes_of(session: Session, import_id: str) -> list[Change]:
    return list(session.scalars(select(Change).where(Change.import_id == import_id).order_by(Change.id)))


def last_changes(session: Session, service_ids: Sequence[str]) -> dict[str, int]:
    """Service -> the newest change of it."""
    newest: dict[str, int] = {}
    for part in _parts(service_ids):
        query = select(Change.service_id, func.max(Change.id)).where(Change.service_id.in_(part))
        newest |= {service_id: last for service_id, last in session.execute(query.group_by(Change.service_id))}
    return newest


def open_proposals_of(session: Session, import_id: str) -> list[Proposal]:
    query = select(Proposal).where(Proposal.import_id == import_id, Proposal.decided_at.is_(None))
    return list(session.scalars(query))


def _parts(values: Iterable[str]) -> Iterator[list[str]]:
    listed = list(values)
    for begin in range(0, len(listed), directory.A_QUERY):
        yield listed[begin : begin + directory.A_QUERY]
