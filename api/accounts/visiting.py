"""Who is asking? What every staff page depends on."""

import hmac
from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, Form, Request, Response
from starlette.responses import RedirectResponse

from api.accounts.browsers import browser_name
from api.accounts.invitations import Invitations
from api.accounts.issuer import Issuer, issuer
from api.accounts.people import People
from api.accounts.second_factor import SecondFactors
from api.accounts.service import Accounts, address
from api.accounts.throttling import KNOWN_FOR, Caller, Door, browser_in, cookie_name, known_browser, network_of
from api.accounts.visitor import Forbidden, Holder, NotSignedIn, Visitor
from api.database import Database
from api.middleware import RateLimit
from api.settings import Settings
from api.web.staff_pages import HEADERS

COOKIE = "bumpline_staff"
HOME = "/signposting"
DESK = "/editors"
TRIES_A_MINUTE = 10
INVITATIONS_A_MINUTE = 30


def prepare(app: FastAPI, settings: Settings) -> None:
    """What the pages of this room keep for as long as the application runs."""
    app.state.sign_ins = RateLimit(TRIES_A_MINUTE)
    app.state.codes = RateLimit(TRIES_A_MINUTE)
    app.state.door = Door()
    app.state.invitations = RateLimit(INVITATIONS_A_MINUTE)
    app.state.issuer = issuer(settings)


async def not_too_often(request: Request) -> None:
    """Far fewer tries at a password than pages; the limit belongs to the application (app.state)."""
    await request.app.state.sign_ins(request)


async def no_code_too_often(request: Request) -> None:
    await request.app.state.codes(request)


async def no_invitation_too_often(request: Request) -> None:
    await request.app.state.invitations(request)


def accounts(request: Request) -> Accounts:
    parts = request.app.state.parts
    return Accounts(parts.database, parts.settings.is_production)


Accounted = Annotated[Accounts, Depends(accounts)]


def database(request: Request) -> Database:
    opened: Database = request.app.state.parts.database
    return opened


Stored = Annotated[Database, Depends(database)]


def second_factors(request: Request, known: Accounted) -> SecondFactors:
    return SecondFactors(known, request.app.state.parts.settings.secret_key)


def people(known: Accounted) -> People:
    return People(known.database, known.is_production)


def invitations(stored: Stored) -> Invitations:
    return Invitations(stored)


def chosen_issuer(request: Request) -> Issuer | None:
    found: Issuer | None = request.app.state.issuer
    return found


SecondFactored = Annotated[SecondFactors, Depends(second_factors)]
Peopled = Annotated[People, Depends(people)]
Inviting = Annotated[Invitations, Depends(invitations)]
MaybeIssuer = Annotated[Issuer | None, Depends(chosen_issuer)]


def token(request: Request) -> str:
    return request.cookies.get(COOKIE, "")


def browser(request: Request) -> str:
    return browser_name(request.headers.get("user-agent", ""))


def caller(request: Request, email: str) -> Caller:
    """Who tries to sign in to `email`, as typed."""
    whose, secret_key = address(email), request.app.state.parts.settings.secret_key
    cookie = request.cookies.get(cookie_name(secret_key, whose), "")
    network = network_of(request.client.host if request.client else "unknown")
    return Caller(whose, network, browser_in(secret_key, whose, cookie) if cookie else "")


Token = Annotated[str, Depends(token)]
BrowserName = Annotated[str, Depends(browser)]


def anyone(request: Request, known: Accounted) -> Visitor | None:
    """Whoever is signed in, or None. Every page for staff shows what was approved since, whoever serves it."""
    request.app.state.parts.conversations.keep_up()
    held = token(request)
    request.state.visitor = known.visitor(held) if held else None
    visitor: Visitor | None = request.state.visitor
    return visitor


MaybeVisitor = Annotated[Visitor | None, Depends(anyone)]


def require(*roles: str) -> Callable[[Visitor | None], Visitor]:
    """A dependency that lets in only people with one of `roles`; with none, everybody who is signed in."""

    def required(visitor: MaybeVisitor) -> Visitor:
        if visitor is None:
            raise NotSignedIn("Sign in first.")
        if roles and not visitor.may(*roles):
            raise Forbidden(f"This page is for people with the role {' or '.join(roles)}. Ask your administrator.")
        return visitor

    return required


SignedIn = Annotated[Visitor, Depends(require())]
Admin = Annotated[Visitor, Depends(require("admin"))]


def same_form(visitor: SignedIn, csrf: Annotated[str, Form(max_length=100)] = "") -> None:
    """Every form of a signed-in person brings back the secret of its session."""
    _refuse_other_form(csrf, visitor)


def holder(request: Request, known: Accounted, visitor: MaybeVisitor) -> Holder:
    """Whoever has a session, even if the second step is still to come; raises NotSignedIn."""
    held = known.holder(token(request))
    if held is None:
        raise NotSignedIn("Sign in first.")
    return held


Held = Annotated[Holder, Depends(holder)]


def same_held_form(held: Held, csrf: Annotated[str, Form(max_length=100)] = "") -> None:
    """As same_form, on the pages of the second step."""
    _refuse_other_form(csrf, held.visitor)


def go(target: str, **query: str) -> RedirectResponse:
    return RedirectResponse(f"{target}?{urlencode(query)}" if query else target, status_code=303, headers=HEADERS)


def entered(request: Request, known: Accounts, held: str, target: str) -> Response:
    """To `target` with the session's cookie, or first to the second step; a whole sign-in makes the browser known."""
    holder = known.holder(held)
    if holder is None or holder.is_complete:
        response = go(landing(target, holder.visitor) if holder else target)
    else:
        response = go("/sign-in/code" if holder.has_second_factor else "/second-factor", next=target)
    if holder and holder.is_complete:
        _make_known(request, response, holder.visitor.email)
    return with_session(request, response, held)


def landing(target: str, visitor: Visitor) -> str:
    """Whoever asked for no page lands where their work is."""
    is_at_desk = visitor.may("editor", "translator", "approver") and not visitor.may("professional")
    return DESK if target == HOME and is_at_desk else target


def _make_known(request: Request, response: Response, email: str) -> None:
    """What this browser holds is no key: it only keeps a stranger's guesses from shutting it out."""
    secret_key = request.app.state.parts.settings.secret_key
    response.set_cookie(
        cookie_name(secret_key, email),
        known_browser(secret_key, email),
        max_age=KNOWN_FOR,
        httponly=True,
        samesite="lax",
        secure=is_secure(request),
        path="/sign-in",
    )


def with_session(request: Request, response: Response, held: str) -> Response:
    response.set_cookie(COOKIE, held, httponly=True, samesite="lax", secure=is_secure(request), path="/")
    return response


def is_secure(request: Request) -> bool:
    return str(request.app.state.parts.settings.public_base_url).startswith("https://")


def inside(target: str) -> str:
    """Only a page of ours: never a way out to another site."""
    is_ours = target.startswith("/") and not target.startswith("//") and "\\" not in target and target.isprintable()
    return target if is_ours else HOME


def _refuse_other_form(csrf: str, visitor: Visitor) -> None:
    if not visitor.csrf or not hmac.compare_digest(csrf.encode(), visitor.csrf.encode()):
        raise Forbidden("This form is too old: you signed in again since it was opened. Open the page again.")
