"""One request of a family's browser: where on our pages, in which language, in which conversation."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request
from starlette.responses import Response

from api.conversations.assembly import Parts

CONVERSATION = "bumpline_conversation"
LANGUAGE = "bumpline_language"
FRAGMENT = "fragment=turn"
_ID = re.compile(r"[\w-]{16,64}", re.ASCII)


@dataclass(frozen=True)
class Place:
    """The page itself, or the same chat in a frame on another site, where cookies may be blocked."""

    base: str
    is_widget: bool

    @property
    def home(self) -> str:
        return self.base or "/"


PAGE = Place("", False)
WIDGET = Place("/widget", True)


@dataclass(frozen=True)
class Visit:
    """`language` is the page's own; `chosen` when the family picked it rather than the browser."""

    place: Place
    language: str
    chosen: bool
    conversation: str | None
    wants_fragment: bool


def visit(request: Request, assembled: Parts, *, conversation: str = "", language: str = "") -> Visit:
    """The conversation is known by cookie on the page, by a field of the form in the widget."""
    assembled.conversations.keep_up()
    return visit_as_known(request, assembled, conversation=conversation, language=language)


def visit_as_known(request: Request, assembled: Parts, *, conversation: str = "", language: str = "") -> Visit:
    """The same without asking the database."""
    place = place_of(request)
    known = conversation if place.is_widget else request.cookies.get(CONVERSATION, "")
    offered = assembled.catalogue.languages
    cookie = "" if place.is_widget else request.cookies.get(LANGUAGE, "")
    picked = next((code for code in (language, cookie) if code in offered), None)
    spoken = preferred(request.headers.get("accept-language", ""), offered)
    return Visit(
        place=place,
        language=picked or spoken or assembled.settings.default_language,
        chosen=picked is not None and not place.is_widget,
        conversation=known if _ID.fullmatch(known) else None,
        wants_fragment=FRAGMENT in request.headers.get("accept", ""),
    )


def place_of(request: Request) -> Place:
    return WIDGET if request.url.path.startswith(WIDGET.base) else PAGE


def preferred(header: str, offered: Mapping[str, object]) -> str | None:
    """The first offered language of an Accept-Language header, by weight."""
    wanted: list[tuple[float, str]] = []
    for part in header.split(","):
        tag, _, weight = part.strip().partition(";q=")
        wanted.append((-_weight(weight), tag.split("-")[0].casefold()))
    ranked = [code for _, code in sorted(wanted, key=lambda pair: pair[0])]
    return next((code for code in ranked if code in offered), None)


def remember(response: Response, assembled: Parts, name: str, value: str) -> None:
    """A cookie for this browser session only, out of reach of scripts and other sites."""
    secure = assembled.settings.public_base_url.startswith("https://")
    response.set_cookie(name, value, httponly=True, samesite="lax", secure=secure, path="/")


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0
