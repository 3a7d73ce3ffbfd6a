"""What waits for a second person: every text beside its English, and a tick for each."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import Field
from sqlalchemy.orm import Session

from api.accounts import audit
from api.accounts.service import Forbidden
from api.accounts.visiting import same_form
from api.accounts.visitor import Visitor
from api.content.approved_words import PAGE_WORD, SUMMARY, Kind, said_in, subject_of
from api.content.findings import Finding, refusal
from api.content.languages import Language
from api.content.short_words import faults
from api.conversations.assembly import Parts
from api.directory import summaries
from api.directory.summaries import Summary
from api.editors.messages.offered import LARGEST_ID
from api.editors.visiting import Assembled, Reader
from api.editors.words.desk import LEVEL, WORDS, everything, translated
from api.editors.words.entries import KINDS, Entry, find
from api.errors import BumplineError, Conflict, NotFound, Unusable
from api.person import Person
from api.rights import may_approve
from api.versions import repository, service
from api.versions.models import Version
from api.web.staff_pages import StaffRoute, staff_page

AT_ONCE = 25
"""Texts on one page: more than a person reads with care."""
router = APIRouter(prefix=WORDS, tags=["editors"], route_class=StaffRoute, include_in_schema=False)
Verb = Literal["approve", "decline"]
DONE = {"approve": "approved", "decline": "declined"}
Chosen = Annotated[list[Annotated[int, Field(ge=1, le=LARGEST_ID)]] | None, Form(max_length=AT_ONCE)]
Told = list[tuple[str, str]]


@router.get("/{language}/review")
def review(request: Request, assembled: Assembled, visitor: Reader, language: str) -> Response:
    return _review(request, assembled, visitor, translated(assembled, language), "approve", [])


@router.post("/{language}/review", dependencies=[Depends(same_form)])
def decide(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    language: str,
    chosen: Chosen = None,
    verb: Annotated[Verb, Form()] = "approve",
) -> Response:
    """Decides on those ticked, each by itself: one that cannot be decided on is named and holds up no other."""
    own = translated(assembled, language)
    if not may_approve(visitor, own.code, LEVEL):
        raise Forbidden(f"You may read this, and not decide on {own.name_in_english}. Ask your administrator.")
    told = [_decided(assembled, visitor, own, version_id, verb) for version_id in chosen or []]
    return _review(request, assembled, visitor, own, verb, told)


def _decided(assembled: Parts, visitor: Visitor, own: Language, version_id: int, verb: Verb) -> tuple[str, str]:
    """What it was about, and why it could not be, "" when it could."""
    name = f"number {version_id}"
    try:
        with assembled.database.write() as session:
            row = _of_language(session, own, version_id)
            name = row.subject.partition(" ")[2]
            _decide(assembled, session, visitor, own, row, verb)
    except BumplineError as error:
        return name, error.message
    return name, ""


def _decide(assembled: Parts, session: Session, visitor: Visitor, own: Language, row: Version, verb: Verb) -> None:
    by, name = Person(visitor.name, visitor.account_id), row.subject.partition(" ")[2]
    kind: Kind = SUMMARY if row.kind == SUMMARY else PAGE_WORD
    before = find(session, assembled.catalogue.interface, kind, own, name)
    if verb == "approve":
        _refuse_unusable(row, before, own)
        service.approve(session, row.id, by)
        said = said_in(row.body)
        if kind == SUMMARY:
            summaries.approve(session, name, own.code, Summary(said.text, said.made_from), by.name)
    else:
        service.decline(session, row.id, by)
    audit.record(
        session,
        by=visitor,
        what=f"words.{DONE[verb]}",
        subject=f"{row.kind} {row.subject}, version {row.number}",
        before=before.said._asdict() if before and before.said else None,
        after=row.body,
    )


def _refuse_unusable(row: Version, entry: Entry | None, own: Language) -> None:
    said = said_in(row.body)
    if entry is None or said.made_from != entry.english:
        raise Conflict("Its English has changed since. It must be written again first.")
    if wrong := faults(entry.name, said.text, entry.english, own):
        raise Unusable(refusal([Finding("error", own.code, entry.name, "", reason) for reason in wrong]))


def _of_language(session: Session, own: Language, version_id: int) -> Version:
    row = repository.version(session, version_id)
    if row is None or row.kind not in KINDS or not row.subject.startswith(subject_of(own.code, "")):
        raise NotFound("There are no such words in this language.")
    return row


def _review(request: Request, assembled: Parts, visitor: Visitor, own: Language, verb: Verb, told: Told) -> Response:
    waiting = [entry for kind in KINDS for entry in everything(assembled, kind, own) if entry.waits]
    by = Person(visitor.name, visitor.account_id)
    others = [e for e in waiting if e.waiting and not by.is_same_as(e.waiting.author, e.waiting.author_id)]
    return staff_page(
        request,
        "editors/page_words_review.html",
        own=own,
        listed=others[:AT_ONCE],
        kinds=KINDS,
        total=len(others),
        own_count=len(waiting) - len(others),
        verb=DONE[verb],
        told=told,
        may_approve=may_approve(visitor, own.code, LEVEL),
    )
