"""Where families and the bot's actions look services up. Open data: readable from any site."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.orm import Session

from api.directory import service as directory
from api.directory.source import Term, need_for

router = APIRouter(prefix="/api/v1", tags=["directory"])


def session(request: Request) -> Iterator[Session]:
    with request.app.state.parts.database.read() as opened:
        yield opened


Reading = Annotated[Session, Depends(session)]


@router.get("/services")
def list_services(
    request: Request,
    response: Response,
    reading: Reading,
    need: Annotated[str | None, Query(max_length=60, pattern=r"^[a-z_]*$")] = None,
    postcode: Annotated[str | None, Query(max_length=40)] = None,
    language: Annotated[str | None, Query(max_length=20)] = None,
    open_now: bool | None = None,
    text: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> dict[str, Any]:
    """Services nearest first. `language`: the language of the summaries."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    near = directory.locate(reading, postcode) if postcode else None
    found = directory.find(
        reading,
        need=need,
        near=near,
        language=language or "en",
        drafts_allowed=request.app.state.parts.catalogue.drafts_allowed,
        open_now=open_now,
        text=text,
        limit=limit,
    )
    place = {"postcode": near.postcode, "ward": near.ward, "district": near.district} if near else None
    return {"services": [asdict(service) for service in found], "near": place}


@router.get("/needs")
def list_needs(request: Request, keys: Annotated[list[str] | None, Query(max_length=20)] = None) -> dict[str, Any]:
    """The needs a service can meet; with `keys`, also the first need that these message keys lead to."""
    taxonomy: dict[str, Term] = request.app.state.parts.catalogue.taxonomy
    needs = [need for need in (need_for(key, taxonomy) for key in keys or []) if need]
    return {"needs": list(taxonomy), "suggested": needs[0] if needs else None}
