"""What waits for a person's approval, each with its whole text; and what else needs a second person."""

from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse

from api.accounts.people import People
from api.accounts.service import Visitor
from api.accounts.visiting import require, same_form
from api.content.languages import ENGLISH, Language
from api.content.models import Revision
from api.content.service import revision
from api.content.standing import Cell, standings
from api.conversations.assembly import Parts
from api.editors.messages.at import At, the_language
from api.editors.messages.decisions import AT_ONCE, decide_on
from api.editors.visiting import Assembled, Reader
from api.errors import BumplineError, Conflict
from api.rights import may_decide, waits_for
from api.versions import repository as versions
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

APPROVALS = "/editors/approvals"
router = APIRouter(tags=["editors"], route_class=StaffRoute, include_in_schema=False)
Chosen = Annotated[list[str] | None, Form(max_length=AT_ONCE)]
Confirming = Annotated[Visitor, Depends(require("approver", "admin"))]
LAST_PAGE = 10_000
PLACES = {
    "red_flags": ("Red flags", "/editors/red-flags"),
    "question": ("Topics", "/editors/topics"),
    "language": ("Languages", "/editors/languages"),
    "interface": ("Page words", "/editors/words"),
    "summary": ("Summaries of services", "/editors/words"),
}
"""Kind of reviewed data -> its name, and where it is decided on."""


@dataclass(frozen=True)
class Asked:
    """`language`: only of this one, "" for all."""

    language: str
    page: int


@dataclass(frozen=True)
class Listed:
    """One text to read. `english`: field -> what a translation says, {} for English itself."""

    row: Revision
    own: Language
    english: dict[str, str]
    level: str


@router.get(APPROVALS)
def approvals(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    language: Annotated[str, Query(max_length=20)] = "",
    page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
) -> Response:
    return _page(request, assembled, visitor, Asked(language, page), [])


@router.post(APPROVALS, dependencies=[Depends(same_form)])
def approve_several(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    language: Annotated[str, Form(max_length=20)] = "",
    page: Annotated[int, Form(ge=1, le=LAST_PAGE)] = 1,
    chosen: Chosen = None,
) -> Response:
    """Approves those ticked, each by itself: one that cannot be approved is named and holds up no other."""
    told = []
    for name in chosen or []:
        key, _, rest = name.partition("|")
        code, _, number = rest.partition("|")
        try:
            here = At(key, the_language(assembled, code))
            with assembled.database.write() as session:
                decide_on(session, visitor, here, int(number), "approve", None)
            told.append((f"{key} ({code})", "", True))
        except (BumplineError, ValueError) as error:
            told.append((f"{key} ({code})", str(error), False))
    return _page(request, assembled, visitor, Asked(language, page), told)


@router.post(APPROVALS + "/held/{account_id}", dependencies=[Depends(same_form)])
def confirm_approvals(request: Request, assembled: Assembled, visitor: Confirming, account_id: str) -> Response:
    """Another administrator or approver has made sure who this person is."""
    try:
        People(assembled.database, assembled.settings.is_production).confirm_approvals(visitor, account_id)
    except Conflict as error:
        return _page(request, assembled, visitor, Asked("", 1), [], error.message)
    return RedirectResponse(APPROVALS, status_code=303, headers=HEADERS)


def _page(
    request: Request,
    assembled: Parts,
    visitor: Visitor,
    asked: Asked,
    told: list[tuple[str, str, bool]],
    problem: str = "",
) -> Response:
    """A page that is past the last one, because the rest was approved, shows the last one."""
    languages = assembled.catalogue.languages
    with assembled.database.read() as session:
        found = standings(session, languages)
        levels = {message.key: message.level for message in found.messages}
        ready = [cell for cell in found.cells.values() if waits_for(visitor, cell, levels[cell.key])]
        # What people wrote comes before what a machine drafted.
        wanted = sorted((c for c in ready if asked.language in ("", c.language)), key=lambda cell: cell.is_machine)
        pages = max(1, -(-len(wanted) // AT_ONCE))
        page = min(asked.page, pages)
        shown = wanted[(page - 1) * AT_ONCE : page * AT_ONCE]
        listed = [_listed(session, cell, languages[cell.language], levels[cell.key]) for cell in shown]
        proposed = Counter(row.kind for row in versions.waiting(session) if may_decide(visitor, row))
    counts = {code: sum(cell.language == code for cell in ready) for code in languages}
    return staff_page(
        request,
        "editors/approvals.html",
        status=409 if problem else 200,
        listed=listed,
        counts={code: count for code, count in counts.items() if count},
        languages=languages,
        language=asked.language,
        told=told,
        total=len(wanted),
        page=page,
        pages=pages,
        first=(page - 1) * AT_ONCE + 1,
        lowerings=[message for message in found.messages if message.lowering_asked_at],
        held=People(assembled.database, assembled.settings.is_production).held(),
        problem=problem,
        proposed={PLACES[kind]: count for kind, count in proposed.items()},
    )


def _listed(session: Session, cell: Cell, own: Language, level: str) -> Listed:
    row = revision(session, cell.key, cell.language, cell.newest)
    return Listed(row, own, {} if cell.language == ENGLISH else row.made_from, level)
