"""Every query about services and postcodes."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from api.directory.models import Postcode, Service, ServiceNeed, ServiceTranslation


def services(session: Session, *, need: str | None = None, ids: Sequence[str] | None = None) -> list[Service]:
    query = select(Service).where(Service.status == "active").options(selectinload(Service.translations))
    if need is not None:
        query = query.join(ServiceNeed).where(ServiceNeed.term == need)
    if ids is not None:
        query = query.where(Service.id.in_(ids))
    return list(session.scalars(query.order_by(Service.id)))


def needs(session: Session) -> set[str]:
    return set(session.scalars(select(ServiceNeed.term).distinct()))


def postcode(session: Session, codes: Iterable[str]) -> Postcode | None:
    """The first of `codes` that exists."""
    wanted = list(codes)
    found = {row.code: row for row in session.scalars(select(Postcode).where(Postcode.code.in_(wanted)))}
    return next((found[code] for code in wanted if code in found), None)


def translation(session: Session, service_id: str, language: str) -> ServiceTranslation | None:
    return session.get(ServiceTranslation, (service_id, language))
