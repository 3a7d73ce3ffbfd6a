"""Every message in every language at a glance: the coverage picture, and the way through a translator's queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse

from api.accounts.service import Visitor
from api.content import repository
from api.content.languages import ENGLISH
from api.content.models import Message
from api.content.reviewing import Review
from api.content.standing import STATES, Cell, Standings, standings
from api.directory.openings import LONDON
from api.editors.visiting import Assembled, Reader
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

MESSAGES = "/editors/messages"
ASKED = 60
"""Characters of a filter that are looked at."""
router = APIRouter(prefix="/editors", tags=["editors"], route_class=StaffRoute, include_in_schema=False)
Short = Annotated[str, Query(max_length=ASKED)]


@dataclass(frozen=True)
class Filter:
    """What of the picture is wanted; an empty part wants everything. `waits`, `machine`: "1" for only those."""

    topic: str = ""
    language: str = ""
    state: str = ""
    review: str = ""
    waits: str = ""
    machine: str = ""
    text: str = ""

    def wants(self, cell: Cell) -> bool:
        return (
            self.state in ("", cell.state)
            and (not self.waits or cell.waits)
            and (not self.machine or cell.is_machine)
            and self.language in ("", cell.language)
        )

    @property
    def narrows(self) -> bool:
        return bool(self.state or self.waits or self.machine)


def filter_of(
    topic: Short = "", language: Short = "", state: Short = "", review: Short = "", waits: Short = "",
    machine: Short = "", text: Short = "",
) -> Filter:  # fmt: skip
    return Filter(topic, language, state, review, waits, machine, text)


@router.get("")
def start(visitor: Reader) -> Response:
    """Where a day begins: with all messages, with what waits for one's approval, or with the next to translate."""
    target = f"/editors/translate/{_own(visitor)}"
    if visitor.may("editor", "approver"):
        target = MESSAGES if visitor.may("editor") else "/editors/approvals"
    return RedirectResponse(target, status_code=303, headers=HEADERS)


@router.get("/messages")
def overview(
    request: Request, assembled: Assembled, visitor: Reader, asked: Annotated[Filter, Depends(filter_of)]
) -> Response:
    """The grid of messages by language, coloured by state; each cell leads to its desk."""
    languages = assembled.catalogue.languages
    codes = [asked.language] if asked.language in languages else list(languages)
    review = assembled.catalogue.shelf.review
    with assembled.database.read() as session:
        found = standings(session, languages)
        titles = _titles(session)
    shown = [message for message in found.messages if _is_wanted(message, titles, asked, found, codes, review)]
    return staff_page(
        request,
        "editors/messages.html",
        asked=asked,
        codes=codes,
        cells=found.cells,
        by_topic=_by_topic(shown),
        titles=titles,
        total=len(shown),
        states=STATES,
        topics=sorted({message.key.partition("/")[0] for message in found.messages}),
        progress={code: found.progress(code) for code in languages},
        reviews={message.key: _review(message, review) for message in shown},
        languages=languages,
        has_mail=assembled.settings.has_mail,
    )


@router.get("/translate/{language}")
def queue(assembled: Assembled, visitor: Reader, language: str, after: Short = "") -> Response:
    """The next message that `language` lacks or that no longer fits; the picture when there is none."""
    with assembled.database.read() as session:
        found = standings(session, [language])
    waiting = [m.key for m in found.messages if _needs_work(found.cells[m.key, language])]
    later = [key for key in waiting if after and _position(found, key) > _position(found, after)]
    following = next(iter(later or [key for key in waiting if key != after]), None)
    target = f"{MESSAGES}/{following}/{language}" if following else f"{MESSAGES}?language={language}"
    return RedirectResponse(target, status_code=303, headers=HEADERS)


def queue_length(found: Standings, language: str) -> int:
    return sum(1 for message in found.messages if _needs_work(found.cells[message.key, language]))


def _needs_work(cell: Cell) -> bool:
    return cell.language != ENGLISH and (cell.state == "missing" or cell.fits != "fresh" or cell.is_machine)


def _position(found: Standings, key: str) -> int:
    return next((n for n, message in enumerate(found.messages) if message.key == key), -1)


def _is_wanted(
    message: Message, titles: dict[str, str], asked: Filter, found: Standings, codes: Sequence[str], review: Review
) -> bool:
    if asked.topic and message.key.partition("/")[0] != asked.topic:
        return False
    if asked.text and asked.text.casefold() not in f"{message.key} {titles.get(message.key, '')}".casefold():
        return False
    if asked.review and _review(message, review) == "reviewed":
        return False
    return not asked.narrows or any(asked.wants(found.cells[message.key, code]) for code in codes)


def _review(message: Message, review: Review) -> str:
    return review.standing(message.review_by, message.level, datetime.now(LONDON).date())


def _titles(session: Session) -> dict[str, str]:
    """The newest English title of every message."""
    found: dict[str, str] = {}
    for row in repository.revisions(session, [m.key for m in repository.messages(session)], [ENGLISH]):
        found.setdefault(row.key, row.title)
    return found


def _by_topic(messages: Sequence[Message]) -> dict[str, list[Message]]:
    found: dict[str, list[Message]] = {}
    for message in messages:
        found.setdefault(message.key.partition("/")[0], []).append(message)
    return found


def _own(visitor: Visitor) -> str:
    return next(iter(sorted(visitor.languages)), ENGLISH)
