"""Everything that is known of one service, for the page of its own; what a card shows is in `card`."""

from dataclasses import dataclass
from datetime import datetime

from babel import Locale
from sqlalchemy.orm import Session

from api.directory import repository
from api.directory.distance import kilometres
from api.directory.entry import Place, ServiceEntry
from api.directory.models import Location, Service
from api.directory.open_referral import AREAS
from api.directory.openings import LONDON
from api.directory.search import Audience, Near
from api.directory.service import Found, by_ids
from api.directory.storing import place, restored
from api.directory.trust import Trust
from api.directory.weeks import Week, week
from api.errors import NotFound


@dataclass(frozen=True)
class PlaceThere:
    """One place of a service. `distance_km` rounded to 0.1; coordinates in WGS84 degrees."""

    place: Place
    distance_km: float | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True)
class Details:
    """`entry`: as people wrote it down. `languages` and `areas` by their English names."""

    card: Found
    entry: ServiceEntry
    places: list[PlaceThere]
    week: Week
    languages: list[str]
    areas: list[str]
    last_modified: datetime


def details(
    session: Session, service_id: str, *, trust: Trust, near: Near | None = None, audience: Audience = "professional"
) -> Details:
    """Raises NotFound for a service that is not there or that `audience` may not see."""
    found = by_ids(session, [service_id], trust=trust, near=near, audience=audience)
    service = repository.whole(session, service_id) if found else None
    if service is None:
        raise NotFound("There is no such service in the directory.")
    entry, names = restored(service), Locale("en").languages
    return Details(
        card=found[0],
        entry=entry,
        places=_places(service, near),
        week=week(entry.schedules, entry.special_days, datetime.now(LONDON).date()),
        languages=[str(names.get(code, code)) for code in entry.languages],
        areas=[AREAS[area][0] for area in entry.area],
        last_modified=service.last_modified,
    )


def _places(service: Service, near: Near | None) -> list[PlaceThere]:
    """In the order they were written, or the nearest first."""
    locations = [link.location for link in service.places]
    there = [PlaceThere(place(at), _distance(at, near), at.latitude, at.longitude) for at in locations]
    return sorted(there, key=lambda one: (one.distance_km is None, one.distance_km or 0))


def _distance(location: Location, near: Near | None) -> float | None:
    if near is None or location.latitude is None or location.longitude is None:
        return None
    return round(kilometres(near.lat, near.lon, location.latitude, location.longitude), 1)
