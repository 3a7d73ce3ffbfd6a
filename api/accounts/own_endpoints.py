"""One's own account: password, second step, recovery codes, sessions; and joining with a link."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from api.accounts.endpoints import Typed
from api.accounts.visiting import (
    HOME,
    Accounted,
    BrowserName,
    Held,
    Inviting,
    MaybeIssuer,
    MaybeVisitor,
    Peopled,
    SecondFactored,
    SignedIn,
    Token,
    entered,
    go,
    inside,
    landing,
    no_code_too_often,
    not_too_often,
    same_form,
    same_held_form,
    with_session,
)
from api.accounts.visitor import NEED_SECOND_FACTOR, NotSignedIn, Visitor
from api.errors import BumplineError, Conflict, Unusable
from api.web.qr import drawn
from api.web.staff_pages import StaffRoute, staff_page

router = APIRouter(route_class=StaffRoute)
FORM = [Depends(same_form)]
TRIED_FORM = [Depends(no_code_too_often), Depends(same_form)]


@router.get("/account")
def account_page(request: Request, people: Peopled, visitor: SignedIn, token: Token) -> Response:
    return _account(request, people, visitor, token)


@router.post("/account", dependencies=TRIED_FORM)
def change_password(
    request: Request,
    known: Accounted,
    people: Peopled,
    visitor: SignedIn,
    token: Token,
    old: Typed = "",
    new: Typed = "",
) -> Response:
    """Every session ends with the old password; the person signs in again with the new one."""
    try:
        known.change_password(visitor, old, new)
    except (NotSignedIn, Unusable) as error:
        return _account(request, people, visitor, token, error, "#old" if error.status == 401 else "#new")
    return go("/sign-in")


@router.post("/account/sessions/end", dependencies=FORM)
def end_sessions(
    people: Peopled, visitor: SignedIn, token: Token, session: Annotated[str, Form(max_length=16)] = ""
) -> Response:
    people.end_own(visitor, token, session)
    return go("/account")


@router.post("/account/reminders", dependencies=FORM)
def set_reminders(people: Peopled, visitor: SignedIn, wanted: Annotated[bool, Form()] = False) -> Response:
    people.set_reminders(visitor, wanted=wanted)
    return go("/account")


@router.get("/second-factor")
def second_factor_page(
    request: Request, known: Accounted, factors: SecondFactored, held: Held, token: Token, next: str = "/account"
) -> Response:
    if held.has_second_factor and not held.is_complete:
        return entered(request, known, token, inside(next))
    return _second_factor(request, factors, held, token, next)


@router.post("/second-factor", dependencies=[Depends(no_code_too_often), Depends(same_held_form)])
def set_up_second_factor(
    request: Request,
    factors: SecondFactored,
    held: Held,
    token: Token,
    browser: BrowserName,
    code: Typed = "",
    proof: Typed = "",
    next: Typed = "/account",
) -> Response:
    try:
        done = factors.confirm(token, code, proof, browser)
    except (NotSignedIn, Unusable) as error:
        return _second_factor(request, factors, held, token, next, error)
    request.state.visitor = factors.accounts.visitor(done.token)
    target = landing(inside(next), held.visitor)
    return with_session(request, staff_page(request, "codes.html", codes=done.codes, next=target), done.token)


@router.post("/second-factor/remove", dependencies=TRIED_FORM)
def remove_second_factor(
    request: Request, factors: SecondFactored, people: Peopled, visitor: SignedIn, token: Token, proof: Typed = ""
) -> Response:
    try:
        factors.remove(visitor, proof)
    except (NotSignedIn, Conflict) as error:
        return _account(request, people, visitor, token, error, "#proof")
    return go("/account")


@router.post("/second-factor/codes", dependencies=TRIED_FORM)
def new_recovery_codes(
    request: Request, factors: SecondFactored, people: Peopled, visitor: SignedIn, token: Token, proof: Typed = ""
) -> Response:
    try:
        codes = factors.replace_codes(visitor, proof)
    except (NotSignedIn, Conflict) as error:
        return _account(request, people, visitor, token, error, "#proof-codes")
    return staff_page(request, "codes.html", codes=codes, next="/account")


@router.get("/join/{link}")
def join_page(request: Request, inviting: Inviting, single: MaybeIssuer, _: MaybeVisitor, link: str) -> Response:
    shown = inviting.invited(link)
    return staff_page(request, "join.html", link=shown, problem="", has_issuer=bool(single), next=HOME)


@router.post("/join/{link}", dependencies=[Depends(not_too_often)])
def join(
    request: Request, inviting: Inviting, single: MaybeIssuer, _: MaybeVisitor, link: str, password: Typed = ""
) -> Response:
    """The link is used up; the person signs in with the password they chose."""
    shown = inviting.invited(link)
    try:
        inviting.accept(link, password)
    except Unusable as error:
        values = {"link": shown, "problem": error.message, "has_issuer": bool(single), "next": HOME}
        return staff_page(request, "join.html", status=error.status, **values)
    return go("/sign-in", again="true", joined="true")


def _account(
    request: Request,
    people: Peopled,
    visitor: Visitor,
    token: str,
    error: BumplineError | None = None,
    field: str = "",
) -> Response:
    shown = {
        "own": people.own(visitor, token),
        "must_keep": bool(NEED_SECOND_FACTOR & visitor.roles),
        "problem": error.message if error else "",
        "field": field,
        "languages": request.app.state.parts.catalogue.languages,
    }
    return staff_page(request, "account.html", status=error.status if error else 200, **shown)


def _second_factor(
    request: Request, factors: SecondFactored, held: Held, token: str, next: str, error: BumplineError | None = None
) -> Response:
    begun = factors.begin(token)
    shown = {
        "begun": begun,
        "picture": drawn(begun.address),
        "csrf": held.visitor.csrf,
        "is_replacing": held.has_second_factor,
        "must": not held.is_complete,
        "has_password": factors.has_password(held.visitor),
        "next": inside(next),
        "problem": error.message if error else "",
        "is_proof_wrong": isinstance(error, NotSignedIn),
    }
    return staff_page(request, "second_factor.html", status=error.status if error else 200, **shown)
