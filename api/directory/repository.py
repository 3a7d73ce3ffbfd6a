"""Every query about services, organisations and postcodes, but for the search itself."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from api.directory.models import (
    Location,
    Organisation,
    Postcode,
    Service,
    ServiceAtLocation,
    ServiceTerm,
    ServiceTranslation,
    SpokenLanguage,
)

WHOLE: tuple[InstrumentedAttribute[Any], ...] = (
    Service.areas,
    Service.phones,
    Service.schedules,
    Service.special_days,
    Service.languages,
    Service.translations,
    Service.terms,
    Service.contacts,
    Service.cost_options,
)

A_QUERY = 5_000
"""Values that one query may name: databases refuse too many."""


def _reading() -> list[Any]:
    places = selectinload(Service.places).selectinload(ServiceAtLocation.location).selectinload(Location.accessibility)
    return [selectinload(Service.organisation), places, *(selectinload(part) for part in WHOLE)]


def whole(session: Session, service_id: str) -> Service | None:
    """A service with every part of it."""
    return session.scalar(select(Service).where(Service.id == service_id).options(*_reading()))


def every_whole(session: Session, ids: Sequence[str] | None = None) -> list[Service]:
    """Services with every part, by id; all of them when no `ids` are given."""
    query = select(Service).order_by(Service.id).options(*_reading())
    return list(session.scalars(query if ids is None else query.where(Service.id.in_(ids))))


def organisation(session: Session, name: str) -> Organisation | None:
    return session.scalar(select(Organisation).where(Organisation.name == name))


def organisations(session: Session) -> list[Organisation]:
    return list(session.scalars(select(Organisation)))


def locations(session: Session, ids: Sequence[str]) -> dict[str, Location]:
    """By id, with what is said of how to get in."""
    query = select(Location).options(selectinload(Location.accessibility))
    found: dict[str, Location] = {}
    for begin in range(0, len(ids), A_QUERY):
        part = query.where(Location.id.in_(ids[begin : begin + A_QUERY]))
        found |= {row.id: row for row in session.scalars(part)}
    return found


def needs(session: Session) -> set[str]:
    return set(session.scalars(select(ServiceTerm.term).where(ServiceTerm.taxonomy == "need").distinct()))


def spoken_languages(session: Session) -> dict[str, int]:
    """Language code -> services whose staff speak it."""
    query = select(SpokenLanguage.code, func.count()).group_by(SpokenLanguage.code)
    return {code: count for code, count in session.execute(query)}


def postcode(session: Session, codes: Iterable[str]) -> Postcode | None:
    """The first of `codes` that exists."""
    wanted = list(codes)
    found = postcodes(session, wanted)
    return next((found[code] for code in wanted if code in found), None)


def postcodes(session: Session, codes: Iterable[str]) -> dict[str, Postcode]:
    """Those of `codes` that exist."""
    wanted = list(codes)
    found: dict[str, Postcode] = {}
    for begin in range(0, len(wanted), A_QUERY):
        query = select(Postcode).where(Postcode.code.in_(wanted[begin : begin + A_QUERY]))
        found |= {row.code: row for row in session.scalars(query)}
    return found


def translation(session: Session, service_id: str, language: str) -> ServiceTranslation | None:
    return session.get(ServiceTranslation, (service_id, language))


def translations(session: Session, language: str) -> dict[str, ServiceTranslation]:
    """By service id."""
    query = select(ServiceTranslation).where(ServiceTranslation.language == language)
    return {row.service_id: row for row in session.scalars(query)}


def shown_summaries(session: Session) -> list[tuple[str, str, str]]:
    """Id, name and English summary of every service that families may see, by name."""
    query = select(Service.id, Service.name, Service.summary).where(Service.listing == "show")
    return [(row[0], row[1], row[2]) for row in session.execute(query.order_by(Service.name, Service.id))]
