"""What stands around the words of a message: its sources, choices, review date and level."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse

from api.accounts import audit
from api.accounts.service import Forbidden, Visitor
from api.accounts.visiting import same_form
from api.content import levelling, repository
from api.content.levelling import LEVELS
from api.content.models import Message
from api.content.source import SourceLink
from api.directory.openings import LONDON
from api.editors.messages.at import the_message
from api.editors.messages.overview import MESSAGES
from api.editors.visiting import Assembled, Keeper, Reader
from api.errors import BumplineError, Conflict, Unusable
from api.person import Person
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

router = APIRouter(prefix=MESSAGES, tags=["editors"], route_class=StaffRoute, include_in_schema=False)
Lines = Annotated[str, Form(max_length=5000)]
Verb = Literal["confirm", "call-off"]
NAMES = ("sources", "choices", "review_by", "level", "notes")


class SavedMeanwhile(Conflict):
    """Somebody else saved other facts after this form was opened."""

    code = "saved_meanwhile"


class Facts(BaseModel):
    """`sources`: one a line, "title | address | day it was read". `choices`: one key a line."""

    model_config = ConfigDict(extra="forbid")

    sources: list[SourceLink]
    choices: list[str]
    review_by: date | None
    level: str
    notes: str


@router.get("/{topic}/{question}")
def facts(request: Request, assembled: Assembled, visitor: Reader, topic: str, question: str) -> Response:
    with assembled.database.read() as session:
        message = the_message(session, f"{topic}/{question}")
        return _page(request, session, visitor, message, _shown(message))


@router.post("/{topic}/{question}", dependencies=[Depends(same_form)])
def save(
    request: Request,
    assembled: Assembled,
    visitor: Keeper,
    topic: str,
    question: str,
    sources: Lines = "",
    choices: Lines = "",
    review_by: Lines = "",
    level: Lines = "",
    notes: Lines = "",
    seen: Lines = "",
    read: Lines = "",
) -> Response:
    """Saves at once: these are not words, and every change is in the audit log. Only lowering the level waits.

    `seen` is of the facts that the form began from; `read` names the English that is approved with a raised level.
    """
    key = f"{topic}/{question}"
    typed = {"sources": sources, "choices": choices, "review_by": review_by, "level": level}
    typed["notes"] = notes.replace("\r\n", "\n").strip()
    try:
        with assembled.database.write() as session:
            repository.lock(session, key)
            message = the_message(session, key)
            wanted = _read(typed, {m.key for m in repository.messages(session)})
            _refuse(message, wanted, visitor)
            before = _plain(message)
            if seen != _seal(message) and not _is_same(message, wanted):
                raise SavedMeanwhile("Somebody saved other facts while you were writing. Both are below.")
            _write(message, wanted)
            done = _level(session, message, wanted.level, visitor, read)
            after = _plain(message) | ({"lowering": "asked for"} if done == "asked" else {})
            audit.record(session, by=visitor, what="message.facts_changed", subject=key, before=before, after=after)
    except (Unusable, Forbidden, Conflict) as error:
        with assembled.database.read() as session:
            return _page(request, session, visitor, the_message(session, key), typed, error)
    return RedirectResponse(f"{MESSAGES}/{key}?done={done}", status_code=303, headers=HEADERS)


@router.post("/{topic}/{question}/lowering/{verb}", dependencies=[Depends(same_form)])
def decide_lowering(
    request: Request, assembled: Assembled, visitor: Keeper, topic: str, question: str, verb: Verb
) -> Response:
    """Another clinical approver makes a safety message information, or any of them leaves it as it is."""
    key = f"{topic}/{question}"
    try:
        with assembled.database.write() as session:
            repository.lock(session, key)
            message = the_message(session, key)
            if not visitor.is_approver:
                raise Forbidden("Only a clinical approver decides on the level of a safety message.")
            before = {"level": message.level, "asked_by": message.lowering_asked_by}
            if verb == "confirm":
                levelling.lower(message, Person(visitor.name, visitor.account_id))
            else:
                levelling.call_off(message)
            done = "lowered" if verb == "confirm" else "kept"
            what, after = f"message.level_{done}", {"level": message.level, "asked_by": None}
            audit.record(session, by=visitor, what=what, subject=key, before=before, after=after)
    except Conflict as error:
        with assembled.database.read() as session:
            message = the_message(session, key)
            return _page(request, session, visitor, message, _shown(message), error)
    return RedirectResponse(f"{MESSAGES}/{key}?done={done}", status_code=303, headers=HEADERS)


def _level(session: Session, message: Message, wanted: str, visitor: Visitor, read: str) -> str:
    """What was done about the level: "asked" when it waits for another person, else "saved"."""
    by = Person(visitor.name, visitor.account_id)
    if wanted == message.level:
        return "saved"
    if wanted == levelling.SAFETY:
        english = levelling.raise_level(session, message, by, read)
        if english:
            subject = f"{message.key} (en), revision {english.number}"
            audit.record(session, by=visitor, what="message.approved", subject=subject, after={"level": message.level})
        return "saved"
    levelling.ask_to_lower(message, by)
    return "asked"


def _read(typed: dict[str, str], keys: set[str]) -> Facts:
    """Raises Unusable naming the field and the line."""
    links = []
    for number, line in enumerate(typed["sources"].strip().splitlines(), start=1):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != 3:
            raise Unusable(f"sources, line {number}: write title | address | day it was read, like 2026-11-26.")
        links.append(dict(zip(("title", "url", "read_on"), parts, strict=True)))
    choices = typed["choices"].split()
    if strange := [key for key in choices if key not in keys]:
        raise Unusable(
            f"choices: there is no message {strange[0]}. Write keys like support/health_visitor, one a line."
        )
    if typed["level"] not in LEVELS:
        raise Unusable(f"level: choose {' or '.join(LEVELS)}.")
    try:
        return Facts.model_validate(
            {**typed, "sources": links, "choices": choices, "review_by": typed["review_by"] or None}
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise Unusable(f"{'.'.join(map(str, first['loc']))}: {first['msg']}.") from error


def _refuse(message: Message, wanted: Facts, visitor: Visitor) -> None:
    """What a safety message links to and offers, and its level, are the clinical approver's."""
    told = [link.model_dump(mode="json") for link in wanted.sources], wanted.choices, wanted.level
    is_told = told != (message.sources, message.choices, message.level)
    if is_told and "safety" in (message.level, wanted.level) and not visitor.is_approver:
        raise Forbidden("level: only a clinical approver changes the sources, offers and level of a safety message.")
    is_earlier = wanted.review_by is not None and wanted.review_by != message.review_by
    if is_earlier and wanted.review_by and wanted.review_by < datetime.now(LONDON).date():
        raise Unusable("review_by: that day is past. To take words away, withdraw them.")


def _write(message: Message, wanted: Facts) -> None:
    message.sources = [link.model_dump(mode="json") for link in wanted.sources]
    message.choices, message.review_by = wanted.choices, wanted.review_by
    message.notes, message.is_edited = wanted.notes, True


def _plain(message: Message) -> dict[str, Any]:
    return {name: getattr(message, name) for name in NAMES}


def _shown(message: Message) -> dict[str, str]:
    """The facts as they stand in the form."""
    return {
        "sources": "\n".join(f"{s['title']} | {s['url']} | {s['read_on']}" for s in message.sources),
        "choices": "\n".join(message.choices),
        "review_by": message.review_by.isoformat() if message.review_by else "",
        "level": message.level,
        "notes": message.notes,
    }


def _seal(message: Message) -> str:
    """Stands for exactly these facts."""
    return sha256(json.dumps(_shown(message)).encode()).hexdigest()[:16]


def _is_same(message: Message, wanted: Facts) -> bool:
    """The same form, sent twice."""
    told = {**wanted.model_dump(), "sources": [link.model_dump(mode="json") for link in wanted.sources]}
    return told == {**_plain(message), "notes": message.notes.strip()}


def _page(
    request: Request,
    session: Session,
    visitor: Visitor,
    message: Message,
    shown: Mapping[str, str],
    problem: BumplineError | None = None,
) -> Response:
    is_raised = message.level != levelling.SAFETY == shown["level"] and visitor.is_approver
    return staff_page(
        request,
        "editors/facts.html",
        status=problem.status if problem else 200,
        message=message,
        shown=shown,
        seen=_seal(message),
        theirs=_shown(message) if isinstance(problem, SavedMeanwhile) else {},
        raising=levelling.raising(session, message.key) if is_raised else None,
        languages=request.app.state.parts.catalogue.languages,
        is_own_lowering=message.lowering_asked_by_id == visitor.account_id,
        problem=problem.message if problem else "",
        field=next((name for name in NAMES if problem and problem.message.startswith(name)), "facts"),
        levels=LEVELS,
        may_write=visitor.may("editor", "approver", "admin"),
        may_level=visitor.is_approver,
        done=request.query_params.get("done", ""),
    )
