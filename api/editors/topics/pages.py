"""What can be asked: editors propose a line or a question, and a clinical approver, a second person, approves it."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse

from api.accounts.service import Forbidden, Visitor
from api.accounts.visiting import same_form
from api.content import repository
from api.content.checks import TITLE_LENGTH
from api.content.questions import CLOSED, KIND, LEVELS, add_message, refuse_key, refuse_line
from api.conversations.assembly import Parts
from api.directory.openings import LONDON
from api.editors import reviewed
from api.editors.reviewed import DONE, Verb
from api.editors.topics.listing import by_topic, one
from api.editors.visiting import Assembled, Editor, Keeper, Reader
from api.errors import BumplineError, NotFound, Unusable
from api.versions import repository as versions
from api.versions.models import Version
from api.versions.service import Body, Proposal, counting
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

TOPICS = "/editors/topics"
router = APIRouter(prefix=TOPICS, tags=["editors"], route_class=StaffRoute, include_in_schema=False)
Part = Annotated[str, Path(max_length=60)]
Short = Annotated[str, Query(max_length=20)]
Line = Annotated[str, Form(max_length=500)]
Number = Annotated[int, Form(ge=0, le=100_000)]


class New:
    """What came with the form for a new question. `other`: a topic that is new too."""

    def __init__(
        self, topic: Line = "", other: Line = "", question: Line = "", line: Line = "", title: Line = "",
        level: Line = "", reason: Line = "",
    ) -> None:  # fmt: skip
        self.topic, self.other, self.question = topic.strip(), other.strip(), question.strip()
        self.line, self.title, self.level, self.reason = line.strip(), title.strip(), level, reason

    @property
    def key(self) -> str:
        return f"{self.other or self.topic}/{self.question}"


@router.get("")
def listing(request: Request, assembled: Assembled, visitor: Reader) -> Response:
    with assembled.database.read() as session:
        topics = by_topic(session, assembled)
    return staff_page(request, "editors/topics.html", topics=topics, may_propose=visitor.may("editor"))


@router.get("/new")
def begin(request: Request, assembled: Assembled, visitor: Editor) -> Response:
    return _form(request, assembled, New(), "", 200)


@router.post("/new", dependencies=[Depends(same_form)])
def add(request: Request, assembled: Assembled, visitor: Editor, filled: Annotated[New, Depends()]) -> Response:
    try:
        with assembled.database.write() as session:
            _refuse(session, assembled, filled)
            history = versions.history(session, KIND, filled.key)
            body = {"line": filled.line, "title": filled.title, "level": filled.level}
            proposal = Proposal(KIND, filled.key, body, reviewed.newest_number(history), filled.reason)
            reviewed.propose(session, visitor, proposal, None)
    except BumplineError as error:
        return _form(request, assembled, filled, error.message, error.status)
    return RedirectResponse(f"{TOPICS}/{filled.key}?done=proposed", status_code=303, headers=HEADERS)


@router.get("/{topic}/{question}")
def show(
    request: Request, assembled: Assembled, visitor: Reader, topic: Part, question: Part, done: Short = ""
) -> Response:
    return _page(request, assembled, visitor, f"{topic}/{question}", done=done)


@router.post("/{topic}/{question}", dependencies=[Depends(same_form)])
def propose(
    request: Request, assembled: Assembled, visitor: Editor, topic: Part, question: Part,
    line: Line = "", reason: Line = "", base: Number = 0,
) -> Response:  # fmt: skip
    """Another line for a question that counts."""
    key, wanted = f"{topic}/{question}", line.strip()
    before = assembled.questions.lines.get(key)
    if before is None:
        raise NotFound(f"There is no question {key}.")
    try:
        refuse_line(wanted)
        if wanted == before:
            raise Unusable("line: nothing is different, so there is nothing to save.")
        with assembled.database.write() as session:
            body = {**_counting(versions.history(session, KIND, key)), "line": wanted}
            reviewed.propose(session, visitor, Proposal(KIND, key, body, base, reason), {"line": before})
    except BumplineError as error:
        return _page(request, assembled, visitor, key, problem=error, line=line)
    return RedirectResponse(f"{TOPICS}/{key}?done=proposed", status_code=303, headers=HEADERS)


@router.post("/{topic}/{question}/{number}/{decision}", dependencies=[Depends(same_form)])
def decide(
    request: Request, assembled: Assembled, visitor: Keeper, topic: Part, question: Part, number: int, decision: Verb
) -> Response:
    """Approving a new question makes its message, still without words, in the same transaction."""
    key = f"{topic}/{question}"
    try:
        with assembled.database.write() as session:
            row = reviewed.numbered(session, KIND, key, number)
            if decision == "approve" and not visitor.may("approver"):
                raise Forbidden("A clinical approver approves what can be asked.")
            before = assembled.questions.lines.get(key)
            reviewed.decide(session, visitor, row, decision, {"line": before} if before else None)
            if decision == "approve" and "title" in row.body:
                add_message(session, key, row.body, datetime.now(LONDON).date())
    except (NotFound, Forbidden):
        raise
    except BumplineError as error:
        return _page(request, assembled, visitor, key, problem=error)
    assembled.conversations.keep_up()
    target = f"{TOPICS}/{key}" if key in assembled.questions.lines else TOPICS
    return RedirectResponse(f"{target}?done={DONE[decision]}", status_code=303, headers=HEADERS)


def _refuse(session: Session, assembled: Parts, filled: New) -> None:
    """Raises Unusable naming the field."""
    waiting = (row.subject for row in versions.waiting(session, KIND))
    messages = (message.key for message in repository.messages(session))
    refuse_key(filled.key, {*assembled.questions.keys, *waiting, *messages})
    refuse_line(filled.line)
    if not filled.title or len(filled.title) > TITLE_LENGTH or not filled.title.isprintable():
        raise Unusable(f"title: the question as a family would ask it, at most {TITLE_LENGTH} characters.")
    if filled.level not in LEVELS:
        raise Unusable(f"level: choose {' or '.join(LEVELS)}.")


def _counting(history: list[Version]) -> Body:
    row = counting(history)
    return row.body if row else {}


def _form(request: Request, assembled: Parts, filled: New, problem: str, status: int) -> Response:
    topics = dict.fromkeys(key.partition("/")[0] for key in assembled.questions.keys)
    return staff_page(
        request,
        "editors/question_new.html",
        status=status,
        topics=[topic for topic in topics if topic not in CLOSED],
        levels=LEVELS,
        filled=filled,
        problems=_problems(problem),
    )


def _page(
    request: Request,
    assembled: Parts,
    visitor: Visitor,
    key: str,
    *,
    problem: BumplineError | None = None,
    line: str | None = None,
    done: str = "",
) -> Response:
    with assembled.database.read() as session:
        question = one(session, assembled, key)
        history = versions.history(session, KIND, key)
    if question is None:
        raise NotFound(f"There is no question {key}.")
    waiting = question.proposal
    shown: dict[str, Any] = {
        "question": question,
        "counting": assembled.questions.lines.get(key),
        "line": question.line if line is None else line,
        "history": history,
        "waiting": waiting,
        "base": reviewed.newest_number(history),
        "problems": _problems(problem.message if problem else ""),
        "may_propose": visitor.may("editor"),
        "may_approve": visitor.may("approver"),
        "may_decline": visitor.may("editor", "approver"),
        "is_own": waiting is not None and waiting.author_id == visitor.account_id,
        "done": done,
    }
    return staff_page(request, "editors/question.html", status=problem.status if problem else 200, **shown)


def _problems(told: str) -> dict[str, str]:
    """Field -> problem, for the fields that a message begins with."""
    field, colon, _ = told.partition(":")
    return {field if colon and field.isidentifier() else "line": told} if told else {}
