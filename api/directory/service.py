"""Which services to show, nearest first, and what is said of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from api.directory import repository
from api.directory.distance import kilometres
from api.directory.models import Location, Phone, Service
from api.directory.openings import LONDON, Opening, Timetable
from api.directory.postcodes import normalise, wider
from api.directory.search import Audience, Near, Wanted, batches, ids
from api.directory.spelling import Vocabulary
from api.directory.storing import hours, special_day
from api.directory.trust import Standing, Trust
from api.errors import Unusable


class PostcodeUnreadable(Unusable):
    code = "postcode_unreadable"


class PostcodeUnknown(Unusable):
    code = "postcode_unknown"


class PostcodeOutsideArea(Unusable):
    code = "postcode_outside_area"


@dataclass(frozen=True)
class Found:
    """One service as a family reads it. `distance_km` to its nearest location, rounded to 0.1."""

    id: str
    name: str
    summary: str
    phone: str | None
    text_number: str | None
    url: str | None
    address: str | None
    postcode: str | None
    distance_km: float | None
    languages: list[str]
    open_now: bool | None
    assured_on: date | None
    organisation: str
    referral: str
    referrers: str | None
    eligibility: str | None
    hours: str | None
    cost: str | None
    interpreters: str | None
    alert: str | None
    areas: list[str]
    latitude: float | None
    longitude: float | None
    opening: Opening
    standing: Standing


def locate(session: Session, text: str) -> Near:
    """The place `text` names; raises PostcodeUnreadable, PostcodeUnknown or PostcodeOutsideArea."""
    postcode = normalise(text)
    if postcode is None:
        raise PostcodeUnreadable("That is not a postcode. Send one like LE1 1AA.")
    row = repository.postcode(session, wider(postcode))
    if row is None:
        unknown = PostcodeUnknown if postcode.startswith("LE") else PostcodeOutsideArea
        raise unknown(f"{postcode} is not a postcode of Leicester, Leicestershire or Rutland that we know.")
    if not row.areas:
        raise PostcodeOutsideArea(f"{postcode} is outside Leicester, Leicestershire and Rutland.")
    areas = tuple(row.areas.split(","))
    return Near(postcode, row.ward, row.district, areas, row.lat, row.lon, is_exact=len(areas) == 1)


def find(
    session: Session,
    wanted: Wanted,
    *,
    trust: Trust,
    language: str = "en",
    limit: int = 10,
    at: datetime | None = None,
) -> list[Found]:
    """Services that are wanted: local before national, nearest first."""
    moment = at or datetime.now(LONDON)
    found: list[Found] = []
    for service in _all(session, wanted, wanted.near, trust, language, moment, first=limit):
        found.append(service)
        if len(found) == limit:
            break
    return found


def by_ids(
    session: Session,
    wanted: Sequence[str],
    *,
    trust: Trust,
    near: Near | None = None,
    language: str = "en",
    audience: Audience = "family",
) -> list[Found]:
    """The services `wanted`, in that order; those that `audience` may not see are left out."""
    only = Wanted(ids=tuple(wanted), audience=audience)
    found = {s.id: s for s in _all(session, only, near, trust, language, datetime.now(LONDON))}
    return [found[service_id] for service_id in wanted if service_id in found]


def count(session: Session, wanted: Wanted, *, trust: Trust, at: datetime | None = None) -> int:
    """How many services `find` would give without a limit."""
    moment = at or datetime.now(LONDON)
    if wanted.open_now is None and wanted.open_on is None:
        return len(ids(session, wanted, trust, moment))
    return sum(1 for _ in _all(session, wanted, wanted.near, trust, "en", moment))


def with_words(session: Session, wanted: Wanted, vocabulary: Vocabulary, text: str | None) -> Wanted:
    """`wanted` with the words of `text`, as the directory spells them."""
    return replace(wanted, words=vocabulary.spellings(session, text)) if text else wanted


def timetable(service: Service) -> Timetable:
    return Timetable(
        [hours(row) for row in service.schedules],
        [special_day(row) for row in service.special_days],
        service.bank_holidays,
    )


def summary(service: Service, language: str, drafts_allowed: bool) -> str:
    """In `language` when those words are of today's English and may be shown, else in English."""
    for translation in service.translations:
        is_fresh = translation.made_from == service.summary
        if translation.language == language and is_fresh and (drafts_allowed or translation.approved_by):
            return translation.summary
    return service.summary


def _all(
    session: Session, wanted: Wanted, near: Near | None, trust: Trust, language: str, moment: datetime, first: int = 100
) -> Iterator[Found]:
    for batch in batches(session, wanted, trust, moment, first=first):
        rows = repository.services(session, batch)
        for service in (rows[service_id] for service_id in batch):
            found = _found(service, near, trust, language, moment)
            if _is_open_as_wanted(service, found, wanted):
                yield found


def _is_open_as_wanted(service: Service, found: Found, wanted: Wanted) -> bool:
    if wanted.open_now is not None and found.open_now is not wanted.open_now:
        return False
    return wanted.open_on is None or timetable(service).is_open_on(wanted.open_on) is True


def _found(service: Service, near: Near | None, trust: Trust, language: str, moment: datetime) -> Found:
    place, km = _nearest(service, near)
    opening = timetable(service).opening(moment)
    return Found(
        id=service.id,
        name=service.name,
        summary=summary(service, language, trust.drafts_allowed),
        phone=_number(service, "voice"),
        text_number=_number(service, "text"),
        url=service.url,
        address=place.address if place else None,
        postcode=place.postcode if place else None,
        distance_km=None if km is None else round(km, 1),
        languages=[language.code for language in service.languages],
        open_now=opening.is_open,
        assured_on=service.assured_on,
        organisation=service.organisation.name,
        referral=service.referral,
        referrers=service.referrers,
        eligibility=service.eligibility,
        hours=service.hours,
        cost=service.cost,
        interpreters=service.interpreters,
        alert=service.alert,
        areas=[area.area for area in service.areas],
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        opening=opening,
        standing=trust.standing(service.assured_on, moment.date()),
    )


def _nearest(service: Service, near: Near | None) -> tuple[Location | None, float | None]:
    places = [link.location for link in service.places]
    if near is None:
        return (places[0] if places else None), None
    reached = [
        (kilometres(near.lat, near.lon, place.latitude, place.longitude), n, place)
        for n, place in enumerate(places)
        if place.latitude is not None and place.longitude is not None
    ]
    if not reached:
        return (places[0] if places else None), None
    km, _, place = min(reached, key=lambda found: found[:2])
    return place, km


def _number(service: Service, kind: str) -> str | None:
    phone: Phone | None = next((phone for phone in service.phones if phone.kind == kind), None)
    if phone is None:
        return None
    return f"{phone.keyword} to {phone.number}" if phone.keyword else phone.number
