"""Signing in at the organisation's own issuer, and coming back from it."""

import hmac
import json
from typing import Annotated

from cryptography.fernet import Fernet, InvalidToken
from fastapi import APIRouter, Depends, Query, Request, Response

from api.accounts.issuer import BACK, Attested, Begun, Issuer
from api.accounts.single_sign_on import SingleSignOn
from api.accounts.visiting import (
    HOME,
    Accounted,
    BrowserName,
    MaybeIssuer,
    MaybeVisitor,
    Token,
    entered,
    go,
    inside,
    is_secure,
    not_too_often,
)
from api.accounts.visitor import NotSignedIn
from api.errors import BumplineError, NotFound
from api.sealing import box
from api.web.staff_pages import StaffRoute, staff_page

STARTED = "bumpline_issuer"
PURPOSE = b"bumpline accounts: single sign-on"
GOOD_FOR = 600
START = "/sign-in/issuer"
router = APIRouter(route_class=StaffRoute)
Given = Annotated[str, Query(max_length=4000)]


@router.get(START, dependencies=[Depends(not_too_often)])
def start(request: Request, single: MaybeIssuer, _: MaybeVisitor, next: str = HOME) -> Response:
    """To the issuer; what must come back is kept, encrypted, in a cookie of this browser for ten minutes."""
    if single is None:
        raise NotFound("There is no single sign-on here. Sign in with your password.")
    try:
        begun = single.begin()
    except BumplineError as error:
        return _refused(request, error, next)
    response = go(begun.address)
    kept = json.dumps([begun.state, begun.nonce, begun.verifier, inside(next)])
    sealed = _box(request).encrypt(kept.encode()).decode()
    response.set_cookie(
        STARTED, sealed, max_age=GOOD_FOR, httponly=True, samesite="lax", secure=is_secure(request), path=START
    )
    return response


@router.get(BACK, dependencies=[Depends(not_too_often)])
def back(
    request: Request,
    known: Accounted,
    single: MaybeIssuer,
    browser: BrowserName,
    held: Token,
    _: MaybeVisitor,
    code: Given = "",
    state: Given = "",
    iss: Given = "",
) -> Response:
    target = HOME
    try:
        begun, target = _started(request)
        token = SingleSignOn(known).sign_in(_attested(single, begun, code, state, iss), browser, held)
    except BumplineError as error:
        return _refused(request, error, target)
    response = entered(request, known, token, target)
    response.delete_cookie(STARTED, path=START)
    return response


def _attested(single: Issuer | None, begun: Begun, code: str, state: str, iss: str) -> Attested:
    """Only for the browser that set out, and only from this issuer (RFC 9207)."""
    is_answer = hmac.compare_digest(state.encode(), begun.state.encode())
    if single is None or not is_answer or iss.rstrip("/") not in ("", single.address.rstrip("/")):
        raise NotSignedIn("This sign-in was not begun in this browser. Start again.")
    if not code:
        raise NotSignedIn("Your organisation did not sign you in. Try again, or use your password.")
    return single.finish(begun, code)


def _started(request: Request) -> tuple[Begun, str]:
    try:
        kept = _box(request).decrypt(request.cookies.get(STARTED, "").encode(), ttl=GOOD_FOR)
        state, nonce, verifier, target = json.loads(kept)
    except (InvalidToken, ValueError) as error:
        raise NotSignedIn("This sign-in took too long, or was begun in another browser. Start again.") from error
    return Begun("", state, nonce, verifier), target


def _refused(request: Request, error: BumplineError, target: str) -> Response:
    shown = {"next": inside(target), "email": "", "problem": error.message, "has_issuer": True}
    response = staff_page(request, "sign_in.html", status=error.status, **shown)
    response.delete_cookie(STARTED, path=START)
    return response


def _box(request: Request) -> Fernet:
    return box(request.app.state.parts.settings.secret_key, PURPOSE)
