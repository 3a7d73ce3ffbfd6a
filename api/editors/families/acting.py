"""What the pages about families' words share: who may act on them, and how many stand on a page."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Path, Query
from starlette.responses import RedirectResponse, Response

from api.accounts.service import Forbidden, Visitor
from api.content import personal
from api.conversations.assembly import Parts
from api.web.staff_pages import HEADERS

PER_PAGE = 20
Page = Annotated[int, Query(ge=1, le=10_000)]
Short = Annotated[str, Query(max_length=60)]
TurnId = Annotated[str, Path(max_length=64, pattern=r"^[\w-]+$")]


def may_act(visitor: Visitor, language: str) -> bool:
    """Editors on every language, translators on those they work in."""
    return visitor.may("editor", "admin") or (visitor.may("translator") and language in visitor.languages)


def refuse_reader(visitor: Visitor, language: str) -> None:
    """Raises Forbidden for who may read this page only."""
    if not may_act(visitor, language):
        raise Forbidden("You may read this. Editors, and translators of its language, decide. Ask your administrator.")


def shared(assembled: Parts) -> dict[str, Any]:
    """What every page of these needs to be drawn."""
    return {
        "languages": assembled.catalogue.languages,
        "days": assembled.settings.retention_days,
        "topics": sorted({key.partition("/")[0] for key in assembled.question_keys}),
        "keys": assembled.question_keys,
        "may_act": may_act,
        "masked": personal.masked,
        "held_in": personal.found_in,
    }


def pages(total: int, on_each: int = PER_PAGE) -> int:
    return max(1, -(-total // on_each))


def address(path: str, **query: str) -> str:
    """With a question mark in any case, so that more can be added."""
    return f"{path}?{urlencode({name: value for name, value in query.items() if value})}"


def back_to(path: str, **query: str) -> Response:
    return RedirectResponse(address(path, **query), status_code=303, headers=HEADERS)
