"""The search itself: one query that says which services, in which order. Filters here, words and hours later."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import cos, radians
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from api.directory.models import (
    Location,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceTerm,
    SpokenLanguage,
)
from api.directory.openings import DAYS, LONDON
from api.directory.trust import Trust

Audience = Literal["family", "professional"]
NATIONAL = "uk"
RADII = (0.03, 0.12)
"""Where enough is looked for before the whole directory is: within 3 and 13 km, in degrees of latitude."""
SLACK = 1.001
"""So that rounding leaves nobody out at the edge of a circle."""
CLOSEST, CROWD = 300, 100
"""Services of a circle that are sieved at most; places in a box that make it crowded."""


@dataclass(frozen=True)
class Near:
    """Where the family is. `areas`: one for a full postcode, perhaps more for a sector or outcode."""

    postcode: str
    ward: str | None
    district: str | None
    areas: tuple[str, ...]
    lat: float
    lon: float
    is_exact: bool = True


@dataclass(frozen=True)
class Wanted:
    """What is looked for; every part that is given must hold. `age` in years, `weeks` of pregnancy.

    `words`: for each word searched for, the spellings of it that the directory knows. `ids`: only these.
    """

    need: str | None = None
    near: Near | None = None
    spoken: str | None = None
    self_referral: bool = False
    free: bool = False
    age: float | None = None
    weeks: int | None = None
    open_now: bool | None = None
    open_on: date | None = None
    words: tuple[tuple[str, ...], ...] = ()
    ids: tuple[str, ...] | None = None
    audience: Audience = "family"


def ids(
    session: Session, wanted: Wanted, trust: Trust, now: datetime, *, limit: int | None = None, offset: int = 0
) -> list[str]:
    """Local services first, nearest first; then local ones without an address; then national ones."""
    filters = _filters(wanted, trust, now)
    if wanted.near is not None and limit is not None:
        found = _nearest(session, wanted.near, filters, offset + limit)
        if found is not None:
            return found[offset:]
    return list(session.scalars(_everywhere(wanted.near).where(*filters).limit(limit).offset(offset)))


def count(session: Session, wanted: Wanted, trust: Trust, now: datetime) -> int:
    """How many `ids` would give without a limit."""
    return session.scalar(select(func.count()).select_from(Service).where(*_filters(wanted, trust, now))) or 0


def batches(
    session: Session, wanted: Wanted, trust: Trust, now: datetime, *, first: int, later: int = 100
) -> Iterator[list[str]]:
    """`ids` in lists: a first one as long as what is shown, longer ones only when the timetable took some away."""
    offset, size = 0, first
    while True:
        batch = ids(session, wanted, trust, now, limit=size, offset=offset)
        yield batch
        if len(batch) < size:
            return
        offset, size = offset + len(batch), later


def _nearest(session: Session, near: Near, filters: Sequence[ColumnElement[bool]], count: int) -> list[str] | None:
    """The first `count` of `_everywhere`, sieved from those close by; None when too few of them fit."""
    for radius in RADII:
        close = _close(near, radius)
        query = select(Service.id).join(close, close.c.service_id == Service.id)
        query = query.where(Service.is_national.is_(False), *filters).order_by(close.c.squared, Service.id)
        found = list(session.scalars(query.limit(count)))
        if len(found) == count:
            return found
        if _is_crowded(session, near, radius):  # then what fits is rare, and a wider circle costs more than everything
            return None
    return None


def _close(near: Near, radius: float) -> Subquery:
    """The CLOSEST services within `radius`, whatever they are."""
    squared = func.min(_squared(near))
    query = select(ServiceAtLocation.service_id, squared.label("squared")).join(ServiceAtLocation.location)
    query = query.where(*_box(near, radius)).group_by(ServiceAtLocation.service_id).having(squared <= radius**2)
    return query.order_by(squared, ServiceAtLocation.service_id).limit(CLOSEST).subquery()


def _is_crowded(session: Session, near: Near, radius: float) -> bool:
    query = select(func.count()).select_from(Location).where(*_box(near, radius))
    return (session.scalar(query) or 0) >= CROWD


def _box(near: Near, radius: float) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """A little more than the circle: an index of latitudes finds it."""
    north, east = radius * SLACK, radius * SLACK / cos(radians(near.lat))
    return (
        Location.latitude.between(near.lat - north, near.lat + north),
        Location.longitude.between(near.lon - east, near.lon + east),
    )


def _everywhere(near: Near | None) -> Select[str]:
    query = select(Service.id)
    if near is None:
        return query.order_by(Service.is_national, Service.id)
    squared = func.min(_squared(near))
    query = query.outerjoin(ServiceAtLocation, ServiceAtLocation.service_id == Service.id)
    query = query.outerjoin(Location, Location.id == ServiceAtLocation.location_id)
    query = query.group_by(Service.id, Service.is_national)
    return query.order_by(Service.is_national, case((squared.is_(None), 1), else_=0), squared, Service.id)


def _squared(near: Near) -> ColumnElement[float | None]:
    """Squared degrees of latitude: enough to rank by, and at this scale within a metre or two of the great circle."""
    north = Location.latitude - near.lat
    east = (Location.longitude - near.lon) * cos(radians(near.lat))
    return north * north + east * east


def _filters(wanted: Wanted, trust: Trust, now: datetime) -> list[ColumnElement[bool]]:
    found = [_may_be_seen(wanted.audience, trust, now.date())]
    if wanted.ids is not None:
        found.append(Service.id.in_(wanted.ids))
    if wanted.need is not None:
        found.append(_has(ServiceTerm, ServiceTerm.taxonomy == "need", ServiceTerm.term == wanted.need))
    if wanted.near is not None:
        found.append(_has(ServiceArea, ServiceArea.area.in_([*wanted.near.areas, NATIONAL])))
    if wanted.spoken is not None:
        found.append(_has(SpokenLanguage, SpokenLanguage.code == wanted.spoken))
    if wanted.self_referral:
        found.append(Service.referral == "self")
    if wanted.free:
        found.append(Service.is_free.is_(True))
    found += _within(Service.minimum_age, Service.maximum_age, wanted.age)
    found += _within(Service.from_week, Service.to_week, wanted.weeks)
    found += [or_(*(Service.search_text.contains(f" {s}", autoescape=True) for s in same)) for same in wanted.words]
    return [*found, *_times(wanted, now)]


def _may_be_seen(audience: Audience, trust: Trust, today: date) -> ColumnElement[bool]:
    if audience == "professional":
        is_listed = Service.listing.in_(("show", "professionals"))
        return and_(is_listed, Service.status.in_(("active", "temporarily closed")))
    is_trusted: ColumnElement[bool] = Service.assured_on.between(trust.oldest_for_families(today), today)
    if trust.drafts_allowed:
        is_trusted = or_(is_trusted, Service.assured_on.is_(None))
    return and_(Service.listing == "show", Service.status == "active", is_trusted)


def _times(wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    """Only a first sieve for what is asked for; the timetable decides."""
    if wanted.open_on is None and not wanted.open_now:
        return []
    is_plain = and_(Schedule.freq == "WEEKLY", Schedule.byday != "")
    local = now.astimezone(LONDON)
    if wanted.open_on is not None:
        may_be = Schedule.byday.contains(DAYS[wanted.open_on.weekday()])
    else:
        may_be = _may_be_open(DAYS[local.weekday()], DAYS[local.weekday() - 1], f"{local:%H:%M}")
    return [or_(_has(Schedule, or_(~is_plain, may_be)), Service.special_days.any())]


def _may_be_open(today: str, yesterday: str, clock: str) -> ColumnElement[bool]:
    """Times are text of one width, so they compare as clocks do; one that ends before it begins ends tomorrow."""
    ends_tomorrow = Schedule.closes_at <= Schedule.opens_at
    since_today = and_(Schedule.opens_at <= clock, or_(Schedule.closes_at > clock, ends_tomorrow))
    since_yesterday = and_(ends_tomorrow, Schedule.closes_at > clock)
    by_day = and_(Schedule.byday.contains(today), since_today)
    return or_(by_day, and_(Schedule.byday.contains(yesterday), since_yesterday))


def _within(low: Any, high: Any, value: float | None) -> list[ColumnElement[bool]]:
    if value is None:
        return []
    return [or_(low.is_(None), low <= value), or_(high.is_(None), high >= value)]


def _has(table: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(table.service_id == Service.id, *conditions)
