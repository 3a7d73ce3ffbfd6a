"""Which services to show, nearest first, and what is said of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from api.directory import repository, search
from api.directory.cards import Card, Spot, cards
from api.directory.distance import kilometres
from api.directory.openings import LONDON, Opening
from api.directory.postcodes import normalise, wider
from api.directory.search import Audience, Near, Wanted, batches
from api.directory.spelling import Vocabulary
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
        return search.count(session, wanted, trust, moment)
    return sum(1 for _ in _all(session, wanted, wanted.near, trust, "en", moment))


def with_words(session: Session, wanted: Wanted, vocabulary: Vocabulary, text: str | None) -> Wanted:
    """`wanted` with the words of `text`, as the directory spells them."""
    return replace(wanted, words=vocabulary.spellings(session, text)) if text else wanted


def summary(card: Card, drafts_allowed: bool) -> str:
    """The translated words when they are of today's English and may be shown, else the English."""
    own = card.translated
    if own is not None and own.made_from == card.plain.summary and (drafts_allowed or own.approved_by):
        return own.summary
    return str(card.plain.summary)


def _all(
    session: Session, wanted: Wanted, near: Near | None, trust: Trust, language: str, moment: datetime, first: int = 100
) -> Iterator[Found]:
    for batch in batches(session, wanted, trust, moment, first=first):
        read = cards(session, batch, language)
        for card in (read[service_id] for service_id in batch):
            found = _found(card, near, trust, moment)
            if _is_open_as_wanted(card, found, wanted):
                yield found


def _is_open_as_wanted(card: Card, found: Found, wanted: Wanted) -> bool:
    if wanted.open_now is not None and found.open_now is not wanted.open_now:
        return False
    return wanted.open_on is None or card.timetable.is_open_on(wanted.open_on) is True


def _found(card: Card, near: Near | None, trust: Trust, moment: datetime) -> Found:
    spot, km = _nearest(card.spots, near)
    opening, plain = card.timetable.opening(moment), card.plain
    return Found(
        id=plain.id,
        name=plain.name,
        summary=summary(card, trust.drafts_allowed),
        phone=card.numbers.get("voice"),
        text_number=card.numbers.get("text"),
        url=plain.url,
        address=spot.address if spot else None,
        postcode=spot.postcode if spot else None,
        distance_km=None if km is None else round(km, 1),
        languages=card.languages,
        open_now=opening.is_open,
        assured_on=plain.assured_on,
        organisation=plain.organisation,
        referral=plain.referral,
        referrers=plain.referrers,
        eligibility=plain.eligibility,
        hours=plain.hours,
        cost=plain.cost,
        interpreters=plain.interpreters,
        alert=plain.alert,
        areas=card.areas,
        latitude=spot.latitude if spot else None,
        longitude=spot.longitude if spot else None,
        opening=opening,
        standing=trust.standing(plain.assured_on, moment.date()),
    )


def _nearest(spots: Sequence[Spot], near: Near | None) -> tuple[Spot | None, float | None]:
    first = spots[0] if spots else None
    if near is None:
        return first, None
    reached = [
        (kilometres(near.lat, near.lon, spot.latitude, spot.longitude), n, spot)
        for n, spot in enumerate(spots)
        if spot.latitude is not None and spot.longitude is not None
    ]
    if not reached:
        return first, None
    km, _, spot = min(reached, key=lambda found: found[:2])
    return spot, km
