"""One list of phrases: look for some, add and take out, see what that would do, propose it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from api.accounts import audit
from api.accounts.service import Forbidden, Visitor
from api.accounts.visiting import same_form
from api.conversations.assembly import Parts
from api.conversations.live_screen import KIND
from api.editors.red_flags.changing import (
    Fault,
    Typed,
    changed,
    difference,
    fits,
    in_known_order,
    lines,
    shortened,
    ticked,
    typed_for,
)
from api.editors.red_flags.comparing import Failed, NotTicked, Question, Ticks, compared, marks
from api.editors.red_flags.lists import (
    ADDRESS,
    TITLES,
    PhraseList,
    Standing,
    folder_of,
    has_native,
    languages,
    standing,
    stops,
    the_list,
)
from api.editors.visiting import Assembled, PhrasesRoute, Reader
from api.errors import BumplineError, Unusable
from api.person import Person
from api.rights import may_propose_phrases
from api.safety.comparing import Comparison
from api.safety.phrase_files import SCRIPTS, Body, in_full
from api.versions import service
from api.versions.models import Version
from api.versions.service import Proposal, ProposedMeanwhile
from api.web.staff_pages import HEADERS, staff_page

PAGE = 50
MESSAGES_AT_MOST = 20
LONGEST_MESSAGE = 1600
router = APIRouter(prefix=ADDRESS, tags=["editors"], route_class=PhrasesRoute, include_in_schema=False)
Lines = Annotated[str, Form(max_length=100_000)]
Short = Annotated[str, Form(max_length=500)]
Ticked = Annotated[list[str] | None, Form(max_length=PAGE)]


class Filled:
    """What came with the form."""

    def __init__(
        self, native: Lines = "", latin: Lines = "", out: Lines = "", messages: Lines = "", reason: Short = "",
        base: Annotated[int, Form(ge=0)] = 0, find: Short = "", page: Annotated[int, Form(ge=1)] = 1,
        action: Short = "find", loses: Short = "", alarms: Short = "", unknown: Short = "", chosen: Ticked = None,
    ) -> None:  # fmt: skip
        self.typed = ticked(Typed(native, latin, out), chosen or [], reword=action == "change")
        self.messages = messages_of(messages)
        self.reason, self.base, self.find, self.page, self.action = reason, base, find, page, action
        self.ticks = Ticks(loses, alarms, unknown)


Sent = Annotated[Filled, Depends()]


@router.get("/{language}/{name}")
def look(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    language: str,
    name: str,
    find: Annotated[str, Query(max_length=500)] = "",
    page: Annotated[int, Query(ge=1)] = 1,
    earlier: Annotated[int | None, Query(ge=0)] = None,
    done: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """The list; `earlier`: with what it takes to put back that version (0: the file's) in the form."""
    chosen = the_list(assembled, language, name)
    now = _standing(assembled, chosen)
    typed = Typed() if earlier is None else typed_for(now.start, now.body(earlier))
    reason = "" if earlier is None else f"Back to {f'version {earlier}' if earlier else 'what the file says'}: "
    filled = Filled(typed.native, typed.latin, typed.out, reason=reason, base=now.base, find=find, page=page)
    return _page(request, assembled, visitor, chosen, now, filled, done=done)


@router.post("/{language}/{name}", dependencies=[Depends(same_form)])
def propose(
    request: Request, assembled: Assembled, visitor: Reader, language: str, name: str, filled: Sent
) -> Response:
    """`find`, `out` and `change` only show the form anew; `look` says what it would do; `save` proposes it."""
    chosen = the_list(assembled, language, name)
    now = _standing(assembled, chosen)
    body, faults = changed(now.start, filled.typed, stops(assembled, chosen))
    body = in_known_order(body, [now.counting, now.file, *(in_full(row.body) for row in now.rows)])
    if filled.action not in ("look", "save"):
        return _page(request, assembled, visitor, chosen, now, filled)
    if not may_propose_phrases(visitor, chosen.language.code):
        raise Forbidden(f"You may look at this, and not change phrases in {chosen.language.name_in_english}.")
    shown: dict[str, Any] = {"faults": faults}
    try:
        _refuse_change_of_another_version(now, filled)
        if not faults:
            _refuse_what_is_no_change(now, body, filled)
            shown["found"] = tried(assembled, chosen, body, filled.messages)
            shown["is_tried"] = True
            if filled.action == "save":
                _save(assembled, visitor, chosen, now, body, filled, shown["found"])
                return RedirectResponse(f"{chosen.address}?done=proposed", status_code=303, headers=HEADERS)
    except BumplineError as error:
        shown["problem"] = error
        if isinstance(error, ProposedMeanwhile):
            now = _standing(assembled, chosen)
            filled.base = now.base
            shown |= {"theirs": error.newest, "theirs_differ": difference(now.before(now.base), now.body(now.base))}
            shown["faults"] = changed(now.start, filled.typed, stops(assembled, chosen))[1]
    return _page(request, assembled, visitor, chosen, now, filled, **shown)


def tried(assembled: Parts, chosen: PhraseList, body: Body, messages: tuple[str, ...]) -> Comparison | None:
    """What `body` would do as things are approved now; None when it cannot be found out. Raises Busy."""
    with assembled.database.read() as session:
        approved = service.current(session).get(KIND, {})
    try:
        return compared(Question(str(folder_of(assembled)), approved, chosen.subject, body, messages))
    except Failed:
        return None


def messages_of(text: str) -> tuple[str, ...]:
    """One message a line, at most MESSAGES_AT_MOST."""
    found = (line.strip()[:LONGEST_MESSAGE] for line in text.splitlines())
    return tuple(line for line in found if line)[:MESSAGES_AT_MOST]


def _standing(assembled: Parts, chosen: PhraseList) -> Standing:
    with assembled.database.read() as session:
        return standing(session, folder_of(assembled), chosen)


def _refuse_change_of_another_version(now: Standing, filled: Filled) -> None:
    """Before anything is tried; the service asks once more when it is saved."""
    if filled.base != now.base and now.rows:
        raise ProposedMeanwhile(now.rows[0])


def _refuse_what_is_no_change(now: Standing, body: Body, filled: Filled) -> None:
    if filled.action == "save" and body == now.start:
        raise Unusable("Nothing is different, so there is nothing to save.")


def _save(
    assembled: Parts,
    visitor: Visitor,
    chosen: PhraseList,
    now: Standing,
    body: Body,
    filled: Filled,
    found: Comparison | None,
) -> None:
    if not filled.reason.strip():
        raise Unusable("Say why, in a few words: the person who approves it reads them.")
    if filled.ticks.missing(found):
        raise NotTicked
    proposal = Proposal(KIND, chosen.subject, body, filled.base, filled.reason)
    with assembled.database.write() as session:
        made = service.propose(session, proposal, Person(visitor.name, visitor.account_id))
        after = {"reason": made.reason, "phrases": sum(map(len, body.values())), **facts(now.counting, body, found)}
        audit.record(session, by=visitor, what="red_flags.proposed", subject=named(made), after=after)


def named(version: Version) -> str:
    return f"{version.subject}, version {version.number}"


def facts(before: Body, after: Body, found: Comparison | None) -> dict[str, Any]:
    """What the audit log keeps of a change: the phrases, and how many examples it was known to lose."""
    differs = difference(before, after)
    return {
        "new": [one.new for one in differs if one.new],
        "gone": [one.gone for one in differs if one.gone],
        "examples_lost": found.counts["lost"] if found else "not known",
        "false_alarms": found.counts["alarms"] if found else "not known",
    }


def _page(
    request: Request,
    assembled: Parts,
    visitor: Visitor,
    chosen: PhraseList,
    now: Standing,
    filled: Filled,
    *,
    faults: list[Fault] | None = None,
    problem: BumplineError | None = None,
    found: Comparison | None = None,
    is_tried: bool = False,
    **values: Any,
) -> Response:
    phrases = [(s, phrase) for s in SCRIPTS for phrase in now.start[s] if fits(phrase, filled.find)]
    last = max(1, -(-len(phrases) // PAGE))
    page = min(filled.page, last)
    return staff_page(
        request,
        "editors/red_flag_list.html",
        status=problem.status if problem else 422 if faults else 200,
        chosen=chosen,
        now=now,
        filled=filled,
        phrases=phrases[(page - 1) * PAGE : page * PAGE],
        total=len(phrases),
        page=page,
        last=last,
        going={phrase for _, phrase in lines(filled.typed.out)},
        has_native=has_native(chosen, now.start),
        may_propose=may_propose_phrases(visitor, chosen.language.code),
        faults=faults or [],
        problem=problem.message if problem else "",
        found=found,
        asked=filled.ticks.missing(found) if is_tried else [],
        is_tried=is_tried,
        marks=marks(found),
        languages=languages(assembled),
        titles=TITLES,
        shortened=shortened,
        **values,
    )
