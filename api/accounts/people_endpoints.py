"""Who works here: administrators invite, change, close and open accounts."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from api.accounts.endpoints import Typed
from api.accounts.invitations import Link
from api.accounts.visiting import Admin, Inviting, Peopled, go, no_invitation_too_often, require, same_form
from api.accounts.visitor import ROLES, FieldUnusable
from api.errors import BumplineError, Conflict, Unusable
from api.web.staff_pages import StaffRoute, staff_page

router = APIRouter(prefix="/accounts", route_class=StaffRoute, dependencies=[Depends(require("admin"))])
FORM = [Depends(same_form)]
LINK_FORM = [Depends(no_invitation_too_often), Depends(same_form)]
Asked = Annotated[str, Query(max_length=100)]
Chosen = Annotated[list[str] | None, Form(max_length=50)]


@router.get("")
def people_page(request: Request, people: Peopled, text: Asked = "", role: Asked = "") -> Response:
    found = people.found(text, role)
    return staff_page(request, "people.html", found=found, text=text, role=role, **_choices(request))


@router.get("/invite")
def invite_page(request: Request) -> Response:
    return _invite(request, {"email": "", "name": "", "roles": [], "languages": []})


@router.post("/invite", dependencies=LINK_FORM)
def invite(
    request: Request,
    inviting: Inviting,
    visitor: Admin,
    email: Typed = "",
    name: Typed = "",
    roles: Chosen = None,
    languages: Chosen = None,
) -> Response:
    """The link is shown this once, with an e-mail to copy; nothing is sent from here."""
    typed: dict[str, Any] = {"email": email, "name": name, "roles": roles or [], "languages": languages or []}
    try:
        _refuse_unknown(request, typed["languages"])
        link = inviting.invite(visitor, **typed)
    except (Unusable, Conflict) as error:
        return _invite(request, typed, error)
    return _link(request, link)


@router.get("/{account_id}")
def person_page(request: Request, people: Peopled, account_id: str) -> Response:
    return _person(request, people, account_id)


@router.post("/{account_id}", dependencies=FORM)
def change(
    request: Request,
    people: Peopled,
    visitor: Admin,
    account_id: str,
    name: Typed = "",
    roles: Chosen = None,
    languages: Chosen = None,
) -> Response:
    typed: dict[str, Any] = {"name": name, "roles": roles or [], "languages": languages or []}
    try:
        _refuse_unknown(request, typed["languages"])
        people.change(visitor, account_id, **typed)
    except (Unusable, Conflict) as error:
        return _person(request, people, account_id, typed, error)
    return go(f"/accounts/{account_id}", done="changed")


@router.post("/{account_id}/link", dependencies=LINK_FORM)
def new_link(request: Request, people: Peopled, inviting: Inviting, visitor: Admin, account_id: str) -> Response:
    """Another invitation, or a link for a forgotten password; the old one is dead."""
    try:
        return _link(request, inviting.renew(visitor, account_id))
    except Conflict as error:
        return _person(request, people, account_id, error=error)


@router.post("/{account_id}/cancel", dependencies=FORM)
def cancel(inviting: Inviting, visitor: Admin, account_id: str) -> Response:
    inviting.cancel(visitor, account_id)
    return go("/accounts")


@router.post("/{account_id}/disable", dependencies=FORM)
def disable(request: Request, people: Peopled, visitor: Admin, account_id: str) -> Response:
    try:
        people.disable(visitor, account_id)
    except Conflict as error:
        return _person(request, people, account_id, error=error)
    return go(f"/accounts/{account_id}", done="disabled")


@router.post("/{account_id}/enable", dependencies=FORM)
def enable(people: Peopled, visitor: Admin, account_id: str) -> Response:
    people.enable(visitor, account_id)
    return go(f"/accounts/{account_id}", done="enabled")


@router.post("/{account_id}/end-sessions", dependencies=FORM)
def end_sessions(people: Peopled, visitor: Admin, account_id: str) -> Response:
    people.end_sessions(visitor, account_id)
    return go("/sign-in") if account_id == visitor.account_id else go(f"/accounts/{account_id}", done="ended")


@router.post("/{account_id}/reset-second-factor", dependencies=FORM)
def reset_second_factor(request: Request, people: Peopled, visitor: Admin, account_id: str) -> Response:
    try:
        people.reset_second_factor(visitor, account_id)
    except Conflict as error:
        return _person(request, people, account_id, error=error)
    return go(f"/accounts/{account_id}", done="reset")


def _invite(request: Request, typed: dict[str, Any], error: BumplineError | None = None) -> Response:
    shown = {"typed": typed, **_said(error, "email"), **_choices(request)}
    return staff_page(request, "invite.html", status=error.status if error else 200, **shown)


def _link(request: Request, link: Link) -> Response:
    address = f"{request.app.state.parts.settings.public_base_url.rstrip('/')}/join/{link.token}"
    return staff_page(request, "link.html", link=link, address=address)


def _person(
    request: Request,
    people: Peopled,
    account_id: str,
    typed: dict[str, Any] | None = None,
    error: BumplineError | None = None,
) -> Response:
    person = people.one(account_id)
    shown = {
        "person": person,
        "typed": typed or {"name": person.name, "roles": person.roles, "languages": person.languages},
        **_said(error, "roles"),
        "done": "" if error else request.query_params.get("done", ""),
        **_choices(request),
    }
    return staff_page(request, "person.html", status=error.status if error else 200, **shown)


def _said(error: BumplineError | None, otherwise: str) -> dict[str, str]:
    """The problem, and the field to mend it in."""
    field = error.field if isinstance(error, FieldUnusable) else otherwise
    return {"problem": error.message if error else "", "field": f"#{field}"}


def _choices(request: Request) -> dict[str, Any]:
    return {"languages": request.app.state.parts.catalogue.languages, "all_roles": ROLES}


def _refuse_unknown(request: Request, languages: list[str]) -> None:
    unknown = sorted(set(languages) - set(request.app.state.parts.catalogue.languages))
    if unknown:
        raise FieldUnusable("languages", f"There is no language {', '.join(unknown)}. Choose from the list.")
