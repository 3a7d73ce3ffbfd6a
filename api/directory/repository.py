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

CARD: tuple[InstrumentedAttribute[Any], ...] = (
    Service.areas,
    Service.phones,
    Service.schedules,
    Service.special_days,
    Service.languages,
    Service.translations,
)
WHOLE: tuple[InstrumentedAttribute[Any], ...] = (*CARD, Service.terms, Service.contacts, Service.cost_options)


def _reading(parts: Iterable[InstrumentedAttribute[Any]]) -> list[Any]:
    places = selectinload(Service.places).selectinload(ServiceAtLocation.location).selectinload(Location.accessibility)
    return [selectinload(Service.organisation), places, *(selectinload(part) for part in parts)]


def services(session: Session, ids: Sequence[str]) -> dict[str, Service]:
    """By id, with what a card shows."""
    return {row.id: row for row in session.scalars(select(Service).where(Service.id.in_(ids)).options(*_reading(CARD)))}


def whole(session: Session, service_id: str) -> Service | None:
    """A service with every part of it."""
    return session.scalar(select(Service).where(Service.id == service_id).options(*_reading(WHOLE)))


def every_whole(session: Session, ids: Sequence[str] | None = None) -> list[Service]:
    """Services with every part, by id; all of them when no `ids` are given."""
    query = select(Service).order_by(Service.id).options(*_reading(WHOLE))
    return list(session.scalars(query if ids is None else query.where(Service.id.in_(ids))))


def organisation(session: Session, name: str) -> Organisation | None:
    return session.scalar(select(Organisation).where(Organisation.name == name))


def location(session: Session, location_id: str) -> Location | None:
    return session.scalar(
        select(Location).where(Location.id == location_id).options(selectinload(Location.accessibility))
    )


def needs(session: Session) -> set[str]:
    return set(session.scalars(select(ServiceTerm.term).where(ServiceTerm.taxonomy == "need").distinct()))


def spoken_languages(session: Session) -> dict[str, int]:
    """Language code -> services whose staff speak it."""
    query = select(SpokenLanguage.code, func.count()).group_by(SpokenLanguage.code)
    return {code: count for code, count in session.execute(query)}


def postcode(session: Session, codes: Iterable[str]) -> Postcode | None:
    """The first of `codes` that exists."""
    wanted = list(codes)
    found = {row.code: row for row in session.scalars(select(Postcode).where(Postcode.code.in_(wanted)))}
    return next((found[code] for code in wanted if code in found), None)


def translation(session: Session, service_id: str, language: str) -> ServiceTranslation | None:
    return session.get(ServiceTranslation, (service_id, language))
