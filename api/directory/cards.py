"""What a card shows of services, read as plain rows: one query a table, and no more columns than are shown."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import Session

from api.directory.models import (
    Location,
    Organisation,
    Phone,
    Schedule,
    ScheduleException,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceTranslation,
    SpokenLanguage,
)
from api.directory.openings import Timetable
from api.directory.storing import hours, special_day

ENGLISH = "en"
IDS: BindParameter[Any] = bindparam("ids", expanding=True)


class Spot(NamedTuple):
    """Where a service is; without a postcode that we know it has no coordinates (WGS84 degrees)."""

    address: str
    postcode: str | None
    latitude: float | None
    longitude: float | None


class Translated(NamedTuple):
    """A summary in another language, and the English it was made from. Without `approved_by` it is a draft."""

    summary: str
    made_from: str
    approved_by: str | None


@dataclass(frozen=True)
class Card:
    """`plain`: the service's own columns and its organisation's name. `numbers`: the first of each kind."""

    plain: Any
    areas: list[str]
    languages: list[str]
    numbers: Mapping[str, str]
    spots: list[Spot]
    timetable: Timetable
    translated: Translated | None


def cards(session: Session, ids: Sequence[str], language: str = ENGLISH) -> dict[str, Card]:
    """By id; those that are not there are left out. `language`: of the translated summary."""
    areas, languages = _parts(session, AREAS, ids), _parts(session, LANGUAGES, ids)
    numbers, spots = _parts(session, NUMBERS, ids), _parts(session, SPOTS, ids)
    schedules, special_days = _parts(session, SCHEDULES, ids), _parts(session, SPECIAL_DAYS, ids)
    translated = _parts(session, TRANSLATIONS, ids, language=language) if language != ENGLISH else {}
    return {
        row.id: Card(
            plain=row,
            areas=[part.area for part in areas.get(row.id, ())],
            languages=[part.code for part in languages.get(row.id, ())],
            numbers=_first_numbers(numbers.get(row.id, ())),
            spots=[Spot(*part[1:]) for part in spots.get(row.id, ())],
            timetable=Timetable(
                [hours(part) for part in schedules.get(row.id, ())],
                [special_day(part) for part in special_days.get(row.id, ())],
                row.bank_holidays,
            ),
            translated=next((Translated(*part[1:]) for part in translated.get(row.id, ())), None),
        )
        for row in session.execute(SERVICES, {"ids": ids})
    }


def _parts(session: Session, query: Select[Any], ids: Sequence[str], **more: str) -> dict[str, list[Any]]:
    """Service id -> its rows, in their order."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(query, {"ids": ids, **more}):
        found[row[0]].append(row)
    return found


def _first_numbers(phones: Sequence[Any]) -> dict[str, str]:
    """Kind -> number as families read it: "116 123", "ready to 66777"."""
    first = {phone.kind: phone for phone in reversed(phones)}
    return {kind: f"{row.keyword} to {row.number}" if row.keyword else row.number for kind, row in first.items()}


def _part(table: type[Any], order: Any, *columns: Any) -> Select[Any]:
    return select(table.service_id, *columns).where(table.service_id.in_(IDS)).order_by(order)


SERVICES = (
    select(
        Service.id,
        Service.name,
        Service.summary,
        Service.url,
        Service.assured_on,
        Service.referral,
        Service.referrers,
        Service.eligibility,
        Service.hours,
        Service.cost,
        Service.interpreters,
        Service.alert,
        Service.bank_holidays,
        Organisation.name.label("organisation"),
    )
    .join(Service.organisation)
    .where(Service.id.in_(IDS))
)
AREAS = _part(ServiceArea, ServiceArea.position, ServiceArea.area)
LANGUAGES = _part(SpokenLanguage, SpokenLanguage.position, SpokenLanguage.code)
NUMBERS = _part(Phone, Phone.position, Phone.kind, Phone.number, Phone.keyword)
SPOTS = _part(
    ServiceAtLocation,
    ServiceAtLocation.position,
    *(Location.address, Location.postcode, Location.latitude, Location.longitude),
).join(ServiceAtLocation.location)
SCHEDULES = _part(Schedule, Schedule.position, *Schedule.__table__.columns)
SPECIAL_DAYS = _part(ScheduleException, ScheduleException.on, *ScheduleException.__table__.columns)
TRANSLATIONS = _part(
    ServiceTranslation,
    ServiceTranslation.language,
    *(ServiceTranslation.summary, ServiceTranslation.made_from, ServiceTranslation.approved_by),
).where(ServiceTranslation.language == bindparam("language"))
