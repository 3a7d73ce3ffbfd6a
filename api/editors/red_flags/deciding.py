"""The history of a list, and the second person's page: what differs, what it does, approve or decline."""

from itertools import chain
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Request, Response
from starlette.responses import RedirectResponse

from api.accounts import audit
from api.accounts.service import Forbidden, Visitor
from api.accounts.visiting import same_form
from api.conversations.assembly import Parts
from api.conversations.live_screen import KIND
from api.editors.red_flags.changing import difference, shortened, wrong_with
from api.editors.red_flags.comparing import NotTicked, Question, Ticks, marks, seen_already
from api.editors.red_flags.listing import facts, messages_of, named, tried
from api.editors.red_flags.lists import (
    ADDRESS,
    TITLES,
    PhraseList,
    Standing,
    folder_of,
    languages,
    standing,
    stops,
    the_list,
)
from api.editors.visiting import Assembled, PhrasesRoute, Reader
from api.errors import BumplineError, Conflict, Unusable
from api.person import Person
from api.rights import may_approve_phrases
from api.safety.comparing import Comparison
from api.safety.phrase_files import in_full
from api.versions import service
from api.versions.models import Version
from api.web.staff_pages import HEADERS, staff_page

router = APIRouter(prefix=ADDRESS, tags=["editors"], route_class=PhrasesRoute, include_in_schema=False)
Verb = Literal["look", "approve", "decline"]
DONE = {"approve": "approved", "decline": "declined"}
Short = Annotated[str, Form(max_length=20)]


def ticks_of(loses: Short = "", alarms: Short = "", unknown: Short = "") -> Ticks:
    return Ticks(loses, alarms, unknown)


@router.get("/{language}/{name}/history")
def history(request: Request, assembled: Assembled, visitor: Reader, language: str, name: str) -> Response:
    """Every version, newest first, with what it changed and what was decided; last what the file says."""
    chosen = the_list(assembled, language, name)
    now = _standing(assembled, chosen)
    return staff_page(
        request,
        "editors/red_flag_history.html",
        chosen=chosen,
        now=now,
        counting=service.counting(now.rows),
        differs={row.number: difference(now.before(row.number), in_full(row.body)) for row in now.rows},
    )


@router.get("/{language}/{name}/{number}")
def version(request: Request, assembled: Assembled, visitor: Reader, language: str, name: str, number: int) -> Response:
    """One version: what differs, and what it does if that was found out a moment ago."""
    chosen = the_list(assembled, language, name)
    now = _standing(assembled, chosen)
    known = _remembered(assembled, chosen, now.version(number))
    return _page(request, assembled, visitor, chosen, now, number, found=known, is_tried=known is not None)


@router.post("/{language}/{name}/{number}/{verb}", dependencies=[Depends(same_form)])
def decide(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    language: str,
    name: str,
    number: int,
    verb: Verb,
    ticks: Annotated[Ticks, Depends(ticks_of)],
    messages: Annotated[str, Form(max_length=40_000)] = "",
) -> Response:
    """`look` finds out what it does; the others decide. Nobody approves what they wrote or have not been shown."""
    chosen = the_list(assembled, language, name)
    now = _standing(assembled, chosen)
    row = now.version(number)
    shown: dict[str, Any] = {"messages": messages, "ticks": ticks}
    try:
        if verb != "look":
            _refuse(visitor, chosen, row, verb, stops(assembled, chosen))
        if verb != "decline":
            shown["found"] = tried(assembled, chosen, in_full(row.body), messages_of(messages))
            shown["is_tried"] = True
        if verb != "look":
            _decide(assembled, visitor, now, row, verb, shown.get("found"), ticks)
            return RedirectResponse(f"{chosen.address}?done={DONE[verb]}", status_code=303, headers=HEADERS)
    except Forbidden:
        raise
    except BumplineError as error:
        shown["problem"] = error
    return _page(request, assembled, visitor, chosen, now, number, **shown)


def _decide(
    assembled: Parts,
    visitor: Visitor,
    now: Standing,
    row: Version,
    verb: Verb,
    found: Comparison | None,
    ticks: Ticks,
) -> None:
    by = Person(visitor.name, visitor.account_id)
    if verb == "approve" and ticks.missing(found):
        raise NotTicked
    with assembled.database.write() as session:
        done = (service.approve if verb == "approve" else service.decline)(session, row.id, by)
        after = facts(now.counting, in_full(done.body), found) if verb == "approve" else None
        audit.record(session, by=visitor, what=f"red_flags.{DONE[verb]}", subject=named(done), after=after)
    # The program that was asked begins at once; the others with their next reply.
    with assembled.database.read() as session:
        assembled.conversations.live.follow(session)


def _refuse(visitor: Visitor, chosen: PhraseList, row: Version, verb: Verb, obeyed: frozenset[str]) -> None:
    """What is plain before anything is tried; the service asks once more. Raises Forbidden, Conflict, Unusable."""
    is_own = Person(visitor.name, visitor.account_id).is_same_as(row.author, row.author_id)
    if not may_approve_phrases(visitor, chosen.language.code) and not (verb == "decline" and is_own):
        raise Forbidden(
            f"You may not decide on phrases in {chosen.language.name_in_english}. A clinical approver does."
        )
    if verb == "approve" and is_own:
        raise Conflict("Approval needs a second person, not the author.")
    if row.decision is not None:
        raise Conflict(f"{row.decided_by} has {row.decision} this version already.")
    for phrase in chain(*in_full(row.body).values()) if verb == "approve" else ():
        if advice := wrong_with(phrase, obeyed):
            raise Unusable(f"“{shortened(phrase)}” {advice}. Put the version into the form and mend it.")


def _standing(assembled: Parts, chosen: PhraseList) -> Standing:
    with assembled.database.read() as session:
        return standing(session, folder_of(assembled), chosen)


def _remembered(assembled: Parts, chosen: PhraseList, row: Version) -> Comparison | None:
    with assembled.database.read() as session:
        approved = service.current(session).get(KIND, {})
    return seen_already(Question(str(folder_of(assembled)), approved, chosen.subject, in_full(row.body)))


def _page(
    request: Request,
    assembled: Parts,
    visitor: Visitor,
    chosen: PhraseList,
    now: Standing,
    number: int,
    *,
    found: Comparison | None = None,
    is_tried: bool = False,
    ticks: Ticks | None = None,
    problem: BumplineError | None = None,
    messages: str = "",
) -> Response:
    row = now.version(number)
    return staff_page(
        request,
        "editors/red_flag_version.html",
        status=problem.status if problem else 200,
        chosen=chosen,
        now=now,
        row=row,
        differs=difference(now.before(number), in_full(row.body)),
        found=found,
        is_tried=is_tried,
        marks=marks(found),
        asked=(ticks or Ticks()).missing(found) if is_tried else [],
        messages=messages,
        problem=problem.message if problem else "",
        may_approve=may_approve_phrases(visitor, chosen.language.code),
        is_own=row.author_id == visitor.account_id,
        languages=languages(assembled),
        titles=TITLES,
    )
