"""The words of the pages and the summaries of services in one language: one table to read, type and tick in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.datastructures import FormData
from starlette.responses import RedirectResponse

from api.accounts.visiting import same_form
from api.accounts.visitor import Visitor
from api.content.approved_words import PAGE_WORD, SUMMARY, Kind
from api.content.languages import ENGLISH, Language
from api.content.short_words import LONGEST
from api.conversations.assembly import Parts
from api.editors.messages.at import refuse_stranger, the_language
from api.editors.messages.diffing import word_diff
from api.editors.visiting import Assembled, Reader
from api.editors.words.entries import KINDS, STATES, Entry, entries
from api.editors.words.saving import Trouble, save, typed_rows
from api.errors import NotFound
from api.rights import may_write
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

WORDS = "/editors/words"
ON_A_PAGE = 40
"""Rows: a form of long Gujarati ones stays below the size that a request may have."""
LEVEL = "information"
router = APIRouter(prefix=WORDS, tags=["editors"], route_class=StaffRoute, include_in_schema=False)
Short = Annotated[str, Query(max_length=60)]


@dataclass(frozen=True)
class Filter:
    """What of the table is wanted; an empty part wants everything."""

    kind: Kind = PAGE_WORD
    state: str = ""
    text: str = ""
    page: int = 1

    def wants(self, entry: Entry) -> bool:
        words = entry.offered.text if entry.offered else ""
        text = f"{entry.title} {entry.name} {entry.english} {words}".casefold()
        return self.state in ("", entry.state) and self.text.casefold() in text

    def address(self, language: str, **changed: object) -> str:
        asked = {"kind": self.kind, "state": self.state, "text": self.text, "page": self.page, **changed}
        return f"{WORDS}/{language}?{urlencode({name: said for name, said in asked.items() if said != ''})}"


def filter_of(
    kind: Short = "", state: Short = "", text: Short = "", page: Annotated[int, Query(ge=1, le=1000)] = 1
) -> Filter:
    return Filter(SUMMARY if kind == SUMMARY else PAGE_WORD, state if state in STATES else "", text.strip(), page)


async def form_of(request: Request) -> FormData:
    return await request.form()


Asked = Annotated[Filter, Depends(filter_of)]
Filled = Annotated[FormData, Depends(form_of)]


@router.get("")
def start(assembled: Assembled, visitor: Reader) -> Response:
    """One's own language first, else the first there is besides English."""
    codes = [code for code in assembled.catalogue.languages if code != ENGLISH]
    first = next((code for code in codes if code in visitor.languages), next(iter(codes), ENGLISH))
    return RedirectResponse(f"{WORDS}/{first}", status_code=303, headers=HEADERS)


@router.get("/{language}")
def table(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    language: str,
    asked: Asked,
    saved: Annotated[int | None, Query(ge=0, le=1000)] = None,
) -> Response:
    return _page(request, assembled, visitor, translated(assembled, language), asked, saved=saved)


@router.post("/{language}", dependencies=[Depends(same_form)])
def write(
    request: Request, assembled: Assembled, visitor: Reader, language: str, asked: Asked, filled: Filled
) -> Response:
    """Saves every row that is right; the others come back as they were typed, each with its fault."""
    own = translated(assembled, language)
    refuse_stranger(visitor, own)
    held = {entry.name: entry for entry in everything(assembled, asked.kind, own)}
    saved, troubles = save(assembled, visitor, own, held, typed_rows(filled))
    if troubles:
        return _page(request, assembled, visitor, own, asked, saved=saved, troubles=troubles)
    return RedirectResponse(asked.address(own.code, saved=saved), status_code=303, headers=HEADERS)


def translated(assembled: Parts, code: str) -> Language:
    """Raises NotFound for English too: its words are edited elsewhere."""
    if code == ENGLISH:
        raise NotFound("English page words are in content/interface.yml, summaries at the directory desk.")
    return the_language(assembled, code)


def everything(assembled: Parts, kind: Kind, own: Language) -> list[Entry]:
    with assembled.database.read() as session:
        assembled.conversations.live.follow(session)
        return entries(session, assembled.catalogue.interface, kind, own)


def _page(
    request: Request,
    assembled: Parts,
    visitor: Visitor,
    own: Language,
    asked: Filter,
    *,
    saved: int | None = None,
    troubles: Sequence[Trouble] = (),
) -> Response:
    by_kind = {kind: everything(assembled, kind, own) for kind in KINDS}
    found = by_kind[asked.kind]
    return staff_page(
        request,
        "editors/page_words.html",
        status=422 if troubles else 200,
        own=own,
        asked=asked,
        languages={code: other for code, other in assembled.catalogue.languages.items() if code != ENGLISH},
        kinds=KINDS,
        states=STATES,
        counts={state: sum(entry.state == state for entry in found) for state in STATES},
        waiting=sum(entry.waits for kind in KINDS for entry in by_kind[kind]),
        all=len(found),
        saved=saved,
        troubles=troubles,
        longest=LONGEST,
        changed=word_diff,
        may_write=may_write(visitor, own.code),
        **(_wrong_rows(found, troubles) if troubles else _wanted_rows(found, asked)),
    )


def _wanted_rows(found: Sequence[Entry], asked: Filter) -> dict[str, Any]:
    """One page of the rows that the filter wants."""
    wanted = [entry for entry in found if asked.wants(entry)]
    pages = max(1, -(-len(wanted) // ON_A_PAGE))
    page = min(asked.page, pages)
    rows = wanted[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return {"rows": rows, "page": page, "pages": pages, "total": len(wanted)}


def _wrong_rows(found: Sequence[Entry], troubles: Sequence[Trouble]) -> dict[str, Any]:
    """Those that were not saved and nothing else, so that they stand out, with what others may have saved meanwhile."""
    wrong = {trouble.typed.name: trouble for trouble in troubles}
    rows = [entry for entry in found if entry.name in wrong]
    return {"rows": rows, "wrong": wrong, "page": 1, "pages": 1, "total": len(rows)}
