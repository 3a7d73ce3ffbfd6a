"""Every version of one word or summary, and earlier ones proposed again."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse

from api.accounts.visiting import same_form
from api.accounts.visitor import Visitor
from api.content.approved_words import Kind, said_in, subject_of
from api.content.languages import Language
from api.content.short_words import faults
from api.conversations.assembly import Parts
from api.editors.messages.at import refuse_stranger
from api.editors.messages.diffing import word_diff
from api.editors.messages.offered import LARGEST_ID
from api.editors.visiting import Assembled, Reader
from api.editors.words.desk import WORDS, translated
from api.editors.words.entries import KINDS, Entry, find
from api.editors.words.saving import MEANWHILE, write
from api.errors import Conflict, NotFound, Unusable
from api.rights import may_write
from api.versions import repository, service
from api.versions.models import Version
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

router = APIRouter(prefix=WORDS, tags=["editors"], route_class=StaffRoute, include_in_schema=False)


@router.get("/{language}/{kind}/{entry}")
def history(
    request: Request, assembled: Assembled, visitor: Reader, language: str, kind: Kind, entry: str, done: str = ""
) -> Response:
    """Every version, newest first, with what it changed and what was decided on it."""
    return _page(request, assembled, visitor, translated(assembled, language), kind, entry, done=done[:20])


@router.post("/{language}/{kind}/{entry}/{number}/again", dependencies=[Depends(same_form)])
def again(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    language: str,
    kind: Kind,
    entry: str,
    number: int,
    base: Annotated[int, Form(ge=0, le=LARGEST_ID)] = 0,
) -> Response:
    """Proposes the words of an earlier version once more, for today's English."""
    own = translated(assembled, language)
    refuse_stranger(visitor, own)
    try:
        _propose_again(assembled, visitor, own, kind, entry, number, base)
    except (Unusable, Conflict) as error:
        return _page(request, assembled, visitor, own, kind, entry, problem=error.message)
    except IntegrityError:
        return _page(request, assembled, visitor, own, kind, entry, problem=MEANWHILE)
    return RedirectResponse(f"{WORDS}/{own.code}/{kind}/{entry}?done=again", status_code=303, headers=HEADERS)


def _propose_again(
    assembled: Parts, visitor: Visitor, own: Language, kind: Kind, name: str, number: int, base: int
) -> None:
    with assembled.database.read() as session:
        entry = _entry(assembled, session, own, kind, name)
        row = next((row for row in _rows(session, own, kind, name) if row.number == number), None)
    if row is None:
        raise NotFound(f"There is no version {number} of {name}.")
    text = said_in(row.body).text
    if wrong := faults(name, text, entry.english, own):
        raise Unusable(f"These words do not fit today's English: {'; '.join(wrong)}.")
    write(assembled, visitor, own, entry, text, base)


def _page(
    request: Request,
    assembled: Parts,
    visitor: Visitor,
    own: Language,
    kind: Kind,
    name: str,
    *,
    done: str = "",
    problem: str = "",
) -> Response:
    with assembled.database.read() as session:
        entry = _entry(assembled, session, own, kind, name)
        rows = _rows(session, own, kind, name)
    before = {row.number: said_in(row.body).text for row in rows}
    diffs = {number: word_diff(before.get(number - 1, ""), text) for number, text in before.items()}
    counted = service.counting(rows)
    return staff_page(
        request,
        "editors/page_words_history.html",
        status=422 if problem else 200,
        own=own,
        entry=entry,
        kinds=KINDS,
        rows=rows,
        diffs=diffs,
        counts=counted.number if counted else 0,
        done=done,
        problem=problem,
        may_write=may_write(visitor, own.code),
    )


def _entry(assembled: Parts, session: Session, own: Language, kind: Kind, name: str) -> Entry:
    """Raises NotFound."""
    found = find(session, assembled.catalogue.interface, kind, own, name)
    if found is None:
        raise NotFound(f"There is no {name} among what families see.")
    return found


def _rows(session: Session, own: Language, kind: Kind, name: str) -> list[Version]:
    return repository.history(session, kind, subject_of(own.code, name))
