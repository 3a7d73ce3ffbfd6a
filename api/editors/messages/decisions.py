"""Approval of one exact revision, withdrawal, going back, history."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Request, Response
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse

from api.accounts import audit
from api.accounts.service import Forbidden, Visitor
from api.accounts.visiting import same_form
from api.content import approving, authoring, repository
from api.content.languages import ENGLISH, Language
from api.content.models import Revision
from api.content.service import revision, words_of
from api.content.serving import current
from api.content.shelf import candidate
from api.content.source import FIELDS
from api.conversations.assembly import Parts
from api.database import now
from api.directory.openings import LONDON
from api.editors.messages.at import At, Here, the_message
from api.editors.messages.diffing import word_diff
from api.editors.messages.overview import MESSAGES
from api.editors.messages.panel import panel
from api.editors.visiting import Assembled, Reader
from api.errors import BumplineError, Unusable
from api.person import Person
from api.rights import may_approve
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

AT_ONCE = 25
"""Texts on one page of approvals: more than a person reads with care."""
router = APIRouter(tags=["editors"], route_class=StaffRoute, include_in_schema=False)
WRITTEN = "%d %B %Y, %H:%M"
Verb = Literal["approve", "withdraw", "go-back"]
DONE: dict[str, str] = {"approve": "approved", "withdraw": "withdrawn", "go-back": "back"}


@router.get(MESSAGES + "/{topic}/{question}/{language}/history")
def history(request: Request, assembled: Assembled, visitor: Reader, here: Here) -> Response:
    """Every revision, newest first, with what it changed and every decision on it."""
    own = here.language
    with assembled.database.read() as session:
        message = the_message(session, here.key)
        rows = repository.revisions(session, [here.key], [own.code])
        decided = current([candidate(row) for row in rows], now())
    before = {row.number: row for row in rows}
    diffs = {row.number: _diff(before.get(row.number - 1), row) for row in rows}
    return staff_page(
        request,
        "editors/message_history.html",
        message=message,
        own=own,
        rows=rows,
        diffs=diffs,
        served=decided[0].number if decided and not decided[0].is_withdrawn else 0,
        may_approve=may_approve(visitor, own.code, message.level),
    )


@router.get(MESSAGES + "/{topic}/{question}/{language}/{number}/{verb}")
def confirm(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    here: Here,
    number: int,
    verb: Verb,
) -> Response:
    """The exact words, what they change, and what families will read afterwards."""
    with assembled.database.read() as session:
        return _confirmation(request, assembled, session, visitor, here, number, verb)


@router.post(MESSAGES + "/{topic}/{question}/{language}/{number}/{verb}", dependencies=[Depends(same_form)])
def decide(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    here: Here,
    number: int,
    verb: Verb,
    begins: Annotated[str, Form(max_length=30)] = "",
) -> Response:
    try:
        with assembled.database.write() as session:
            decide_on(session, visitor, here, number, verb, _moment(begins))
    except Forbidden:
        raise
    except BumplineError as error:
        with assembled.database.read() as session:
            return _confirmation(request, assembled, session, visitor, here, number, verb, error)
    return RedirectResponse(f"{MESSAGES}/{here.key}/{here.code}?done={DONE[verb]}", status_code=303, headers=HEADERS)


def decide_on(session: Session, visitor: Visitor, here: At, number: int, verb: Verb, begins: datetime | None) -> None:
    key, own = here.key, here.language
    repository.lock(session, key)  # first: whoever raises its level meanwhile changes who may decide
    if not may_approve(visitor, own.code, the_message(session, key).level):
        why = "Your decisions are held: Waits for approval says why and until when." if visitor.held_until else ""
        told = why or f"You may not decide on {own.name_in_english} words of this message. Ask your administrator."
        raise Forbidden(told)
    by = Person(visitor.name, visitor.account_id)
    if verb == "approve":
        approving.approve(session, key=key, language=own, number=number, by=by, begins=begins)
    elif verb == "go-back":
        approving.go_back(session, key=key, language=own, number=number, by=by)
    else:
        approving.withdraw(session, key=key, language=own.code, number=number, by=by)
    after = {"begins": begins.isoformat()} if begins else None
    audit.record(
        session, by=visitor, what=f"message.{DONE[verb]}", subject=f"{key} ({own.code}), revision {number}", after=after
    )


def _confirmation(
    request: Request,
    assembled: Parts,
    session: Session,
    visitor: Visitor,
    here: At,
    number: int,
    verb: Verb,
    error: BumplineError | None = None,
) -> Response:
    key, own = here.key, here.language
    message, row = the_message(session, key), revision(session, key, own.code, number)
    rows = {r.number: r for r in repository.revisions(session, [key], [own.code])}
    decided = current([candidate(r) for r in rows.values()], now())
    read = rows[decided[0].number] if decided and not decided[0].is_withdrawn else None
    english = row.made_from or words_of(row)
    return staff_page(
        request,
        "editors/decide.html",
        status=error.status if error else 200,
        message=message,
        own=own,
        row=row,
        verb=verb,
        read=read,
        diff=_diff(read or rows.get(number - 1), row) if read is not row else {},
        english=row.made_from if own.code != ENGLISH else {},
        panel=panel(key, words_of(row), english, own, assembled.settings.content_folder),
        effects=_effects(session, key, row, own),
        languages=assembled.catalogue.languages,
        may=may_approve(visitor, own.code, message.level),
        is_own=row.author_id == visitor.account_id,
        problem=error.message if error else "",
    )


def _effects(session: Session, key: str, row: Revision, own: Language) -> list[Any]:
    return authoring.effects(session, key, authoring.as_change(row.change)) if own.code == ENGLISH else []


def _diff(before: Revision | None, after: Revision) -> dict[str, Any]:
    if before is None:
        return {}
    return {field: word_diff(getattr(before, field), getattr(after, field)) for field in FIELDS}


def _moment(text: str) -> datetime | None:
    """A local time of a form, as its box writes it or as its hint does; raises Unusable."""
    if not text.strip():
        return None
    try:
        return datetime.strptime(text.strip(), WRITTEN).replace(tzinfo=LONDON)
    except ValueError:
        pass
    try:
        said = datetime.fromisoformat(text.strip())
        if said.tzinfo:
            raise ValueError(text)
        return said.replace(tzinfo=LONDON)
    except ValueError as error:
        raise Unusable("Write the date and time like 27 November 2026, 8:00.") from error
