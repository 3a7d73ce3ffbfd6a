"""The open feed: /open-referral/v3, readable from any site, without a key. Only what families may see is in it."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from api.directory import repository
from api.directory.endpoints import Reading
from api.directory.feed_filters import Id, Narrowing, Words, for_ages, published, within
from api.directory.folding import folded
from api.directory.ids import lasting_id
from api.directory.models import Location, Organisation, Service, ServiceAtLocation
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
    term_json,
)
from api.directory.source import read_categories, read_taxonomy
from api.errors import NotFound

BASE = "/open-referral/v3"
PER_PAGE, MOST = 50, 500
router = APIRouter(prefix=BASE, tags=["open referral"])
Page = Annotated[int, Query(ge=1, le=1_000_000)]
PerPage = Annotated[int, Query(ge=1, le=MOST)]
Narrowed = Annotated[Narrowing, Depends()]


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
    narrowing: Narrowed,
    minimum_age: Annotated[float | None, Query(ge=0, le=120)] = None,
    maximum_age: Annotated[float | None, Query(ge=0, le=120)] = None,
    minimal: bool = False,
    full: bool = False,
    page: Page = 1,
    per_page: PerPage = PER_PAGE,
) -> Json:
    """A page of services."""
    known = _taxonomies(request)
    chosen = [*narrowing.filters(known), *for_ages(minimum_age, maximum_age)]
    total = reading.scalar(select(func.count()).select_from(Service).where(*chosen)) or 0
    ids = _ids(reading, chosen, page, per_page)
    rows = repository.every_whole(reading, ids) if ids else []
    contents = [minimal_json(row) if minimal else service_json(row, known, is_full=full) for row in rows]
    return page_json(contents, total=total, page=page, per_page=per_page)


@router.get("/services/{service_id}")
def service(request: Request, reading: Reading, service_id: str) -> Json:
    """Everything about one service."""
    found = reading.scalar(select(Service.id).where(Service.uuid == service_id.lower()[:60], *published()))
    row = repository.whole(reading, found) if found else None
    if row is None:
        raise NotFound("There is no such service here.")
    return service_json(row, _taxonomies(request), is_full=True)


@router.get("/organizations")
def organisations(reading: Reading, search: Words = None, page: Page = 1, per_page: PerPage = PER_PAGE) -> Json:
    chosen: list[ColumnElement[bool]] = [exists().where(Service.organisation_id == Organisation.id, *published())]
    chosen += [Organisation.name.icontains(search, autoescape=True)] if search else []
    total = reading.scalar(select(func.count()).select_from(Organisation).where(*chosen)) or 0
    query = select(Organisation).where(*chosen).order_by(Organisation.name)
    rows = reading.scalars(query.offset((page - 1) * per_page).limit(per_page))
    return page_json([organisation_json(row) for row in rows], total=total, page=page, per_page=per_page)


@router.get("/organizations/{organization_id}")
def organisation(reading: Reading, organization_id: str) -> Json:
    is_shown = exists().where(Service.organisation_id == Organisation.id, *published())
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
    narrowing: Narrowed,
    postcode: Annotated[str | None, Query(max_length=40)] = None,
    proximity: Annotated[float, Query(ge=0, le=1_000_000)] = 5000,
    page: Page = 1,
    per_page: PerPage = PER_PAGE,
) -> Json:
    """Services at their places; with `postcode` those within `proximity` metres of its centre."""
    chosen = narrowing.filters(_taxonomies(request))
    chosen += within(reading, postcode, proximity) if postcode else []
    base = select(ServiceAtLocation.service_id, ServiceAtLocation.location_id).join(Service).join(Location)
    total = reading.scalar(select(func.count()).select_from(base.where(*chosen).subquery())) or 0
    ordered = base.where(*chosen).order_by(ServiceAtLocation.service_id, ServiceAtLocation.location_id)
    keys = [(row[0], row[1]) for row in reading.execute(ordered.offset((page - 1) * per_page).limit(per_page))]
    rows = {row.id: row for row in repository.every_whole(reading, list({key[0] for key in keys}))}
    made = {(r.id, link.location_id): at_location(link, r.uuid) for r in rows.values() for link in r.places}
    return page_json([made[key] for key in keys], total=total, page=page, per_page=per_page)


@router.get("/service_at_locations/{wanted_id}")
def one_at_location(reading: Reading, wanted_id: str) -> Json:
    query = select(Service.uuid, Service.id, ServiceAtLocation.location_id).join(ServiceAtLocation).where(*published())
    for uuid, service_id, location_id in reading.execute(query):
        if lasting_id("service_at_location", uuid, location_id) == wanted_id.lower():
            row = repository.whole(reading, service_id)
            assert row is not None
            return next(at_location(link, uuid) for link in row.places if link.location_id == location_id)
    raise NotFound("There is no such service at a location here.")


def _ids(session: Session, chosen: Sequence[ColumnElement[bool]], page: int, per_page: int) -> list[str]:
    query = select(Service.id).where(*chosen).order_by(Service.id)
    return list(session.scalars(query.offset((page - 1) * per_page).limit(per_page)))


def _taxonomies(request: Request) -> Taxonomies:
    folder: Path = request.app.state.parts.settings.content_folder
    return taxonomies(folder)


def _terms(request: Request) -> list[Json]:
    known = _taxonomies(request)
    return [term_json(key, name, known) for key, names in known.items() for name in names]


def _paged(found: list[dict[str, Any]], page: int, per_page: int) -> Json:
    begin = (page - 1) * per_page
    return page_json(found[begin : begin + per_page], total=len(found), page=page, per_page=per_page)
