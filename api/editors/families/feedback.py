"""Answers that did not help: what families say was wrong, and how often each message helped."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from api.accounts import audit
from api.accounts.visiting import same_form
from api.conversations import feedback, feedback_repository
from api.conversations.asking import REASONS
from api.conversations.feedback_repository import Wanted
from api.conversations.models import Feedback
from api.conversations.schemas import Reply
from api.editors.families.acting import PER_PAGE, Page, Short, TurnId, address, back_to, pages, refuse_reader, shared
from api.editors.visiting import Assembled, Reader
from api.person import Person
from api.web.staff_pages import StaffRoute, staff_page

FEEDBACK = "/editors/feedback"
router = APIRouter(prefix=FEEDBACK, tags=["editors"], route_class=StaffRoute, include_in_schema=False)
Note = Annotated[str, Form(max_length=500)]


@router.get("")
def reports(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    topic: Short = "",
    language: Short = "",
    state: Annotated[str, Query(pattern="^(open|settled|all|)$")] = "open",
    reason: Short = "",
    page: Page = 1,
    done: Short = "",
    undo: Short = "",
) -> Response:
    """What did not help, newest first."""
    wanted = Wanted(topic, language, "" if state == "all" else state or "open", reason)
    with assembled.database.read() as session:
        total = feedback_repository.count_reports(session, wanted)
        found = feedback_repository.reports(session, wanted, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    return staff_page(
        request,
        "editors/feedback.html",
        listed=[(row, turn, Reply.model_validate(turn.reply)) for row, turn in found],
        total=total,
        asked={"topic": topic, "language": language, "state": state, "reason": reason},
        here=address(FEEDBACK, topic=topic, language=language, state=state, reason=reason),
        page=page,
        pages=pages(total),
        reasons=REASONS,
        done=done,
        undo=undo,
        **shared(assembled),
    )


@router.get("/counts")
def counts(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    topic: Short = "",
    language: Short = "",
    page: Page = 1,
) -> Response:
    """How often the words of each message helped, worst first."""
    with assembled.database.read() as session:
        total = feedback_repository.count_tallies(session, topic=topic, language=language)
        listed = feedback_repository.tallies(
            session, topic=topic, language=language, limit=PER_PAGE, offset=(page - 1) * PER_PAGE
        )
    return staff_page(
        request,
        "editors/feedback_counts.html",
        listed=listed,
        total=total,
        asked={"topic": topic, "language": language},
        here=address(f"{FEEDBACK}/counts", topic=topic, language=language),
        page=page,
        pages=pages(total),
        **shared(assembled),
    )


@router.post("/{turn_id}/settle", dependencies=[Depends(same_form)])
def settle(assembled: Assembled, visitor: Reader, turn_id: TurnId, note: Note = "") -> Response:
    """Takes a report off the list, with what came of it."""
    with assembled.database.write() as session:
        refuse_reader(visitor, feedback.existing(session, turn_id).language)
        row = feedback.settle(session, turn_id, Person(visitor.name, visitor.account_id), note)
        after = {"reason": row.reason, "note": row.note}
        audit.record(session, by=visitor, what="feedback.settled", subject=_subject(row), after=after)
    return back_to(FEEDBACK, done="settled", undo=turn_id)


@router.post("/{turn_id}/reopen", dependencies=[Depends(same_form)])
def reopen(assembled: Assembled, visitor: Reader, turn_id: TurnId) -> Response:
    with assembled.database.write() as session:
        refuse_reader(visitor, feedback.existing(session, turn_id).language)
        row = feedback.reopen(session, turn_id)
        audit.record(session, by=visitor, what="feedback.reopened", subject=_subject(row))
    return back_to(FEEDBACK, done="reopened")


def _subject(row: Feedback) -> str:
    """The log is kept for good, so it names the words that were read and never what a family wrote."""
    return f"{row.key} ({row.language}), revision {row.revision}"
