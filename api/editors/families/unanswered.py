"""Questions without an answer, put together by what they are likeliest to ask, and taught to the bot one by one."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from sqlalchemy.orm import Session

from api.accounts import audit
from api.accounts.service import Visitor
from api.accounts.visiting import same_form
from api.content import personal, training
from api.conversations import unanswered
from api.conversations.assembly import Parts
from api.conversations.models import Turn
from api.conversations.nearness import near
from api.conversations.schemas import Reply
from api.editors.families.acting import Page, Short, TurnId, address, back_to, pages, refuse_reader, shared
from api.editors.visiting import Assembled, Reader
from api.errors import BumplineError, Conflict, Unusable
from api.person import Person
from api.web.staff_pages import StaffRoute, staff_page

UNANSWERED = "/editors/unanswered"
GROUPS = 10
"""Groups on a page: putting sentences together costs more than listing them."""
PER_GROUP = 100
"""Sentences of one group that are read at once, the newest."""
SHOWN = {"all": 3, "one": 40}
"""Sentences shown of each group: among all groups, and of one that was asked for."""
OTHERS = 2
"""More sentences of those alike that are shown below the newest."""
OFFERED = 3
URGENT = "urgent/"
router = APIRouter(prefix=UNANSWERED, tags=["editors"], route_class=StaffRoute, include_in_schema=False)
Typed = Annotated[str, Form(max_length=2000)]
Ids = Annotated[list[str] | None, Form(max_length=PER_GROUP)]


@router.get("")
def questions(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    language: Short = "",
    key: Short = "",
    page: Page = 1,
    done: Short = "",
    undo: Annotated[str, Query(max_length=70 * PER_GROUP)] = "",
    spoken: Short = "",
) -> Response:
    """The groups, largest first, with a few sentences of each; with `key` one group whole."""
    with assembled.database.read() as session:
        found = unanswered.groups(session, language, key)
        listed = found[(page - 1) * GROUPS : page * GROUPS]
        sentences = unanswered.sentences(session, listed, PER_GROUP) if listed else {}
        shown = SHOWN["one" if key and language else "all"]
        gathered = {name: near(these) for name, these in sentences.items()}
        first = [alike[0].turn_id for groups in gathered.values() for alike in groups[:shown]]
        likely = unanswered.likely_keys(session, first)
    return staff_page(
        request,
        "editors/unanswered.html",
        listed=[(group, gathered[group.language, group.key]) for group in listed],
        likely=likely,
        shown=shown,
        others=OTHERS,
        offered=OFFERED,
        per_group=PER_GROUP,
        longest=training.LONGEST,
        total=sum(group.count for group in found),
        asked={"language": language, "key": key},
        here=address(UNANSWERED, language=language, key=key),
        page=page,
        pages=pages(len(found), GROUPS),
        done=done,
        undo=undo.split() if done == "dismissed" else [],
        spoken=spoken,
        example=undo if done == "added" and undo.isdecimal() else "",
        **shared(assembled),
    )


@router.get("/{turn_id}")
def sentence(request: Request, assembled: Assembled, visitor: Reader, turn_id: TurnId) -> Response:
    """One sentence, with every question it may ask."""
    return _sentence_page(request, assembled, turn_id)


@router.post("/{turn_id}/add", dependencies=[Depends(same_form)])
def add(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    turn_id: TurnId,
    text: Typed = "",
    key: Typed = "",
    other: Typed = "",
    language: Typed = "",
    sure: Typed = "",
) -> Response:
    """Adds the sentence to the examples of `key`, or of `other`; danger under a harmless key asks for a tick."""
    chosen = key or other
    try:
        with assembled.database.write() as session:
            turn = unanswered.waiting(session, turn_id)
            refuse_reader(visitor, language or turn.language or "")
            _refuse_danger(assembled, text, chosen, is_sure=bool(sure))
            number = _taught(session, assembled, visitor, turn, text, chosen, language or turn.language or "")
    except (Unusable, Conflict) as problem:
        return _sentence_page(request, assembled, turn_id, text=text, language=language, chosen=chosen, problem=problem)
    return back_to(UNANSWERED, done="added", undo=str(number))


@router.post("/dismiss", dependencies=[Depends(same_form)])
def dismiss(assembled: Assembled, visitor: Reader, language: Typed = "", ids: Ids = None) -> Response:
    """Not questions for us: off the list, and nothing is kept of them."""
    return _decided(assembled, visitor, language, ids or [], "dismissed")


@router.post("/bring-back", dependencies=[Depends(same_form)])
def bring_back(assembled: Assembled, visitor: Reader, language: Typed = "", ids: Ids = None) -> Response:
    return _decided(assembled, visitor, language, ids or [], "brought_back")


def _decided(assembled: Parts, visitor: Visitor, language: str, ids: list[str], what: str) -> Response:
    refuse_reader(visitor, language)
    verb = unanswered.dismiss if what == "dismissed" else unanswered.bring_back
    with assembled.database.write() as session:
        count = verb(session, ids, language)
        if count:
            subject = f"{count} in {language}"
            audit.record(session, by=visitor, what=f"question.{what}", subject=subject)
    return back_to(UNANSWERED, done=what, undo=" ".join(ids), spoken=language)


def _taught(
    session: Session, assembled: Parts, visitor: Visitor, turn: Turn, text: str, key: str, language: str
) -> int:
    if language not in assembled.catalogue.languages:
        raise Unusable("Choose the language of this sentence.")
    by = Person(visitor.name, visitor.account_id)
    row, is_new = training.add(session, key=key, language=language, text=text, keys=assembled.question_keys, by=by)
    unanswered.deal_with(session, turn, unanswered.taught(row.id))
    if is_new:
        # The log is kept for good, the example may be removed: its words stay out of the log.
        audit.record(session, by=visitor, what="example.added", subject=f"{key} ({language}), example {row.id}")
    return row.id


def _refuse_danger(assembled: Parts, text: str, key: str, *, is_sure: bool) -> None:
    """Raises ReadsAsDanger when the screen sees danger, or a loss, in words that are to mean something else."""
    found = assembled.conversations.understanding.found_in(text)
    if found is None or is_sure or key.startswith(URGENT) or key == found.key:
        return
    raise ReadsAsDanger(f"This reads as danger: {', '.join(found.all_keys)}.")


class ReadsAsDanger(Unusable):
    """May be added all the same, by somebody who has looked."""


def _sentence_page(
    request: Request,
    assembled: Parts,
    turn_id: str,
    *,
    text: str | None = None,
    language: str = "",
    chosen: str = "",
    problem: BumplineError | None = None,
) -> Response:
    with assembled.database.read() as session:
        turn = unanswered.waiting(session, turn_id)
    return staff_page(
        request,
        "editors/sentence.html",
        status=problem.status if problem else 200,
        turn=turn,
        reply=Reply.model_validate(turn.reply),
        likely=unanswered.likely_keys_of(turn)[:OFFERED],
        text=personal.without(turn.said) if text is None else text,
        language=language or turn.language,
        chosen=chosen,
        problem=problem.message if problem else "",
        is_danger=isinstance(problem, ReadsAsDanger),
        longest=training.LONGEST,
        **shared(assembled),
    )
