"""Pages for professionals: find, compare, print. Texting it to the family is in texting.py."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from api.accounts.visiting import anyone
from api.content import service as content
from api.content.bidi import is_right_to_left, kept_together
from api.conversations.assembly import Parts
from api.dependencies import parts
from api.directory import service as directory
from api.directory.details import PlaceThere
from api.directory.details import details as details_of
from api.directory.search import Near
from api.directory.service import Found
from api.errors import NotFound
from api.signposting import service as signposting
from api.signposting.asking import Asked, asked, wanted
from api.signposting.map import WIDTH, city_map
from api.web.qr import qr_code
from api.web.staff_pages import StaffRoute, staff_page

SHOWN = 20
router = APIRouter(
    prefix="/signposting",
    tags=["signposting"],
    route_class=StaffRoute,
    include_in_schema=False,
    dependencies=[Depends(anyone)],
)
Assembled = Annotated[Parts, Depends(parts)]
Ids = Annotated[list[str], Query(max_length=20)]


@router.get("")
def search(request: Request, assembled: Assembled, looked_for: Annotated[Asked, Depends(asked)]) -> Response:
    """The form, and what was found: a list and a map."""
    with assembled.database.read() as session:
        search, problems = wanted(session, looked_for)
        trust = assembled.catalogue.trust
        is_asked = not looked_for.is_empty and not problems
        found = directory.find(session, search, trust=trust, limit=SHOWN) if is_asked else []
        total = directory.count(session, search, trust=trust) if len(found) == SHOWN else len(found)
        words = _words_beside(assembled, session, looked_for)
        may_be_sent = {s.id for s in directory.by_ids(session, [s.id for s in found], trust=trust)}
    return staff_page(
        request,
        "search.html",
        asked=looked_for,
        problems=problems,
        is_asked=is_asked,
        found=found,
        total=total,
        words=words,
        may_be_sent=may_be_sent,
        **_map(assembled, search.near, found),
        **choices(assembled),
    )


@router.get("/services/{service_id}")
def details(
    request: Request, assembled: Assembled, service_id: str, looked_for: Annotated[Asked, Depends(asked)]
) -> Response:
    """Everything known of one service; what was looked for comes along, for distances and the way back."""
    trust = assembled.catalogue.trust
    with assembled.database.read() as session:
        search, problems = wanted(session, looked_for)
        told = details_of(session, service_id, trust=trust, near=search.near)
        may_be_sent = bool(directory.by_ids(session, [service_id], trust=trust))
    return staff_page(
        request,
        "service.html",
        told=told,
        asked=looked_for,
        problem=problems.get("postcode"),
        may_be_sent=may_be_sent,
        **_map(assembled, search.near, told.places),
        **choices(assembled),
    )


@router.get("/compare")
def compare(request: Request, assembled: Assembled, id: Ids) -> Response:
    with assembled.database.read() as session:
        found = _found(session, assembled, id)
    return staff_page(request, "compare.html", found=found, **choices(assembled))


@router.get("/sheet")
def sheet(
    request: Request,
    assembled: Assembled,
    id: Ids,
    language: Annotated[str, Query(max_length=20)] = "en",
    need: Annotated[str, Query(max_length=60)] = "",
) -> Response:
    """One page to print and hand over: what families may see, in their language, with a code that opens the chat."""
    chosen = assembled.catalogue.languages.get(language) or assembled.catalogue.languages["en"]
    with assembled.database.read() as session:
        services = signposting.cards(session, assembled, id, chosen.code)
        words = _words_beside(assembled, session, Asked(need=need, language=chosen.code))
    address = f"{assembled.settings.public_base_url.rstrip('/')}/?language={chosen.code}"
    interface = assembled.catalogue.interface.all(chosen.code)
    shown: dict[str, Any] = {
        "services": services,
        "said": words[-1:],
        "chosen": chosen,
        "w": interface,
    }
    return staff_page(request, "sheet.html", code=qr_code(address), address=address, **shown, **choices(assembled))


def _found(session: Any, assembled: Parts, ids: Sequence[str]) -> list[Found]:
    found = directory.by_ids(session, ids, trust=assembled.catalogue.trust, audience="professional")
    if not found:
        raise NotFound("There is no such service in the directory.")
    return found


def _map(assembled: Parts, near: Near | None, places: Sequence[Found] | Sequence[PlaceThere]) -> dict[str, Any]:
    """What the map of parts.html draws: a point for each of `places`, None when it is not on the map."""
    city = city_map(assembled.settings.content_folder)
    points = [city.point(place.latitude, place.longitude) for place in places]
    home = city.point(near.lat, near.lon) if near else None
    return {"city": city, "width": WIDTH, "near": near, "points": points, "home": home}


def _words_beside(assembled: Parts, session: Any, looked_for: Asked) -> list[dict[str, Any]]:
    """The approved answer for the need, in English and in the family's language."""
    keys = signposting.messages_for(session, assembled, looked_for.need) if looked_for.need else {}
    if not keys:
        return []
    key = next(iter(keys))
    shelf = assembled.catalogue.shelf.open(session)
    codes = dict.fromkeys(["en", looked_for.language or "en"])
    rendered = [content.render(shelf, key, language=code, channel="web") for code in codes]
    return [{"title": keys[key], "key": key, "said": r} for r in rendered if r is not None]


def choices(assembled: Parts) -> dict[str, Any]:
    """What every page of this room offers to choose from."""
    return {
        "needs": assembled.catalogue.taxonomy,
        "languages": assembled.catalogue.languages,
        "due_days": assembled.catalogue.trust.due_days,
        "together": _together,
    }


def _together(text: str) -> str:
    """In a right-to-left line a number with ordinary spaces would be read back to front."""
    return kept_together(text) if is_right_to_left(text) else text
