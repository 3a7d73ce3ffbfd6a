"""Pages that text a family: written, shown exactly as it would go out, sent once, and what became of it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from api.accounts.service import Visitor
from api.accounts.visiting import anyone, require, same_form
from api.conversations.assembly import Parts
from api.directory import service as directory
from api.errors import BumplineError, Unusable
from api.signposting import service as signposting
from api.signposting.endpoints import Assembled, choices
from api.signposting.ports import Letters
from api.signposting.service import Draft
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

router = APIRouter(
    prefix="/signposting",
    tags=["signposting"],
    route_class=StaffRoute,
    include_in_schema=False,
    dependencies=[Depends(anyone)],
)
Professional = Annotated[Visitor, Depends(require("professional", "editor", "admin"))]
Typed = Annotated[str, Form(max_length=200)]


def letters(request: Request) -> Letters:
    carried: Letters = request.app.state.letters
    return carried


Carried = Annotated[Letters, Depends(letters)]


@router.get("/text")
def compose(
    request: Request,
    assembled: Assembled,
    visitor: Professional,
    id: Annotated[list[str] | None, Query(max_length=20)] = None,
    language: Annotated[str, Query(max_length=20)] = "",
    need: Annotated[str, Query(max_length=60)] = "",
) -> Response:
    return _compose(request, assembled, Draft(language, "", "", tuple(id or ())), need)


@router.post("/text", dependencies=[Depends(same_form)])
def preview(
    request: Request,
    assembled: Assembled,
    carried: Carried,
    visitor: Professional,
    language: Typed = "",
    number: Typed = "",
    message: Typed = "",
    need: Typed = "",
    id: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Exactly the texts that would go out, with segments; nothing is sent yet."""
    draft = Draft(language, number, message, tuple(id or ()))
    try:
        with assembled.database.read() as session:
            number_hash = carried.number_hash(number)
            letter = signposting.written(session, assembled, carried, draft)
            has_opted_out = carried.has_opted_out(session, number_hash)
    except Unusable as error:
        return _compose(request, assembled, draft, need, problem=error)
    return staff_page(
        request,
        "preview.html",
        draft=draft,
        need=need,
        letter=letter,
        has_opted_out=has_opted_out,
        goes_at=carried.goes_at(),
        form_id=signposting.new_form_id(),
        problem="",
        **choices(assembled),
    )


@router.post("/text/send", dependencies=[Depends(same_form)])
def send(
    request: Request,
    assembled: Assembled,
    carried: Carried,
    visitor: Professional,
    form_id: Annotated[str, Form(pattern=r"^[\w-]{16}$")],
    language: Typed = "",
    number: Typed = "",
    message: Typed = "",
    need: Typed = "",
    consent: Typed = "",
    id: Annotated[list[str] | None, Form()] = None,
) -> Response:
    draft = Draft(language, number, message, tuple(id or ()))
    try:
        if not consent:
            raise Unusable("Ask the family first, then tick that they agreed to this text.")
        with assembled.database.write() as session:
            sent = signposting.send(session, assembled, carried, visitor, draft, form_id)
    except BumplineError as error:
        return _preview_again(request, assembled, carried, draft, need, form_id, error)
    return RedirectResponse(f"/signposting/texts/{sent}", status_code=303, headers=HEADERS)


@router.get("/texts")
def texts(request: Request, assembled: Assembled, carried: Carried, visitor: Professional) -> Response:
    with assembled.database.read() as session:
        sent = signposting.records(session, carried, visitor)
    return staff_page(request, "texts.html", sent=sent, **choices(assembled))


@router.get("/texts/{signpost_id}")
def text(request: Request, assembled: Assembled, carried: Carried, visitor: Professional, signpost_id: str) -> Response:
    with assembled.database.read() as session:
        row, states = signposting.record(session, carried, visitor, signpost_id)
    return staff_page(request, "text.html", row=row, states=states, goes_at=carried.goes_at(), **choices(assembled))


def _preview_again(
    request: Request,
    assembled: Parts,
    carried: Letters,
    draft: Draft,
    need: str,
    form_id: str,
    error: BumplineError,
) -> Response:
    """What was chosen stays on the page; the words are shown again when they can be."""
    try:
        with assembled.database.read() as session:
            letter = signposting.written(session, assembled, carried, draft)
    except Unusable:
        return _compose(request, assembled, draft, need, problem=error)
    return staff_page(
        request,
        "preview.html",
        status=error.status,
        draft=draft,
        need=need,
        letter=letter,
        has_opted_out=False,
        goes_at=carried.goes_at(),
        form_id=form_id,
        problem=error.message,
        **choices(assembled),
    )


def _compose(
    request: Request, assembled: Parts, draft: Draft, need: str, problem: BumplineError | None = None
) -> Response:
    with assembled.database.read() as session:
        messages = signposting.messages_for(session, assembled, need or None)
        services = directory.by_ids(
            session, draft.service_ids, trust=assembled.catalogue.trust, audience="professional"
        )
    return staff_page(
        request,
        "compose.html",
        status=problem.status if problem else 200,
        draft=draft,
        need=need,
        messages=messages,
        services=services,
        problem=problem.message if problem else "",
        **choices(assembled),
    )
