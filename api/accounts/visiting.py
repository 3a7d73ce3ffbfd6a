"""Who is asking? What every staff page depends on."""

import hmac
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Form, Request

from api.accounts.service import Accounts, Forbidden, NotSignedIn, Visitor

COOKIE = "bumpline_staff"


def accounts(request: Request) -> Accounts:
    parts = request.app.state.parts
    return Accounts(parts.database, parts.settings.is_production)


Accounted = Annotated[Accounts, Depends(accounts)]


def anyone(request: Request, known: Accounted) -> Visitor | None:
    """Whoever is signed in, or None."""
    token = request.cookies.get(COOKIE, "")
    request.state.visitor = known.visitor(token) if token else None
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


def same_form(visitor: SignedIn, csrf: Annotated[str, Form(max_length=100)] = "") -> None:
    """Every form of a signed-in person brings back the secret of its session."""
    if not hmac.compare_digest(csrf.encode(), visitor.csrf.encode()):
        raise Forbidden("This form is too old: you signed in again since it was opened. Open the page again.")
