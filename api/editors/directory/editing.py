"""One entry: the form, its history, and what was reported of it."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.datastructures import FormData
from pydantic import ValidationError
from starlette.responses import RedirectResponse

from api.accounts import audit
from api.accounts.visiting import same_form
from api.conversations.assembly import Parts
from api.directory import curating
from api.directory import curating_repository as kept
from api.directory.curating import ChangedMeanwhile
from api.directory.entry import ServiceEntry
from api.directory.folding import folded
from api.directory.openings import LONDON
from api.directory.source import faults, read_categories
from api.editors.directory import form as forms
from api.editors.directory.desk import DESK
from api.editors.visiting import Assembled, Editor
from api.errors import BumplineError, Conflict, Unusable
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

router = APIRouter(prefix=DESK, tags=["editors"], route_class=StaffRoute, include_in_schema=False)
SEEN = "seen"
"""When the entry was last changed, as the form was opened."""


async def form_of(request: Request) -> FormData:
    return await request.form()


Filled = Annotated[FormData, Depends(form_of)]


@router.get("/new")
def new(request: Request, assembled: Assembled, visitor: Editor) -> Response:
    return _form(request, assembled, forms.empty_fields())


@router.post("/new", dependencies=[Depends(same_form)])
def add(request: Request, assembled: Assembled, visitor: Editor, filled: Filled) -> Response:
    data = _data(filled) | {"id": "_".join(folded(str(filled.get("name", ""))).split())[:80] or "unnamed"}
    data = {name: value for name, value in data.items() if not name.startswith("assured_")}
    try:
        entry = _entry(assembled, data)
        with assembled.database.write() as session:
            made = curating.add(session, entry, by=visitor.name)
            audit.record(session, by=visitor, what="entry.added", subject=entry.id, after=made.after)
    except (ValidationError, Unusable, Conflict) as error:
        return _form(request, assembled, forms.retyped(data), error=error)
    return _saved(entry.id, made.id)


@router.get("/entries/{service_id}")
def edit(
    request: Request,
    assembled: Assembled,
    visitor: Editor,
    service_id: str,
    done: Annotated[str, Query(max_length=20)] = "",
    undo: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    with assembled.database.read() as session:
        entry, changed_at = curating.entry_of(session, service_id)
    shown: dict[str, Any] = {"done": done, "undo": undo, "seen": changed_at.isoformat()}
    return _form(request, assembled, forms.fields(entry), entry=entry, **shown)


@router.post("/entries/{service_id}", dependencies=[Depends(same_form)])
def save(request: Request, assembled: Assembled, visitor: Editor, service_id: str, filled: Filled) -> Response:
    """Saves, or shows what was typed again with every fault beside its field."""
    data = _data(filled) | {"id": service_id}
    seen = str(filled.get(SEEN, ""))
    with assembled.database.read() as session:
        held, changed_at = curating.entry_of(session, service_id)
    data |= held.model_dump(mode="json", include={"assured_on", "assured_by", "assured_how"})
    try:
        entry = _entry(assembled, data)
        with assembled.database.write() as session:
            made = curating.change(session, entry, by=visitor.name, seen=_moment(seen))
            if made:
                told = curating.differences(made.before, made.after)
                audit.record(session, by=visitor, what="entry.changed", subject=service_id, **_both(told))
    except (ValidationError, BumplineError) as error:
        is_late = isinstance(error, ChangedMeanwhile)
        told = curating.differences(held.model_dump(mode="json"), data) if is_late else []
        seen = changed_at.isoformat() if is_late else seen
        return _form(request, assembled, forms.retyped(data), error=error, entry=held, seen=seen, conflict=told)
    return _saved(service_id, made.id if made else 0)


@router.get("/entries/{service_id}/history")
def history(request: Request, assembled: Assembled, visitor: Editor, service_id: str) -> Response:
    """Everything that was done to the entry and said of it, newest first."""
    with assembled.database.read() as session:
        entry, _ = curating.entry_of(session, service_id)
        changes = [(row, curating.differences(row.before, row.after)) for row in kept.changes(session, service_id)]
        reports = kept.reports_of(session, service_id)
    return staff_page(request, "editors/history.html", entry=entry, changes=changes, reports=reports)


def _data(filled: FormData) -> dict[str, Any]:
    """Raises Unusable for a form that is not ours."""
    said = {name: [v for v in filled.getlist(name) if isinstance(v, str)] for name in filled if name not in OURS}
    try:
        return forms.typed(said)
    except (TypeError, AttributeError, ValueError) as error:
        raise Unusable("This form is not whole. Open the entry again.") from error


OURS = {"csrf", SEEN}


def _entry(assembled: Parts, data: dict[str, Any]) -> ServiceEntry:
    """Raises ValidationError, or Unusable for a term that nobody knows."""
    entry = ServiceEntry.model_validate(data)
    known = {category.name for category in read_categories(assembled.settings.content_folder)}
    curating.refuse_unknown(entry, assembled.catalogue.taxonomy, known)
    return entry


def _form(
    request: Request,
    assembled: Parts,
    shown: forms.Fields,
    *,
    error: Exception | None = None,
    entry: ServiceEntry | None = None,
    **values: Any,
) -> Response:
    return staff_page(
        request,
        "editors/edit.html",
        status=_status(error),
        shown=shown,
        rows=forms.rows,
        entry=entry,
        problems=_problems(error),
        needs={key: term.label for key, term in assembled.catalogue.taxonomy.items()},
        categories=read_categories(assembled.settings.content_folder),
        standing=_standing(assembled, entry),
        how=curating.HOW,
        **values,
    )


def _both(told: list[tuple[str, Any, Any]]) -> dict[str, dict[str, Any]]:
    """Only the fields that differ, before and after."""
    return {"before": {n: old for n, old, _ in told}, "after": {n: new for n, _, new in told}}


def _status(error: Exception | None) -> int:
    if error is None:
        return 200
    return error.status if isinstance(error, BumplineError) else 422


def _problems(error: Exception | None) -> dict[str, str]:
    """Field -> what is wrong with it."""
    if error is None:
        return {}
    said = faults(error) if isinstance(error, ValidationError) else [str(error)]
    split = [text.partition(": ") for text in said]
    return {(name if rest else "form"): rest or name for name, _, rest in split}


def _standing(assembled: Parts, entry: ServiceEntry | None) -> str:
    today = datetime.now(LONDON).date()
    return assembled.catalogue.trust.standing(entry.assured_on, today) if entry else ""


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Unusable("This form is not whole. Open the entry again.") from error


def _saved(service_id: str, change_id: int) -> Response:
    done = f"?done=saved&undo={change_id}" if change_id else "?done=same"
    return RedirectResponse(f"{DESK}/entries/{service_id}{done}", status_code=303, headers=HEADERS)
