"""Which services to show, nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from api.directory import repository
from api.directory.distance import kilometres
from api.directory.hours import is_open
from api.directory.models import Postcode, Service
from api.directory.postcodes import normalise, wider
from api.errors import Unusable

LONDON = ZoneInfo("Europe/London")
AREAS = {"E06000016": "city", "E06000017": "rutland"}
NATIONAL = "uk"


class PostcodeUnreadable(Unusable):
    code = "postcode_unreadable"


class PostcodeUnknown(Unusable):
    code = "postcode_unknown"


class PostcodeOutsideArea(Unusable):
    code = "postcode_outside_area"


@dataclass(frozen=True)
class Near:
    """Where the family is: a postcode (or sector, or outcode) and what it lies in."""

    postcode: str
    ward: str | None
    district: str | None
    area: str
    lat: float
    lon: float


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


def locate(session: Session, text: str) -> Near:
    """The place `text` names; raises PostcodeUnreadable, PostcodeUnknown or PostcodeOutsideArea."""
    postcode = normalise(text)
    if postcode is None:
        raise PostcodeUnreadable("That is not a postcode. Send one like LE1 1AA.")
    row = repository.postcode(session, wider(postcode))
    if row is None:
        unknown = PostcodeUnknown if postcode.startswith("LE") else PostcodeOutsideArea
        raise unknown(f"{postcode} is not a postcode of Leicester, Leicestershire or Rutland that we know.")
    if row.district is None:
        raise PostcodeOutsideArea(f"{postcode} is outside Leicester, Leicestershire and Rutland.")
    return _near(postcode, row)


def find(
    session: Session,
    *,
    need: str | None = None,
    near: Near | None = None,
    language: str = "en",
    drafts_allowed: bool,
    open_now: bool | None = None,
    spoken: str | None = None,
    text: str | None = None,
    limit: int = 10,
    at: datetime | None = None,
) -> list[Found]:
    """Services for `need` that serve the place, local before national, nearest first."""
    moment = at or datetime.now(LONDON)
    rows = [row for row in repository.services(session, need=need) if near is None or _serves(row, near)]
    rows = [row for row in rows if text is None or text.casefold() in f"{row.name} {row.summary}".casefold()]
    rows = [row for row in rows if spoken is None or spoken in row.languages]
    found = [_found(row, near, language, drafts_allowed, moment) for row in sorted(rows, key=lambda r: _rank(r, near))]
    return [service for service in found if open_now is None or service.open_now is open_now][:limit]


def by_ids(
    session: Session, ids: Sequence[str], *, near: Near | None, language: str, drafts_allowed: bool
) -> list[Found]:
    """The services `ids`, in that order; unknown ids are left out."""
    rows = {row.id: row for row in repository.services(session, ids=ids)}
    moment = datetime.now(LONDON)
    return [_found(rows[i], near, language, drafts_allowed, moment) for i in ids if i in rows]


def _near(postcode: str, row: Postcode) -> Near:
    area = AREAS.get(row.district_code or "", "county")
    return Near(postcode, row.ward, row.district, area, row.lat, row.lon)


def _serves(service: Service, near: Near) -> bool:
    return NATIONAL in service.area or near.area in service.area


def _rank(service: Service, near: Near | None) -> tuple[bool, float, str]:
    nearest = _nearest(service, near)
    return NATIONAL in service.area, nearest[1] if nearest else 1e6, service.id


def _nearest(service: Service, near: Near | None) -> tuple[dict[str, Any], float] | None:
    if near is None:
        return None
    placed = [place for place in service.locations if place.get("lat") is not None]
    reached = [(place, kilometres(near.lat, near.lon, place["lat"], place["lon"])) for place in placed]
    return min(reached, key=lambda pair: pair[1]) if reached else None


def _found(service: Service, near: Near | None, language: str, drafts_allowed: bool, moment: datetime) -> Found:
    nearest = _nearest(service, near)
    place = nearest[0] if nearest else (service.locations[0] if service.locations else {})
    return Found(
        id=service.id,
        name=service.name,
        summary=_summary(service, language, drafts_allowed),
        phone=service.phone,
        text_number=service.text_number,
        url=service.url,
        address=place.get("address"),
        postcode=place.get("postcode"),
        distance_km=round(nearest[1], 1) if nearest else None,
        languages=service.languages,
        open_now=is_open(service.schedules, moment),
        assured_on=service.assured_on,
    )


def _summary(service: Service, language: str, drafts_allowed: bool) -> str:
    for translation in service.translations:
        fresh = translation.made_from == service.summary
        if translation.language == language and fresh and (drafts_allowed or translation.approved_by):
            return translation.summary
    return service.summary
