"""What importing the records would do to the directory as it stands. Reads; writes nothing.

A service is known again by its id in the feed, never by its name. What a person edited or checked, and what came from
elsewhere, is never overwritten: each difference becomes a proposal.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from api.directory.entry import Place, ServiceEntry
from api.directory.importing import repository
from api.directory.importing.duplicates import Twins, features, features_of
from api.directory.importing.known import Known
from api.directory.importing.lines import Difference, Line
from api.directory.importing.oruk import convert
from api.directory.importing.records import read_record
from api.directory.models import Service
from api.directory.open_referral import service_json
from api.directory.storing import location_id, place, restored

OURS = ("id", "listing", "provenance", "assured_on", "assured_by", "assured_how", "special_days", "bank_holidays")
"""Fields that no feed decides."""
COMPARED = tuple(name for name in ServiceEntry.model_fields if name not in OURS)


@dataclass
class Plan:
    """`before`: the entries that an update would overwrite. `gone`: (id, name) of what this origin no longer has."""

    lines: list[Line]
    before: dict[str, ServiceEntry]
    gone: list[tuple[str, str]]

    @property
    def written(self) -> list[Line]:
        return [line for line in self.lines if line.action in ("new", "update")]

    def as_json(self) -> dict[str, Any]:
        return {
            "counts": self.counts(),
            "records": [line.as_json() for line in self.lines],
            "gone": [{"id": service_id, "name": name} for service_id, name in self.gone],
        }

    def counts(self) -> dict[str, int]:
        by_action = {name: 0 for name in ("new", "same", "update", "propose", "refused")}
        for line in self.lines:
            by_action[line.action] += 1
        return {
            "records": len(self.lines),
            **by_action,
            "proposals": sum(len(line.changes) for line in self.lines if line.action == "propose"),
            "duplicates": sum(len(line.twins) for line in self.lines),
            "warnings": sum(1 for line in self.lines for finding in line.findings if finding.level == "warning"),
            "gone": len(self.gone),
        }


def plan(session: Session, lines: list[Line], known: Known) -> Plan:
    """Sets `action`, `changes` and `twins` of every line that can be used, and the entry as it would be written."""
    held = repository.held_by_uuid(session, [line.id for line in lines if line.entry])
    _share_places(session, lines, _replaceable(held, known.origin))
    before = {}
    for line in lines:
        service = held.get(line.id)
        if line.entry is None:
            continue
        if service is None:
            line.action = "new"
        elif _is_replaceable(service, known.origin):
            before[service.id] = restored(service)
            _compare_with_own(line, line.entry, before[service.id])
        else:
            _compare_with_others(line, line.entry, service, known)
    _find_twins(session, lines)
    in_feed = {line.id for line in lines}
    of_origin = repository.of_origin(session, known.origin)
    return Plan(lines, before, sorted(pair for uuid, pair in of_origin.items() if uuid not in in_feed))


def _replaceable(held: Mapping[str, Service], origin: str) -> set[str]:
    return {service.id for service in held.values() if _is_replaceable(service, origin)}


def _is_replaceable(service: Service, origin: str) -> bool:
    return service.origin == origin and not service.is_edited and service.assured_on is None


def _compare_with_own(line: Line, entry: ServiceEntry, now: ServiceEntry) -> None:
    """What this origin brought and nobody touched is brought up to date; who may see it stays as it is."""
    line.entry = entry = _listed(entry, now)
    line.changes = _differences(now, entry, COMPARED)
    if entry.listing != now.listing:
        line.changes.append(Difference("listing", now.listing, entry.listing))
    line.action = "update" if line.changes else "same"


def _listed(entry: ServiceEntry, now: ServiceEntry) -> ServiceEntry:
    """As visible as it is now; on hold when families could no longer reach it."""
    try:
        return ServiceEntry.model_validate({**entry.model_dump(), "id": now.id, "listing": now.listing})
    except ValidationError:
        return entry.model_copy(update={"id": now.id})


def _compare_with_others(line: Line, entry: ServiceEntry, service: Service, known: Known) -> None:
    """Only what the record says counts, and only when the open feed would not already say the same of the entry."""
    now = restored(service)
    line.entry = entry = entry.model_copy(update={"id": service.id})
    said = [name for name in COMPARED if name in line.said and getattr(entry, name) != getattr(now, name)]
    if said:
        record, _ = read_record(service_json(service, known.terms.names, is_full=True))
        published = convert(record, service.id, known).entry
        said = [name for name in said if published is None or getattr(entry, name) != getattr(published, name)]
    line.changes = _differences(now, entry, said)
    line.action = "propose" if line.changes else "same"


def _differences(now: ServiceEntry, wanted: ServiceEntry, names: Any) -> list[Difference]:
    chosen = [name for name in names if getattr(now, name) != getattr(wanted, name)]
    if not chosen:
        return []
    old, new = now.model_dump(mode="json", include=set(chosen)), wanted.model_dump(mode="json", include=set(chosen))
    return [Difference(name, old[name], new[name]) for name in chosen]


def _share_places(session: Session, lines: list[Line], own: set[str]) -> None:
    """A place that another service meets at stays as it is; within a feed its first description holds."""
    keys = {location_id(p) for line in lines if line.entry for p in line.entry.locations}
    others = repository.places_of_others(session, sorted(keys), own)
    settled: dict[str, Place] = {key: place(location) for key, location in others.items()}
    for line in lines:
        if line.entry:
            places = [settled.setdefault(location_id(p), p) for p in line.entry.locations]
            if places != line.entry.locations:
                line.entry = line.entry.model_copy(update={"locations": places})


def _find_twins(session: Session, lines: list[Line]) -> None:
    """Every new service against the directory and against those before it in the same feed."""
    if not any(line.action == "new" for line in lines):
        return
    twins = _directory(session)
    for line in lines:
        if line.action == "new" and line.entry:
            own = features_of(line.entry)
            line.twins = twins.of(own)
            twins.add(own)


def _directory(session: Session) -> Twins:
    services, numbers, places = repository.facts(session)
    phones, postcodes = defaultdict(list), defaultdict(list)
    for service_id, number in numbers:
        phones[service_id].append(number)
    for service_id, postcode in places:
        postcodes[service_id].append(postcode)
    twins = Twins()
    for service_id, name, organisation, url in services:
        twins.add(features(service_id, name, organisation, url, phones[service_id], postcodes[service_id]))
    return twins
