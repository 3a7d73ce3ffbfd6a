"""What waits for a person's approval, each with its whole text; and what else needs a second person."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from api.accounts.people import People
from api.accounts.service import Visitor
from api.accounts.visiting import require, same_form
from api.content.languages import ENGLISH, Language
from api.content.models import Revision
from api.content.service import revision
from api.content.standing import standings
from api.conversations.assembly import Parts
from api.editors.messages.decisions import decide_on
from api.editors.messages.desk import the_language
from api.editors.messages.rights import may_approve
from api.editors.visiting import Assembled, Reader
from api.errors import BumplineError, Conflict
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

APPROVALS = "/editors/approvals"
AT_ONCE = 25
"""Texts on one page of approvals: more than a person reads with care."""
router = APIRouter(tags=["editors"], route_class=StaffRoute, include_in_schema=False)
Chosen = Annotated[list[str] | None, Form(max_length=AT_ONCE)]
Confirming = Annotated[Visitor, Depends(require("approver", "admin"))]


@router.get(APPROVALS)
def approvals(
    request: Request, assembled: Assembled, visitor: Reader, language: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """Everything that waits for this person's approval, each with its whole text."""
    return _approvals(request, assembled, visitor, language, [])


@router.post(APPROVALS, dependencies=[Depends(same_form)])
def approve_several(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    language: Annotated[str, Form(max_length=20)] = "",
    chosen: Chosen = None,
) -> Response:
    """Approves those ticked, each by itself: one that cannot be approved is named and holds up no other."""
    told = []
    for name in chosen or []:
        key, _, rest = name.partition("|")
        code, _, number = rest.partition("|")
        try:
            own = the_language(assembled, code)
            with assembled.database.write() as session:
                decide_on(session, visitor, key, own, int(number), "approve", None)
            told.append((f"{key} ({code})", "", True))
        except (BumplineError, ValueError) as error:
            told.append((f"{key} ({code})", str(error), False))
    return _approvals(request, assembled, visitor, language, told)


@router.post(APPROVALS + "/held/{account_id}", dependencies=[Depends(same_form)])
def confirm_approvals(request: Request, assembled: Assembled, visitor: Confirming, account_id: str) -> Response:
    """Another administrator or approver has made sure who this person is."""
    try:
        People(assembled.database, assembled.settings.is_production).confirm_approvals(visitor, account_id)
    except Conflict as error:
        return _approvals(request, assembled, visitor, "", [], error.message)
    return RedirectResponse(APPROVALS, status_code=303, headers=HEADERS)


def _approvals(
    request: Request,
    assembled: Parts,
    visitor: Visitor,
    language: str,
    told: list[tuple[str, str, bool]],
    problem: str = "",
) -> Response:
    languages = assembled.catalogue.languages
    with assembled.database.read() as session:
        found = standings(session, languages)
        levels = {message.key: message.level for message in found.messages}
        waiting = [c for c in found.cells.values() if c.waits and may_approve(visitor, c.language, levels[c.key])]
        # What people wrote comes before what a machine drafted.
        wanted = sorted((c for c in waiting if language in ("", c.language)), key=lambda c: c.is_machine)
        listed: list[tuple[Revision, Language, dict[str, str], str]] = []
        for cell in wanted:
            row = revision(session, cell.key, cell.language, cell.newest)
            if row.author_id != visitor.account_id and cell.fits == "fresh" and len(listed) < AT_ONCE:
                english = {} if cell.language == ENGLISH else row.made_from
                listed.append((row, languages[cell.language], english, levels[cell.key]))
    counts = {code: sum(1 for c in waiting if c.language == code) for code in languages}
    return staff_page(
        request,
        "editors/approvals.html",
        status=409 if problem else 200,
        listed=listed,
        counts={code: count for code, count in counts.items() if count},
        languages=languages,
        language=language,
        told=told,
        total=len(wanted),
        lowerings=[message for message in found.messages if message.lowering_asked_at],
        held=People(assembled.database, assembled.settings.is_production).held(),
        problem=problem,
    )
