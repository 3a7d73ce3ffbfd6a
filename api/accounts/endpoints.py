"""Signing in, signing out, and changing one's password."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from starlette.responses import RedirectResponse

from api.accounts.service import NotSignedIn
from api.accounts.visiting import COOKIE, Accounted, MaybeVisitor, SignedIn, same_form
from api.errors import Unusable
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

HOME = "/signposting"
router = APIRouter(tags=["accounts"], route_class=StaffRoute, include_in_schema=False)
Typed = Annotated[str, Form(max_length=300)]


@router.get("/sign-in")
def sign_in_page(request: Request, _: MaybeVisitor, next: str = HOME) -> Response:
    return staff_page(request, "sign_in.html", next=_inside(next), email="", problem="")


async def not_too_often(request: Request) -> None:
    """Far fewer tries at a password than pages; the limit belongs to the application (app.state)."""
    await request.app.state.sign_ins(request)


@router.post("/sign-in", dependencies=[Depends(not_too_often)])
def sign_in(
    request: Request, known: Accounted, email: Typed = "", password: Typed = "", next: Typed = HOME
) -> Response:
    try:
        token = known.sign_in(email, password)
    except NotSignedIn as error:
        shown = {"next": _inside(next), "email": email, "problem": error.message}
        return staff_page(request, "sign_in.html", status=401, **shown)
    response = RedirectResponse(_inside(next), status_code=303, headers=HEADERS)
    secure = request.app.state.parts.settings.public_base_url.startswith("https://")
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure, path="/")
    return response


@router.post("/sign-out", dependencies=[Depends(same_form)])
def sign_out(request: Request, known: Accounted) -> Response:
    known.sign_out(request.cookies.get(COOKIE, ""))
    response = RedirectResponse(HOME, status_code=303, headers=HEADERS)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/account")
def account_page(request: Request, visitor: SignedIn) -> Response:
    return staff_page(request, "account.html", problem="")


@router.post("/account", dependencies=[Depends(same_form)])
def change_password(
    request: Request, visitor: SignedIn, known: Accounted, old: Typed = "", new: Typed = ""
) -> Response:
    """Every session ends with the old password; the person signs in again with the new one."""
    try:
        known.sign_out(known.sign_in(visitor.email, old))
        known.set_password(visitor.email, new)
    except (NotSignedIn, Unusable) as error:
        return staff_page(request, "account.html", status=error.status, problem=error.message)
    return RedirectResponse("/sign-in", status_code=303, headers=HEADERS)


def _inside(target: str) -> str:
    """Only a page of ours: never a way out to another site."""
    is_ours = target.startswith("/") and not target.startswith(("//", "/\\")) and "\n" not in target
    return target if is_ours else HOME
