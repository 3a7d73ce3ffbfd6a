"""Words as files: download a language, look at what an edited file would suggest, make it suggestions."""

import base64
import re
import zlib
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from starlette.responses import RedirectResponse

from api.accounts import audit
from api.accounts.service import Forbidden, Visitor
from api.accounts.visiting import same_form
from api.content import exporting, repository
from api.content.files import suggesting
from api.content.files.comparing import Comparison, compare
from api.content.files.entries import LARGEST, MEGABYTE, FileEntry, FileFaulty
from api.content.files.po import read_po_file
from api.content.files.table import read_table, table_text
from api.content.glossary import load_glossary
from api.content.languages import ENGLISH, Language
from api.content.source import FIELDS
from api.conversations.assembly import Parts
from api.editors.messages.at import refuse_stranger, the_language
from api.editors.messages.diffing import word_diff
from api.editors.visiting import READERS, AskedFirst, Assembled, Reader
from api.person import Person
from api.rights import may_take, may_write
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

FILES = "/editors/files"
MOST_HELD = 1_000_000
"""Letters of a packed file that the button of a dry run brings back; a form field takes no more."""
NAME_LENGTH = 120
FAULTS_SHOWN = 100
_NAMED = re.compile(r"messages-([a-z]{2,3})\b")


class FilesRoute(StaffRoute, AskedFirst):
    roles: ClassVar[tuple[str, ...]] = READERS


router = APIRouter(prefix=FILES, tags=["editors"], route_class=FilesRoute, include_in_schema=False)
Code = Annotated[str, Form(max_length=20)]


@router.get("")
def files(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    made: Annotated[int | None, Query(ge=0, le=10_000)] = None,
    language: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    return _page(request, assembled, visitor, language, made=made)


@router.get("/{language}/messages.po")
def download_po(assembled: Assembled, visitor: Reader, language: str) -> Response:
    """What `make export` writes. English has none: PO files are translations of it."""
    own = _takeable(assembled, visitor, language)
    if own.code == ENGLISH:
        raise FileFaulty(["English is downloaded as CSV only: a PO file is a translation of it."])
    with assembled.database.read() as session:
        text = exporting.exported_po(session, own.code)
    return _download(text, f"messages-{own.code}.po", "text/x-gettext-translation")


@router.get("/{language}/messages.csv")
def download_csv(assembled: Assembled, visitor: Reader, language: str) -> Response:
    own = _takeable(assembled, visitor, language)
    with assembled.database.read() as session:
        text = table_text(exporting.exported_rows(session, own.code))
    return _download(text, f"messages-{own.code}.csv", "text/csv")


@router.post("", dependencies=[Depends(same_form)])
def look(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    language: Code = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """The dry run: what the file would suggest. Nothing is written."""
    own = the_language(assembled, language)
    refuse_stranger(visitor, own)
    name = _plain_name(file.filename) if file and file.filename else ""
    try:
        if not file or not name:
            raise FileFaulty(["Choose a file."])
        data = file.file.read(LARGEST + 1)
        found = _compared(assembled, own, name, data)
        held = _packed(data)
    except FileFaulty as error:
        return _page(request, assembled, visitor, own.code, problem=error)
    diffs = {one.key: {f: word_diff(one.before.get(f, ""), one.words[f]) for f in FIELDS} for one in found.proposed}
    return staff_page(request, "editors/files_look.html", own=own, name=name, found=found, diffs=diffs, held=held)


@router.post("/suggest", dependencies=[Depends(same_form)])
def suggest(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    language: Code = "",
    name: Annotated[str, Form(max_length=500)] = "",
    held: Annotated[str, Form(max_length=MOST_HELD)] = "",
) -> Response:
    """Makes suggestions of what the file says now, all of them or none."""
    own, origin = the_language(assembled, language), _plain_name(name)
    refuse_stranger(visitor, own)
    try:
        entries = _entries(own, origin, _unpacked(held))
        with assembled.database.write() as session:
            found = compare(session, entries, own, load_glossary(assembled.settings.content_folder))
            by = Person(visitor.name, visitor.account_id)
            made = suggesting.suggest(session, found.proposed, own.code, origin, by)
            after = {"suggestions": len(made), "messages": [row.key for row in made]}
            audit.record(session, by=visitor, what="file.imported", subject=f"{origin} ({own.code})", after=after)
    except FileFaulty as error:
        return _page(request, assembled, visitor, own.code, problem=error)
    return RedirectResponse(f"{FILES}?made={len(made)}&language={own.code}", status_code=303, headers=HEADERS)


def _compared(assembled: Parts, own: Language, name: str, data: bytes) -> Comparison:
    entries = _entries(own, name, data)
    with assembled.database.read() as session:
        return compare(session, entries, own, load_glossary(assembled.settings.content_folder))


def _entries(own: Language, name: str, data: bytes) -> Sequence[FileEntry]:
    kind = name.rpartition(".")[2].casefold()
    told = _NAMED.search(name)
    if told and told[1] != own.code:
        raise FileFaulty([f"{name} is named for {told[1]}, and you chose {own.name_in_english}. Choose its language."])
    if kind == "csv":
        return read_table(data)
    if kind != "po":
        raise FileFaulty([f"{name} is neither PO nor CSV. Its name must end in .po or .csv."])
    if own.code == ENGLISH:
        raise FileFaulty(["English is imported as CSV only: a PO file is a translation of it."])
    return read_po_file(data, own)


def _packed(data: bytes) -> str:
    held = base64.urlsafe_b64encode(zlib.compress(data, 9)).decode()
    if len(held) > MOST_HELD:
        raise FileFaulty(["The file says too much at once. Import it in two parts."])
    return held


def _unpacked(held: str) -> bytes:
    """At most one byte more than a file may have; raises FileFaulty."""
    try:
        return zlib.decompressobj().decompress(base64.urlsafe_b64decode(held), LARGEST + 1)
    except (ValueError, zlib.error) as error:
        raise FileFaulty(["The file did not come back whole from the page. Choose it again."]) from error


def _plain_name(name: str) -> str:
    """The last part of a file's name, without what cannot be seen."""
    return "".join(letter for letter in re.split(r"[/\\]", name)[-1] if letter.isprintable()).strip()[-NAME_LENGTH:]


def _takeable(assembled: Parts, visitor: Visitor, code: str) -> Language:
    own = the_language(assembled, code)
    if not may_take(visitor, own.code):
        raise Forbidden(f"You do not work in {own.name_in_english}. Ask your administrator.")
    return own


def _page(
    request: Request,
    assembled: Parts,
    visitor: Visitor,
    language: str,
    *,
    made: int | None = None,
    problem: FileFaulty | None = None,
) -> Response:
    languages = [own for own in assembled.catalogue.languages.values() if may_take(visitor, own.code)]
    with assembled.database.read() as session:
        rows = {own.code: repository.suggestions(session, own.code) for own in languages}
    told: dict[str, Any] = {
        "languages": languages,
        "waiting": {code: sorted({row.key for row in own if row.decision is None}) for code, own in rows.items()},
        "writable": [own for own in languages if may_write(visitor, own.code)],
        "largest": LARGEST // MEGABYTE,
        "most": FAULTS_SHOWN,
    }
    faults = problem.faults if isinstance(problem, FileFaulty) else []
    status = problem.status if problem else 200
    return staff_page(request, "editors/files.html", status=status, language=language, made=made, faults=faults, **told)


def _download(text: str, name: str, media_type: str) -> Response:
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.encode("utf-8"), media_type=f"{media_type}; charset=utf-8", headers=headers)
