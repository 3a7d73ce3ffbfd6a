"""Signing in and out: the password, then the code where one is asked."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from api.accounts.throttling import Door
from api.accounts.visiting import (
    COOKIE,
    HOME,
    Accounted,
    BrowserName,
    Held,
    MaybeIssuer,
    MaybeVisitor,
    SecondFactored,
    Token,
    caller,
    entered,
    go,
    inside,
    no_code_too_often,
    not_too_often,
    same_form,
    same_held_form,
)
from api.accounts.visitor import NotSignedIn
from api.web.staff_pages import StaffRoute, staff_page

router = APIRouter(route_class=StaffRoute)
Typed = Annotated[str, Form(max_length=300)]


@router.get("/sign-in")
def sign_in_page(
    request: Request,
    known: Accounted,
    single: MaybeIssuer,
    held: Token,
    _: MaybeVisitor,
    next: str = HOME,
    again: bool = False,
    joined: bool = False,
) -> Response:
    """Whoever has given the password already goes on to the second step, unless they start `again`."""
    holder = known.holder(held) if held else None
    if holder and not holder.is_complete and not again:
        return entered(request, known, held, inside(next))
    asked = inside(next)
    return staff_page(
        request, "sign_in.html", next=asked, email="", problem="", has_issuer=bool(single), has_joined=joined
    )


@router.post("/sign-in", dependencies=[Depends(not_too_often)])
def sign_in(
    request: Request,
    known: Accounted,
    single: MaybeIssuer,
    browser: BrowserName,
    held: Token,
    email: Typed = "",
    password: Typed = "",
    next: Typed = HOME,
) -> Response:
    door: Door = request.app.state.door
    try:
        door.knock(caller(request, email))
        token = known.sign_in(email, password, browser, held)
    except NotSignedIn as error:
        shown = {"next": inside(next), "email": email, "problem": error.message, "has_issuer": bool(single)}
        return staff_page(request, "sign_in.html", status=401, **shown)
    door.forgive(caller(request, email))
    return entered(request, known, token, inside(next))


@router.get("/sign-in/code")
def code_page(request: Request, known: Accounted, held: Held, token: Token, next: str = HOME) -> Response:
    if held.is_complete or not held.has_second_factor:
        return entered(request, known, token, inside(next))
    return _code_page(request, held, next)


@router.post("/sign-in/code", dependencies=[Depends(no_code_too_often), Depends(same_held_form)])
def code(
    request: Request,
    known: Accounted,
    factors: SecondFactored,
    held: Held,
    token: Token,
    browser: BrowserName,
    code: Typed = "",
    next: Typed = HOME,
) -> Response:
    try:
        renewed = factors.pass_code(token, code, browser)
    except NotSignedIn as error:
        return _code_page(request, held, next, error)
    return entered(request, known, renewed, inside(next))


@router.post("/sign-out", dependencies=[Depends(same_form)])
def sign_out(known: Accounted, token: Token) -> Response:
    known.sign_out(token)
    response = go(HOME)
    response.delete_cookie(COOKIE, path="/")
    return response


def _code_page(request: Request, held: Held, next: str, error: NotSignedIn | None = None) -> Response:
    problem, status = (error.message, error.status) if error else ("", 200)
    shown = {"next": inside(next), "csrf": held.visitor.csrf, "email": held.visitor.email, "problem": problem}
    return staff_page(request, "code.html", status=status, **shown)
