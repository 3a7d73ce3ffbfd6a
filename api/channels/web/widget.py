"""The same chat in a frame on another site. The conversation travels in the forms: cookies may be blocked there."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from api.channels.web import handling
from api.channels.web.endpoints import Assembled
from api.channels.web.failures import FamilyRoute, refused
from api.channels.web.showing import environment, page
from api.channels.web.visits import visit
from api.channels.web.words import Words
from api.errors import NotFound

router = APIRouter(tags=["pages"], route_class=FamilyRoute, include_in_schema=False)
Typed = Annotated[str, Form()]
AN_HOUR = "public, max-age=3600"


@router.get("/widget")
def open_widget(request: Request, assembled: Assembled, language: str = "") -> Response:
    return handling.look(assembled, visit(request, assembled, language=language))


@router.get("/widget/chat")
@router.get("/widget/language")
@router.get("/widget/delete")
def back_to_widget() -> Response:
    return RedirectResponse("/widget", status_code=303)


@router.post("/widget")
def go_on(request: Request, assembled: Assembled, conversation: Typed = "", language: Typed = "") -> Response:
    """The page again for a conversation that has begun."""
    seen = visit(request, assembled, conversation=conversation, language=language)
    return refused(request, assembled, seen) or handling.look(assembled, seen)


@router.post("/widget/chat")
def say(
    request: Request,
    assembled: Assembled,
    text: Typed = "",
    choice: Typed = "",
    conversation: Typed = "",
    language: Typed = "",
) -> Response:
    seen = visit(request, assembled, conversation=conversation, language=language)
    return refused(request, assembled, seen, text) or handling.say(assembled, seen, text, choice)


@router.post("/widget/language")
def choose_language(request: Request, assembled: Assembled, language: Typed = "", conversation: Typed = "") -> Response:
    seen = visit(request, assembled, conversation=conversation, language=language)
    return refused(request, assembled, seen) or handling.choose_language(assembled, seen, language)


@router.post("/widget/delete")
def delete(
    request: Request, assembled: Assembled, sure: Typed = "", conversation: Typed = "", language: Typed = ""
) -> Response:
    seen = visit(request, assembled, conversation=conversation, language=language)
    chosen = handling.delete if sure else handling.confirm_deletion
    return refused(request, assembled, seen) or chosen(assembled, seen)


@router.post("/widget/forget")
def forget(request: Request, assembled: Assembled, conversation: Typed = "") -> Response:
    seen = visit(request, assembled, conversation=conversation)
    return refused(request, assembled, seen) or handling.forget(assembled, seen)


@router.get("/widget/example")
def example(request: Request, assembled: Assembled, language: str = "") -> Response:
    """A page like another site's, to try the widget on."""
    if assembled.settings.is_production:
        raise NotFound("There is no such page.")
    return page("example.html", assembled, visit(request, assembled, language=language))


@router.get("/embed.js")
def embed(assembled: Assembled) -> Response:
    """The loader that another site includes: its words in every language, its address from its own <script>."""
    assembled.conversations.keep_up()
    catalogue = assembled.catalogue
    everywhere = [Words(catalogue.interface, catalogue.languages, code) for code in catalogue.languages]
    made = environment().get_template("families/embed.js")
    script = made.render(
        everywhere={w.language: [w.text("widget_open"), w.text("widget_close"), w.direction] for w in everywhere},
        first=assembled.settings.default_language,
    )
    headers = {"Cache-Control": AN_HOUR, "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(script, media_type="text/javascript", headers=headers)
