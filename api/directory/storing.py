"""An entry into rows, and rows back into the same entry. The one place that knows both."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy.orm import Session

from api.directory import repository
from api.directory.entry import (
    AccessibilityNote,
    Area,
    ContactPerson,
    CostOption,
    Hours,
    Number,
    Place,
    Provenance,
    ServiceEntry,
    SpecialDay,
)
from api.directory.folding import search_text
from api.directory.ids import lasting_id
from api.directory.models import (
    Accessibility,
    Location,
    Organisation,
    Phone,
    Postcode,
    Schedule,
    ScheduleException,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceContact,
    ServiceTerm,
    SpokenLanguage,
)
from api.directory.models import CostOption as CostOptionRow
from api.directory.postcodes import normalise, wider

NEED, DFE = "need", "dfe"
PLAIN = (
    "name", "status", "listing", "summary", "alert", "referral", "referrers", "eligibility", "minimum_age",
    "maximum_age", "from_week", "to_week", "email", "url", "bank_holidays", "hours", "cost", "is_free", "is_national",
    "interpreters", "assured_on", "assured_by", "assured_how",
)  # fmt: skip


def store(session: Session, entry: ServiceEntry, *, origin: str, moment: datetime, is_edited: bool) -> Service:
    """Writes `entry` over whatever the directory had under its id."""
    return store_many(session, [entry], origin=origin, moment=moment, is_edited=is_edited)[0]


def store_many(
    session: Session, entries: Sequence[ServiceEntry], *, origin: str, moment: datetime, is_edited: bool
) -> list[Service]:
    """As `store`, for entries with different ids. Asks the database a few times, however many there are."""
    held = {row.id: row for row in repository.every_whole(session, [entry.id for entry in entries])}
    owners = {name: organisation(session, name) for name in dict.fromkeys(entry.organisation for entry in entries)}
    services = [held.get(entry.id) or Service(id=entry.id, uuid=lasting_id("service", entry.id)) for entry in entries]
    for entry, service in zip(entries, services, strict=True):
        for name in PLAIN:
            setattr(service, name, getattr(entry, name))
        service.organisation = owners[entry.organisation]
        service.provenance = entry.provenance.model_dump()
        service.origin, service.is_edited, service.last_modified = origin, is_edited, moment
        service.search_text = search_text(_words(entry))
    with session.no_autoflush:
        _clear_parts(session, [service for service in services if service.id in held])
        _store_parts(session, entries, services)
    session.add_all(services)
    session.flush()
    return services


def organisation(session: Session, name: str) -> Organisation:
    """The organisation called `name`, made when there is none."""
    found = repository.organisation(session, name)
    if found is None:
        found = Organisation(id=lasting_id("organisation", name), name=name, description=name, identifiers={})
        session.add(found)
        session.flush()
    return found


def restored(service: Service) -> ServiceEntry:
    """The entry that `service` (with all its parts read) was written from.

    Not checked again: what was stored under an older rule can still be read, and mended.
    """
    plain = {name: getattr(service, name) for name in PLAIN if name not in ("is_free", "is_national")}
    return ServiceEntry.model_construct(
        id=service.id,
        organisation=service.organisation.name,
        needs=[term.term for term in service.terms if term.taxonomy == NEED],
        categories=[term.term for term in service.terms if term.taxonomy == DFE],
        area=cast(list[Area], [a.area for a in sorted(service.areas, key=lambda a: a.position)]),
        phones=[_number(phone) for phone in service.phones if phone.kind == "voice"],
        text_numbers=[_number(phone) for phone in service.phones if phone.kind == "text"],
        contacts=[ContactPerson(name=c.name, title=c.title, email=c.email, phone=c.phone) for c in service.contacts],
        locations=[place(link.location) for link in service.places],
        schedules=[hours(row) for row in service.schedules],
        special_days=[special_day(row) for row in service.special_days],
        cost_options=[CostOption(option=c.option, amount=c.amount, note=c.note) for c in service.cost_options],
        languages=[language.code for language in service.languages],
        provenance=Provenance.model_validate(service.provenance),
        **plain,
    )


def hours(row: Schedule) -> Hours:
    return Hours(
        byday=[day for day in row.byday.split(",") if day],
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        freq="MONTHLY" if row.freq == "MONTHLY" else "WEEKLY",
        interval=row.interval,
        bymonthday=[int(day) for day in row.bymonthday.split(",") if day],
        starts_on=row.starts_on,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        note=row.note,
    )


def special_day(row: ScheduleException) -> SpecialDay:
    return SpecialDay(on=row.on, opens_at=row.opens_at, closes_at=row.closes_at, note=row.note)


def _words(entry: ServiceEntry) -> list[str | None]:
    places = [part for place in entry.locations for part in (place.name, place.address, place.postcode)]
    terms = [term.replace("_", " ") for term in entry.needs]
    facts = [entry.name, entry.organisation, entry.summary, entry.eligibility, entry.interpreters, entry.hours]
    return [*facts, *entry.categories, *terms, *places]


def _clear_parts(session: Session, services: Sequence[Service]) -> None:
    """Parts are written anew, so that none is left over. The old ones go first: their keys may come again."""
    for service in services:
        for part in ("areas", "terms", "places", "phones", "contacts", "schedules", "special_days", "cost_options"):
            setattr(service, part, [])
        service.languages = []
    session.flush()


def _store_parts(session: Session, entries: Sequence[ServiceEntry], services: Sequence[Service]) -> None:
    locations = _locations(session, [place for entry in entries for place in entry.locations])
    for entry, service in zip(entries, services, strict=True):
        _fill(service, entry)
        here = dict.fromkeys(location_id(place) for place in entry.locations)
        service.places = [ServiceAtLocation(location=locations[key], position=n) for n, key in enumerate(here)]


def _fill(service: Service, entry: ServiceEntry) -> None:
    service.areas = [ServiceArea(area=area, position=n) for n, area in enumerate(entry.area)]
    service.terms = [
        ServiceTerm(taxonomy=taxonomy, term=term, position=n)
        for taxonomy, terms in ((NEED, entry.needs), (DFE, entry.categories))
        for n, term in enumerate(terms)
    ]
    service.phones = [
        Phone(kind=kind, position=n, number=p.number, keyword=p.keyword, note=p.note, hours=p.hours)
        for kind, numbers in (("voice", entry.phones), ("text", entry.text_numbers))
        for n, p in enumerate(numbers)
    ]
    service.contacts = [ServiceContact(position=n, **contact.model_dump()) for n, contact in enumerate(entry.contacts)]
    service.schedules = [_schedule(n, row) for n, row in enumerate(entry.schedules)]
    service.special_days = [ScheduleException(**day.model_dump()) for day in entry.special_days]
    service.cost_options = [CostOptionRow(position=n, **cost.model_dump()) for n, cost in enumerate(entry.cost_options)]
    service.languages = [SpokenLanguage(code=code, position=n) for n, code in enumerate(entry.languages)]


def location_id(place: Place) -> str:
    """Services that write a place alike share it."""
    return lasting_id("location", place.name or "", place.address, place.postcode or "")


def _locations(session: Session, places: Sequence[Place]) -> dict[str, Location]:
    by_id = {location_id(place): place for place in places}
    found = repository.locations(session, list(by_id))
    codes = {key: wider(code) for key, p in by_id.items() if p.postcode and (code := normalise(p.postcode))}
    points = repository.postcodes(session, {code for wanted in codes.values() for code in wanted})
    for key, place in by_id.items():
        if key not in found:
            found[key] = Location(id=key, name=place.name, address=place.address, postcode=place.postcode)
            found[key].accessibility = []
            session.add(found[key])
        _place_at(found[key], place, next((points[c] for c in codes.get(key, []) if c in points), None))
    session.flush()
    return found


def _place_at(location: Location, place: Place, point: Postcode | None) -> None:
    location.is_placed_by_hand = place.latitude is not None and place.longitude is not None
    location.latitude, location.longitude = place.latitude, place.longitude
    if not location.is_placed_by_hand and place.postcode:
        location.latitude, location.longitude = (point.lat, point.lon) if point else (None, None)
    location.accessibility = [Accessibility(**note.model_dump()) for note in place.accessibility]


def _schedule(position: int, row: Hours) -> Schedule:
    plain = row.model_dump(exclude={"byday", "bymonthday"})
    days = ",".join(map(str, row.bymonthday))
    return Schedule(position=position, byday=",".join(row.byday), bymonthday=days, **plain)


def _number(phone: Phone) -> Number:
    return Number(number=phone.number, keyword=phone.keyword, note=phone.note, hours=phone.hours)


def place(location: Location) -> Place:
    notes = [AccessibilityNote(description=n.description, details=n.details, url=n.url) for n in location.accessibility]
    by_hand = location.is_placed_by_hand
    return Place(
        name=location.name,
        address=location.address,
        postcode=location.postcode,
        latitude=location.latitude if by_hand else None,
        longitude=location.longitude if by_hand else None,
        accessibility=notes,
    )
