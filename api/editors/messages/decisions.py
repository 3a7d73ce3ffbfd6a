"""Approval of one exact revision, withdrawal, going back, history; and approving several with every text before one."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse

from api.accounts import audit
from api.accounts.service import Forbidden, Visitor
from api.accounts.visiting import same_form
from api.content import approving, authoring, repository
from api.content.approving import Person
from api.content.languages import ENGLISH, Language
from api.content.models import Revision
from api.content.service import revision, words_of
from api.content.serving import current
from api.content.shelf import candidate
from api.content.source import FIELDS
from api.content.standing import standings
from api.conversations.assembly import Parts
from api.database import now
from api.directory.openings import LONDON
from api.editors.messages.desk import the_language, the_message
from api.editors.messages.diffing import word_diff
from api.editors.messages.overview import MESSAGES
from api.editors.messages.panel import panel
from api.editors.messages.rights import may_approve
from api.editors.visiting import Assembled, Reader
from api.errors import BumplineError, Unusable
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

APPROVALS = "/editors/approvals"
AT_ONCE = 25
"""Texts on one page of approvals: more than a person reads with care."""
router = APIRouter(tags=["editors"], route_class=StaffRoute, include_in_schema=False)
Verb = Literal["approve", "withdraw", "go-back"]
Chosen = Annotated[list[str] | None, Form(max_length=AT_ONCE)]
DONE: dict[str, str] = {"approve": "approved", "withdraw": "withdrawn", "go-back": "back"}


@router.get(MESSAGES + "/{topic}/{question}/{language}/history")
def history(
    request: Request, assembled: Assembled, visitor: Reader, topic: str, question: str, language: str
) -> Response:
    """Every revision, newest first, with what it changed and every decision on it."""
    key, own = f"{topic}/{question}", the_language(assembled, language)
    with assembled.database.read() as session:
        message = the_message(session, key)
        rows = repository.revisions(session, [key], [own.code])
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
    topic: str,
    question: str,
    language: str,
    number: int,
    verb: Verb,
) -> Response:
    """The exact words, what they change, and what families will read afterwards."""
    own = the_language(assembled, language)
    with assembled.database.read() as session:
        return _confirmation(request, assembled, session, visitor, f"{topic}/{question}", own, number, verb)


@router.post(MESSAGES + "/{topic}/{question}/{language}/{number}/{verb}", dependencies=[Depends(same_form)])
def decide(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    topic: str,
    question: str,
    language: str,
    number: int,
    verb: Verb,
    begins: Annotated[str, Form(max_length=30)] = "",
) -> Response:
    key, own = f"{topic}/{question}", the_language(assembled, language)
    try:
        with assembled.database.write() as session:
            _decide(session, visitor, key, own, number, verb, _moment(begins))
    except Forbidden:
        raise
    except BumplineError as error:
        with assembled.database.read() as session:
            return _confirmation(request, assembled, session, visitor, key, own, number, verb, error)
    return RedirectResponse(f"{MESSAGES}/{key}/{own.code}?done={DONE[verb]}", status_code=303, headers=HEADERS)


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
                _decide(session, visitor, key, own, int(number), "approve", None)
            told.append((f"{key} ({code})", "", True))
        except (BumplineError, ValueError) as error:
            told.append((f"{key} ({code})", str(error), False))
    return _approvals(request, assembled, visitor, language, told)


def _approvals(
    request: Request, assembled: Parts, visitor: Visitor, language: str, told: list[tuple[str, str, bool]]
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
        listed=listed,
        counts={code: count for code, count in counts.items() if count},
        languages=languages,
        language=language,
        told=told,
        total=len(wanted),
        lowerings=[message for message in found.messages if message.lowering_asked_at],
    )


def _decide(
    session: Session, visitor: Visitor, key: str, own: Language, number: int, verb: Verb, begins: datetime | None
) -> None:
    repository.lock(session, key)  # first: whoever raises its level meanwhile changes who may decide
    message = the_message(session, key)
    if not may_approve(visitor, own.code, message.level):
        raise Forbidden(f"You may not decide on {own.name_in_english} words of this message. Ask your administrator.")
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
    key: str,
    own: Language,
    number: int,
    verb: Verb,
    error: BumplineError | None = None,
) -> Response:
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
    """A local time of a form, like 2026-12-01T09:00; raises Unusable."""
    if not text.strip():
        return None
    try:
        said = datetime.fromisoformat(text.strip())
        if said.tzinfo:
            raise ValueError(text)
        return said.replace(tzinfo=LONDON)
    except ValueError as error:
        raise Unusable("Write the date and time like 2026-12-01T09:00.") from error
