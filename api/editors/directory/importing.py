"""Importing a feed or a table: a form, a dry run to read, one button to write it, one to take it back."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from starlette.responses import RedirectResponse

from api.accounts.visiting import same_form
from api.conversations.assembly import Parts
from api.database import now
from api.directory.importing import repository
from api.directory.importing.addresses import AddressRefused
from api.directory.importing.models import Import
from api.directory.importing.reading import LARGEST, MEGABYTE, FileUnusable
from api.directory.importing.report import report_csv
from api.directory.importing.running import Importer
from api.directory.importing.table import COLUMNS, TableUnusable, template
from api.editors.directory.desk import DESK
from api.editors.visiting import AskedFirst, Assembled, Editor
from api.errors import BumplineError, Unusable
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

IMPORTS = f"{DESK}/import"
SHOWN = 20
PER_PAGE = 100
LOOK_AGAIN = "2"
"""Seconds until a page about an import that still reads is fetched again."""
Only = Literal["", "errors", "changes"]
Page = Annotated[int, Query(ge=1, le=10_000)]
Ticked = Annotated[bool, Form()]


class ImportRoute(StaffRoute, AskedFirst):
    """A page for staff that only editors' bytes reach."""


router = APIRouter(prefix=IMPORTS, tags=["editors"], route_class=ImportRoute, include_in_schema=False)


@router.get("")
def choose(request: Request, assembled: Assembled, visitor: Editor) -> Response:
    return _form(request, assembled)


@router.post("", dependencies=[Depends(same_form)])
def begin(
    request: Request,
    assembled: Assembled,
    visitor: Editor,
    address: Annotated[str, Form(max_length=2000)] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """A file is read at once, so that one which cannot be read is refused here; a feed is fetched in a thread."""
    importer = _importer(assembled)
    name = file.filename if file and file.filename else ""
    try:
        if bool(name) == bool(address.strip()):
            raise Unusable("Give either the address of a feed or a file.")
        if file and name:
            import_id = importer.from_file(name, file.file.read(LARGEST + 1), by=visitor.name)
        else:
            import_id = importer.from_url(address.strip(), by=visitor.name)
    except (AddressRefused, FileUnusable, TableUnusable, Unusable) as error:
        return _form(request, assembled, address=address, problem=error)
    return _to(import_id)


@router.get("/template.csv")
def table_template(visitor: Editor) -> Response:
    return _download(template(), "directory-template.csv")


@router.get("/{import_id}")
def look(
    request: Request, assembled: Assembled, visitor: Editor, import_id: str, only: Only = "", page: Page = 1
) -> Response:
    """How far it is; then what it would do; then what it did."""
    return _result(request, assembled, import_id, only=only, page=page)


@router.get("/{import_id}/report.csv")
def report(assembled: Assembled, visitor: Editor, import_id: str) -> Response:
    row = _importer(assembled).look(import_id)
    return _download(report_csv(row.report or {}), "import-report.csv")


@router.post("/{import_id}/apply", dependencies=[Depends(same_form)])
def apply(
    request: Request, assembled: Assembled, visitor: Editor, import_id: str, leave_out: Ticked = False
) -> Response:
    try:
        _importer(assembled).apply(import_id, by=visitor.name, leave_out_errors=leave_out)
    except BumplineError as error:
        return _result(request, assembled, import_id, problem=error)
    return _to(import_id)


@router.post("/{import_id}/undo", dependencies=[Depends(same_form)])
def undo(request: Request, assembled: Assembled, visitor: Editor, import_id: str, sure: Ticked = False) -> Response:
    try:
        if not sure:
            raise Unusable("Tick that you want to undo the whole import.")
        _importer(assembled).undo(import_id, by=visitor.name)
    except BumplineError as error:
        return _result(request, assembled, import_id, problem=error)
    return _to(import_id)


def _importer(assembled: Parts) -> Importer:
    settings = assembled.settings
    return Importer(assembled.database, settings.content_folder, allow_loopback=not settings.is_production)


def _form(request: Request, assembled: Parts, *, address: str = "", problem: BumplineError | None = None) -> Response:
    moment = now()
    with assembled.database.read() as session:
        earlier = [(row, row.state_at(moment)) for row in repository.imports(session, SHOWN)]
    told: dict[str, Any] = {"columns": COLUMNS, "largest": LARGEST // MEGABYTE}
    return staff_page(
        request,
        "import.html",
        status=problem.status if problem else 200,
        earlier=earlier,
        address=address,
        problem=problem.message if problem else "",
        **told,
    )


def _result(
    request: Request,
    assembled: Parts,
    import_id: str,
    *,
    only: Only = "",
    page: int = 1,
    problem: BumplineError | None = None,
) -> Response:
    row = _importer(assembled).look(import_id)
    state, found = row.state_at(now()), _listed(row, only)
    begin = (page - 1) * PER_PAGE
    response = staff_page(
        request,
        "import_result.html",
        status=problem.status if problem else 200,
        row=row,
        state=state,
        report=row.report or {},
        counts=(row.report or {}).get("counts", {}),
        listed=found[begin : begin + PER_PAGE],
        total=len(found),
        only=only,
        page=page,
        pages=max(1, -(-len(found) // PER_PAGE)),
        problem=problem.message if problem else "",
    )
    if state == "reading":
        response.headers["Refresh"] = LOOK_AGAIN
    return response


def _listed(row: Import, only: Only) -> Sequence[dict[str, Any]]:
    """Records with errors first, then those that would change something, each in the order of the feed."""
    records: list[dict[str, Any]] = (row.report or {}).get("records", [])
    wanted = {
        "": lambda record: True,
        "errors": lambda record: record["action"] == "refused",
        "changes": lambda record: bool(record["changes"] or record["twins"]),
    }[only]
    order = {"refused": 0, "propose": 1, "update": 2, "new": 3, "same": 4}
    return sorted(filter(wanted, records), key=lambda record: (order[record["action"]], record["number"]))


def _to(import_id: str) -> Response:
    return RedirectResponse(f"{IMPORTS}/{import_id}", status_code=303, headers=HEADERS)


def _download(text: str, name: str) -> Response:
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.encode("utf-8"), media_type="text/csv; charset=utf-8", headers=headers)
