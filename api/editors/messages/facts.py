"""What stands around the words of a message: its sources, choices, review date and level."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.responses import RedirectResponse

from api.accounts import audit
from api.accounts.service import Forbidden, Visitor
from api.accounts.visiting import same_form
from api.content import repository
from api.content.models import Message
from api.content.source import SourceLink
from api.conversations.assembly import Parts
from api.directory.openings import LONDON
from api.editors.messages.at import the_message
from api.editors.messages.overview import MESSAGES
from api.editors.visiting import Assembled, Keeper, Reader
from api.errors import Unusable
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

router = APIRouter(prefix=MESSAGES, tags=["editors"], route_class=StaffRoute, include_in_schema=False)
LEVELS = ("safety", "information")
Lines = Annotated[str, Form(max_length=5000)]
NAMES = ("sources", "choices", "review_by", "level", "notes")


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
    shown = {
        "sources": "\n".join(f"{s['title']} | {s['url']} | {s['read_on']}" for s in message.sources),
        "choices": "\n".join(message.choices),
        "review_by": message.review_by.isoformat() if message.review_by else "",
        "level": message.level,
        "notes": message.notes,
    }
    return _page(request, assembled, visitor, message, shown)


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
) -> Response:
    """Saves at once: these are not words, and every change is in the audit log."""
    key = f"{topic}/{question}"
    typed = {"sources": sources, "choices": choices, "review_by": review_by, "level": level, "notes": notes}
    try:
        with assembled.database.write() as session:
            message = the_message(session, key)
            wanted = _read(typed, {m.key for m in repository.messages(session)})
            _refuse(message, wanted, visitor)
            before = _plain(message)
            _write(message, wanted)
            audit.record(
                session, by=visitor, what="message.facts_changed", subject=key, before=before, after=_plain(message)
            )
    except (Unusable, Forbidden) as error:
        with assembled.database.read() as session:
            return _page(request, assembled, visitor, the_message(session, key), typed, error.message, error.status)
    return RedirectResponse(f"{MESSAGES}/{key}?done=saved", status_code=303, headers=HEADERS)


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
    if is_told and "safety" in (message.level, wanted.level) and not visitor.may("approver"):
        raise Forbidden("Only a clinical approver changes the sources, offers and level of a safety message.")
    is_earlier = wanted.review_by is not None and wanted.review_by != message.review_by
    if is_earlier and wanted.review_by and wanted.review_by < datetime.now(LONDON).date():
        raise Unusable("review_by: that day is past. To take words away, withdraw them.")


def _write(message: Message, wanted: Facts) -> None:
    message.sources = [link.model_dump(mode="json") for link in wanted.sources]
    message.choices, message.review_by, message.level = wanted.choices, wanted.review_by, wanted.level
    message.notes, message.is_edited = wanted.notes.strip(), True


def _plain(message: Message) -> dict[str, Any]:
    return {name: getattr(message, name) for name in NAMES}


def _page(
    request: Request,
    assembled: Parts,
    visitor: Visitor,
    message: Message,
    shown: dict[str, str],
    problem: str = "",
    status: int = 200,
) -> Response:
    return staff_page(
        request,
        "editors/facts.html",
        status=status,
        message=message,
        shown=shown,
        problem=problem,
        levels=LEVELS,
        may_write=visitor.may("editor", "approver", "admin"),
        may_level=visitor.may("approver"),
        done=request.query_params.get("done", ""),
    )
