"""One approved answer on paper, with a code that opens the chat in that language."""

import re
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from api.channels.web import talking
from api.channels.web.endpoints import Assembled
from api.channels.web.failures import FamilyRoute
from api.channels.web.showing import page
from api.channels.web.visits import visit
from api.web.qr import qr_code

_KEY = re.compile(r"[a-z0-9_]+/[a-z0-9_]+", re.ASCII)
router = APIRouter(tags=["leaflets"], route_class=FamilyRoute, include_in_schema=False)
Part = Annotated[str, Path(max_length=80)]
NOT_PRINTED = "conversation/"
"""What the assistant says in conversation makes no sense on paper."""


@router.get("/leaflet/{topic}/{question}")
def leaflet(
    request: Request, assembled: Assembled, topic: Part, question: Part, lang: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    """The leaflet of `topic/question` in `lang`, else in English with a line that says so; 404 without served words."""
    seen = visit(request, assembled, language=lang)
    key = f"{topic}/{question}"
    messages = talking.answer(assembled, key, seen.language) if _is_printed(key) else []
    printed = next((message for message in messages if message.key == key), None)
    if printed is None:
        return page("no_leaflet.html", assembled, seen, status=404)
    address = chat_address(assembled.settings.public_base_url, seen.language)
    return page(
        "leaflet.html",
        assembled,
        seen,
        messages=messages,
        printed=printed,
        title=talking.title(assembled, key, seen.language),
        address=address,
        code=qr_code(address),
    )


def _is_printed(key: str) -> bool:
    return bool(_KEY.fullmatch(key)) and not key.startswith(NOT_PRINTED)


def chat_address(base: str, language: str) -> str:
    return f"{base.rstrip('/')}/?{urlencode({'language': language})}"
