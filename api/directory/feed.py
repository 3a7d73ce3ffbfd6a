"""The open feed: /open-referral/v3, readable from any site, without a key. Only what families may see is in it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from api.directory import repository
from api.directory import service as directory
from api.directory.endpoints import Reading
from api.directory.folding import folded
from api.directory.ids import lasting_id
from api.directory.models import Location, Organisation, Service, ServiceAtLocation, ServiceTerm
from api.directory.open_referral import (
    TAXONOMIES,
    VERSION,
    Json,
    Taxonomies,
    TermName,
    at_location,
    minimal_json,
    organisation_json,
    page_json,
    service_json,
    taxonomy_json,
    term_id,
    term_json,
)
from api.directory.source import read_categories, read_taxonomy
from api.errors import NotFound, Unusable

BASE = "/open-referral/v3"
PER_PAGE, MOST = 50, 500
METRES_PER_DEGREE = 111_195.0
router = APIRouter(prefix=BASE, tags=["open referral"])
Page = Annotated[int, Query(ge=1, le=1_000_000)]
PerPage = Annotated[int, Query(ge=1, le=MOST)]
Words = Annotated[str | None, Query(max_length=200)]
Id = Annotated[str | None, Query(max_length=60)]


class DateUnreadable(Unusable):
    code = "date_unreadable"


@cache
def taxonomies(folder: Path) -> Taxonomies:
    """Both taxonomies of the content folder, by term."""
    needs = {key: TermName(term.label) for key, term in read_taxonomy(folder).items()}
    return {"need": needs, "dfe": {c.name: TermName(c.name, c.parent) for c in read_categories(folder)}}


@router.get("")
@router.get("/")
def about() -> Json:
    return VERSION


@router.get("/services")
def services(
    request: Request,
    reading: Reading,
    search: Words = None,
    taxonomy_term_id: Id = None,
    taxonomy_id: Id = None,
    organization_id: Id = None,
    modified_after: Annotated[str | None, Query(max_length=40)] = None,
    minimum_age: Annotated[float | None, Query(ge=0, le=120)] = None,
    maximum_age: Annotated[float | None, Query(ge=0, le=120)] = None,
    minimal: bool = False,
    full: bool = False,
    page: Page = 1,
    per_page: PerPage = PER_PAGE,
) -> Json:
    """A page of services; parameters narrow together. `modified_after`: a date or time, on or after."""
    known = _taxonomies(request)
    chosen = [
        *_published(),
        *_with_words(search),
        *_with_terms(known, taxonomy_term_id, taxonomy_id),
        *([Service.organisation_id == organization_id] if organization_id else []),
        *([Service.last_modified >= _moment(modified_after)] if modified_after else []),
        *([(Service.maximum_age.is_(None)) | (Service.maximum_age >= minimum_age)] if minimum_age is not None else []),
        *([(Service.minimum_age.is_(None)) | (Service.minimum_age <= maximum_age)] if maximum_age is not None else []),
    ]
    total = reading.scalar(select(func.count()).select_from(Service).where(*chosen)) or 0
    ids = _ids(reading, chosen, page, per_page)
    rows = repository.every_whole(reading, ids) if ids else []
    contents = [minimal_json(row) if minimal else service_json(row, known, is_full=full) for row in rows]
    return page_json(contents, total=total, page=page, per_page=per_page)


@router.get("/services/{service_id}")
def service(request: Request, reading: Reading, service_id: str) -> Json:
    """Everything about one service."""
    found = reading.scalar(select(Service.id).where(Service.uuid == service_id.lower()[:60], *_published()))
    row = repository.whole(reading, found) if found else None
    if row is None:
        raise NotFound("There is no such service here.")
    return service_json(row, _taxonomies(request), is_full=True)


@router.get("/organizations")
def organisations(reading: Reading, search: Words = None, page: Page = 1, per_page: PerPage = PER_PAGE) -> Json:
    chosen: list[ColumnElement[bool]] = [exists().where(Service.organisation_id == Organisation.id, *_published())]
    chosen += [Organisation.name.icontains(search, autoescape=True)] if search else []
    total = reading.scalar(select(func.count()).select_from(Organisation).where(*chosen)) or 0
    query = select(Organisation).where(*chosen).order_by(Organisation.name)
    rows = reading.scalars(query.offset((page - 1) * per_page).limit(per_page))
    return page_json([organisation_json(row) for row in rows], total=total, page=page, per_page=per_page)


@router.get("/organizations/{organization_id}")
def organisation(reading: Reading, organization_id: str) -> Json:
    is_shown = exists().where(Service.organisation_id == Organisation.id, *_published())
    row = reading.scalar(select(Organisation).where(Organisation.id == organization_id.lower()[:60], is_shown))
    if row is None:
        raise NotFound("There is no such organisation here.")
    return organisation_json(row)


@router.get("/taxonomies")
def list_taxonomies(page: Page = 1, per_page: PerPage = PER_PAGE) -> Json:
    return _paged([taxonomy_json(key) for key in TAXONOMIES], page, per_page)


@router.get("/taxonomies/{taxonomy_id}")
def taxonomy(taxonomy_id: str) -> Json:
    found = {made["id"]: made for made in map(taxonomy_json, TAXONOMIES)}.get(taxonomy_id.lower())
    if found is None:
        raise NotFound("There is no such taxonomy here.")
    return found


@router.get("/taxonomy_terms")
def terms(
    request: Request,
    taxonomy_id: Id = None,
    parent_id: Id = None,
    top_only: bool = False,
    search: Words = None,
    page: Page = 1,
    per_page: PerPage = PER_PAGE,
) -> Json:
    found = [term for term in _terms(request) if taxonomy_id in (None, term["taxonomy_id"])]
    found = [term for term in found if parent_id in (None, term.get("parent_id"))]
    found = [term for term in found if not (top_only and "parent_id" in term)]
    found = [term for term in found if not search or folded(search) in folded(term["name"])]
    return _paged(found, page, per_page)


@router.get("/taxonomy_terms/{wanted_id}")
def term(request: Request, wanted_id: str) -> Json:
    found = next((made for made in _terms(request) if made["id"] == wanted_id.lower()), None)
    if found is None:
        raise NotFound("There is no such taxonomy term here.")
    return found


@router.get("/service_at_locations")
def at_locations(
    request: Request,
    reading: Reading,
    search: Words = None,
    taxonomy_term_id: Id = None,
    taxonomy_id: Id = None,
    organization_id: Id = None,
    modified_after: Annotated[str | None, Query(max_length=40)] = None,
    postcode: Annotated[str | None, Query(max_length=40)] = None,
    proximity: Annotated[float, Query(ge=0, le=1_000_000)] = 5000,
    page: Page = 1,
    per_page: PerPage = PER_PAGE,
) -> Json:
    """Services at their places; with `postcode` those within `proximity` metres of its centre."""
    chosen = [
        *_published(),
        *_with_words(search),
        *_with_terms(_taxonomies(request), taxonomy_term_id, taxonomy_id),
        *([Service.organisation_id == organization_id] if organization_id else []),
        *([Service.last_modified >= _moment(modified_after)] if modified_after else []),
        *(_within(reading, postcode, proximity) if postcode else []),
    ]
    base = select(ServiceAtLocation.service_id, ServiceAtLocation.location_id).join(Service).join(Location)
    total = reading.scalar(select(func.count()).select_from(base.where(*chosen).subquery())) or 0
    ordered = base.where(*chosen).order_by(ServiceAtLocation.service_id, ServiceAtLocation.location_id)
    keys = [(row[0], row[1]) for row in reading.execute(ordered.offset((page - 1) * per_page).limit(per_page))]
    rows = {row.id: row for row in repository.every_whole(reading, list({key[0] for key in keys}))}
    made = {(r.id, link.location_id): at_location(link, r.uuid) for r in rows.values() for link in r.places}
    return page_json([made[key] for key in keys], total=total, page=page, per_page=per_page)


@router.get("/service_at_locations/{wanted_id}")
def one_at_location(reading: Reading, wanted_id: str) -> Json:
    query = select(Service.uuid, Service.id, ServiceAtLocation.location_id).join(ServiceAtLocation).where(*_published())
    for uuid, service_id, location_id in reading.execute(query):
        if lasting_id("service_at_location", uuid, location_id) == wanted_id.lower():
            row = repository.whole(reading, service_id)
            assert row is not None
            return next(at_location(link, uuid) for link in row.places if link.location_id == location_id)
    raise NotFound("There is no such service at a location here.")


def _published() -> list[ColumnElement[bool]]:
    """Never what is on hold or for professionals only: open data is for everyone."""
    return [Service.listing == "show", Service.status.in_(("active", "temporarily closed"))]


def _with_words(search: str | None) -> list[ColumnElement[bool]]:
    words = folded(search).split() if search else []
    return [Service.search_text.contains(word, autoescape=True) for word in words]


def _with_terms(known: Taxonomies, term: str | None, taxonomy: str | None) -> list[ColumnElement[bool]]:
    if term is None and taxonomy is None:
        return []
    keys = [
        (key, name)
        for key, names in known.items()
        for name in names
        if term in (None, term_id(key, name)) and taxonomy in (None, lasting_id("taxonomy", key))
    ]
    pairs = [(ServiceTerm.taxonomy == key) & (ServiceTerm.term == name) for key, name in keys]
    is_any = pairs[0] if pairs else ServiceTerm.term.is_(None)
    for pair in pairs[1:]:
        is_any = is_any | pair
    return [exists().where(ServiceTerm.service_id == Service.id, is_any)]


def _within(session: Session, postcode: str, metres: float) -> list[ColumnElement[bool]]:
    near = directory.locate(session, postcode)
    north = Location.latitude - near.lat
    east = (Location.longitude - near.lon) * cos(radians(near.lat))
    return [north * north + east * east <= (metres / METRES_PER_DEGREE) ** 2]


def _ids(session: Session, chosen: Sequence[ColumnElement[bool]], page: int, per_page: int) -> list[str]:
    query = select(Service.id).where(*chosen).order_by(Service.id)
    return list(session.scalars(query.offset((page - 1) * per_page).limit(per_page)))


def _moment(text: str) -> datetime:
    try:
        # "+" in an address that nobody escaped arrives as a space.
        moment = datetime.fromisoformat(text.strip().replace(" ", "+") if "T" in text else text.strip())
    except ValueError as error:
        raise DateUnreadable("modified_after: write a date like 2026-11-25 or 2026-11-25T09:30:00Z.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _taxonomies(request: Request) -> Taxonomies:
    folder: Path = request.app.state.parts.settings.content_folder
    return taxonomies(folder)


def _terms(request: Request) -> list[Json]:
    known = _taxonomies(request)
    return [term_json(key, name, known) for key, names in known.items() for name in names]


def _paged(found: list[dict[str, Any]], page: int, per_page: int) -> Json:
    begin = (page - 1) * per_page
    return page_json(found[begin : begin + per_page], total=len(found), page=page, per_page=per_page)
