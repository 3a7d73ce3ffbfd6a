"""The chat as a page of our own: works with forms alone, better with a script."""

from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Request
from starlette.responses import RedirectResponse, Response

from api.channels.web import handling, helping, leaflets, reports, widget
from api.channels.web.endpoints import Assembled
from api.channels.web.failures import FamilyRoute, refused
from api.channels.web.visits import visit
from api.web.static_files import add_static_files

router = APIRouter(tags=["pages"], route_class=FamilyRoute, include_in_schema=False)
Typed = Annotated[str, Form()]


def mount_static(app: FastAPI) -> None:
    add_static_files(app)


@router.get("/")
def home(request: Request, assembled: Assembled, deleted: str = "", language: str = "") -> Response:
    if language:
        return handling.look_in(assembled, visit(request, assembled, language=language), language)
    return handling.look(assembled, visit(request, assembled), deleted=bool(deleted))


@router.get("/privacy")
def privacy(request: Request, assembled: Assembled, language: str = "") -> Response:
    return handling.privacy(assembled, visit(request, assembled, language=language))


@router.get("/chat")
@router.get("/language")
@router.get("/delete")
def back_to_home() -> Response:
    """Where a browser lands that asks again, by hand, for the address of a form."""
    return RedirectResponse("/", status_code=303)


@router.post("/chat")
def say(request: Request, assembled: Assembled, text: Typed = "", choice: Typed = "") -> Response:
    seen = visit(request, assembled)
    return refused(request, assembled, seen, text) or handling.say(assembled, seen, text, choice)


@router.post("/language")
def choose_language(request: Request, assembled: Assembled, language: Typed = "") -> Response:
    seen = visit(request, assembled)
    return refused(request, assembled, seen) or handling.choose_language(assembled, seen, language)


@router.post("/delete")
def delete(request: Request, assembled: Assembled, sure: Typed = "") -> Response:
    seen = visit(request, assembled)
    chosen = handling.delete if sure else handling.confirm_deletion
    return refused(request, assembled, seen) or chosen(assembled, seen)


@router.post("/chat/forget")
def forget(request: Request, assembled: Assembled) -> Response:
    seen = visit(request, assembled)
    return refused(request, assembled, seen) or handling.forget(assembled, seen)


router.include_router(widget.router)
router.include_router(helping.router)
router.include_router(leaflets.router)
router.include_router(reports.router)
