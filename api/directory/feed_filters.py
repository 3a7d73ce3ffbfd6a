"""What a caller of the open feed may narrow its lists by; parameters narrow together."""

from dataclasses import dataclass
from datetime import UTC, datetime
from math import cos, radians
from typing import Annotated

from fastapi import Query
from sqlalchemy import ColumnElement, and_, exists, false, or_
from sqlalchemy.orm import Session

from api.directory import service as directory
from api.directory.folding import folded
from api.directory.ids import lasting_id
from api.directory.models import Location, Service, ServiceTerm
from api.directory.open_referral import Taxonomies, term_id
from api.errors import Unusable

METRES_PER_DEGREE = 111_195.0
Words = Annotated[str | None, Query(max_length=200)]
Id = Annotated[str | None, Query(max_length=60)]


class DateUnreadable(Unusable):
    code = "date_unreadable"


@dataclass(frozen=True)
class Narrowing:
    """The parameters of every list of services. `modified_after`: a date or time, on or after."""

    search: Words = None
    taxonomy_term_id: Id = None
    taxonomy_id: Id = None
    organization_id: Id = None
    modified_after: Annotated[str | None, Query(max_length=40)] = None

    def filters(self, known: Taxonomies) -> list[ColumnElement[bool]]:
        """Conditions on Service; raises DateUnreadable."""
        return [
            *published(),
            *_with_words(self.search),
            *_with_terms(known, self.taxonomy_term_id, self.taxonomy_id),
            *([Service.organisation_id == self.organization_id] if self.organization_id else []),
            *([Service.last_modified >= _moment(self.modified_after)] if self.modified_after else []),
        ]


def published() -> list[ColumnElement[bool]]:
    """Never what is on hold or for professionals only: open data is for everyone."""
    return [Service.listing == "show", Service.status.in_(("active", "temporarily closed"))]


def for_ages(minimum: float | None, maximum: float | None) -> list[ColumnElement[bool]]:
    """Services for some age in years between `minimum` and `maximum`."""
    return [
        *([or_(Service.maximum_age.is_(None), Service.maximum_age >= minimum)] if minimum is not None else []),
        *([or_(Service.minimum_age.is_(None), Service.minimum_age <= maximum)] if maximum is not None else []),
    ]


def within(session: Session, postcode: str, metres: float) -> list[ColumnElement[bool]]:
    """Locations at most `metres` from the centre of `postcode`; raises what `directory.locate` does."""
    near = directory.locate(session, postcode)
    north = Location.latitude - near.lat
    east = (Location.longitude - near.lon) * cos(radians(near.lat))
    return [north * north + east * east <= (metres / METRES_PER_DEGREE) ** 2]


def _with_words(search: str | None) -> list[ColumnElement[bool]]:
    words = folded(search).split() if search else []
    return [Service.search_text.contains(word, autoescape=True) for word in words]


def _with_terms(known: Taxonomies, term: str | None, taxonomy: str | None) -> list[ColumnElement[bool]]:
    if term is None and taxonomy is None:
        return []
    pairs = [
        and_(ServiceTerm.taxonomy == key, ServiceTerm.term == name)
        for key, names in known.items()
        for name in names
        if term in (None, term_id(key, name)) and taxonomy in (None, lasting_id("taxonomy", key))
    ]
    return [exists().where(ServiceTerm.service_id == Service.id, or_(false(), *pairs))]


def _moment(text: str) -> datetime:
    try:
        # "+" in an address that nobody escaped arrives as a space.
        moment = datetime.fromisoformat(text.strip().replace(" ", "+") if "T" in text else text.strip())
    except ValueError as error:
        raise DateUnreadable("modified_after: write a date like 2026-11-25 or 2026-11-25T09:30:00Z.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
