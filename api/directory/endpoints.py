"""Where families and the bot's actions look services up. Open data: readable from any site."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy.orm import Session

from api.directory import service as directory
from api.directory.search import Wanted
from api.directory.source import Term, need_for
from api.directory.spelling import Vocabulary

router = APIRouter(prefix="/api/v1", tags=["directory"])
vocabulary = Vocabulary()
FIELDS = (
    "id", "name", "summary", "phone", "text_number", "url", "address", "postcode", "distance_km", "languages",
    "open_now", "assured_on", "organisation", "referral", "eligibility", "hours", "cost", "interpreters", "standing",
)  # fmt: skip


def session(request: Request) -> Iterator[Session]:
    with request.app.state.parts.database.read() as opened:
        yield opened


Reading = Annotated[Session, Depends(session)]


@router.get("/services")
def list_services(
    request: Request,
    reading: Reading,
    need: Annotated[str | None, Query(max_length=60, pattern=r"^[a-z_]*$")] = None,
    postcode: Annotated[str | None, Query(max_length=200)] = None,
    language: Annotated[str | None, Query(max_length=20)] = None,
    spoken: Annotated[str | None, Query(max_length=20)] = None,
    open_now: bool | None = None,
    open_on: date | None = None,
    self_referral: bool = False,
    free: bool = False,
    age: Annotated[float | None, Query(ge=0, le=120)] = None,
    weeks: Annotated[int | None, Query(ge=0, le=42)] = None,
    text: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> dict[str, Any]:
    """Services nearest first. `language`: of the summaries; `spoken`: by the staff; `age` in years."""
    catalogue = request.app.state.parts.catalogue
    near = directory.locate(reading, postcode) if postcode else None
    asked = Wanted(
        need=need or None,
        near=near,
        spoken=spoken,
        self_referral=self_referral,
        free=free,
        age=age,
        weeks=weeks,
        open_now=open_now,
        open_on=open_on,
    )
    wanted = directory.with_words(reading, asked, vocabulary, text)
    found = directory.find(reading, wanted, trust=catalogue.trust, language=language or "en", limit=limit)
    place = {"postcode": near.postcode, "ward": near.ward, "district": near.district} if near else None
    return {"services": [{name: getattr(s, name) for name in FIELDS} for s in found], "near": place}


@router.get("/needs")
def list_needs(request: Request, keys: Annotated[list[str] | None, Query(max_length=20)] = None) -> dict[str, Any]:
    """The needs a service can meet; with `keys`, also the first need that these message keys lead to."""
    taxonomy: dict[str, Term] = request.app.state.parts.catalogue.taxonomy
    needs = [need for need in (need_for(key, taxonomy) for key in keys or []) if need]
    return {"needs": list(taxonomy), "suggested": needs[0] if needs else None}
