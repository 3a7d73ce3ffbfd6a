"""The audit log: searched, read, and taken away as a table."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.responses import StreamingResponse

from api.accounts import audit_search
from api.accounts.audit_search import Wanted
from api.accounts.difference import changes
from api.accounts.models import AuditEntry
from api.accounts.visiting import Stored, require
from api.database import Database
from api.errors import Unusable
from api.web.spreadsheet import harmless
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

SHOWN = 50
READ_AT_ONCE = 1000
COLUMNS = ("id", "at", "who", "what", "subject", "before", "after")
router = APIRouter(route_class=StaffRoute, dependencies=[Depends(require("admin"))])
Asked = Annotated[str, Query(max_length=300)]


def wanted(
    who: Asked = "", what: Asked = "", subject: Asked = "", text: Asked = "", since: Asked = "", until: Asked = ""
) -> Wanted:
    return Wanted(who, what, subject.strip(), text.strip(), since.strip(), until.strip())


Sought = Annotated[Wanted, Depends(wanted)]


@router.get("/audit")
def audit_page(
    request: Request, stored: Stored, sought: Sought, before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None
) -> Response:
    found, problem = list[AuditEntry](), ""
    with stored.read() as session:
        try:
            found = audit_search.entries(session, sought, limit=SHOWN + 1, before=before)
        except Unusable as error:
            problem = error.message
        people, deeds = audit_search.people(session), audit_search.deeds(session)
    shown: dict[str, Any] = {
        "entries": [(entry, changes(entry.before, entry.after)) for entry in found[:SHOWN]],
        "older": found[SHOWN - 1].id if len(found) > SHOWN else None,
        "is_first_page": before is None,
    }
    status = 422 if problem else 200
    values = {"asked": sought, "problem": problem, "people": people, "deeds": deeds, **shown}
    return staff_page(request, "audit.html", status=status, **values)


@router.get("/audit.csv")
def audit_table(stored: Stored, sought: Sought) -> Response:
    """Everything that matches, newest first; no cell is taken for a formula."""
    with stored.read() as session:
        audit_search.entries(session, sought, limit=1)
    headers = {**HEADERS, "Content-Disposition": 'attachment; filename="audit.csv"'}
    return StreamingResponse(_lines(stored, sought), media_type="text/csv; charset=utf-8", headers=headers)


def _lines(stored: Database, sought: Wanted) -> Iterator[str]:
    yield _line(COLUMNS)
    last: int | None = None
    while True:
        with stored.read() as session:
            found = audit_search.entries(session, sought, limit=READ_AT_ONCE, before=last)
        yield "".join(_line(_cells(entry)) for entry in found)
        if len(found) < READ_AT_ONCE:
            return
        last = found[-1].id


def _cells(entry: AuditEntry) -> tuple[str, ...]:
    values = ("" if value is None else json.dumps(value, ensure_ascii=False) for value in (entry.before, entry.after))
    return (str(entry.id), entry.at.isoformat(), entry.by_name, entry.what, entry.subject, *values)


def _line(cells: tuple[str, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([harmless(cell) for cell in cells])
    return written.getvalue()
