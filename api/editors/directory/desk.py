"""The directory desk: what waits for an editor, and what is decided with one click."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse

from api.accounts import audit
from api.accounts.visiting import same_form
from api.conversations.assembly import Parts
from api.directory import curating, deciding
from api.directory import curating_repository as kept
from api.directory.folding import folded
from api.directory.openings import LONDON
from api.directory.trust_models import Change
from api.editors.visiting import Assembled, Editor, Typed
from api.web.staff_pages import HEADERS, StaffRoute, staff_page, staff_text

DESK = "/editors/directory"
PER_PAGE = 25
router = APIRouter(prefix=DESK, tags=["editors"], route_class=StaffRoute, include_in_schema=False)
Waiting = Literal["reports", "due", "proposals", "held"]
Page = Annotated[int, Query(ge=1, le=10_000)]


@dataclass(frozen=True)
class Due:
    """One entry whose check is due, and when its service was last asked."""

    service: Any
    standing: str
    asked_at: datetime | None


@router.get("")
def desk(
    request: Request,
    assembled: Assembled,
    visitor: Editor,
    waiting: Annotated[Waiting | None, Query(alias="list")] = None,
    page: Page = 1,
    done: Annotated[str, Query(max_length=20)] = "",
    undo: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """One of the four lists; at first the one that is most urgent and not empty."""
    today = datetime.now(LONDON).date()
    with assembled.database.read() as session:
        counts = kept.counts(session, assembled.catalogue.trust.due_before(today))
        chosen: str = waiting or next((name for name, count in counts.items() if count), "reports")
        listed = LISTS[chosen](session, assembled, today, (page - 1) * PER_PAGE)
        name = _changed_name(session, undo) if done else ""
    shown: dict[str, Any] = {
        "counts": counts,
        "chosen": chosen,
        "listed": listed,
        "page": page,
        "pages": _pages(counts[chosen]),
    }
    trust = assembled.catalogue.trust
    shown |= {"due_days": trust.due_days, "grace_days": trust.grace_days}
    told: dict[str, Any] = {
        "done": done,
        "undo": undo,
        "name": name,
        "how": curating.HOW,
        "outcomes": deciding.OUTCOMES,
    }
    return staff_page(request, "editors/desk.html", labels=_labels(), **shown, **told)


@router.get("/entries")
def entries(
    request: Request,
    assembled: Assembled,
    visitor: Editor,
    text: Annotated[str, Query(max_length=200)] = "",
    listing: Annotated[str, Query(max_length=20)] = "",
    page: Page = 1,
) -> Response:
    """Every entry, by name, whoever may see it."""
    with assembled.database.read() as session:
        found, total = kept.entries(
            session, words=folded(text).split(), listing=listing or None, limit=PER_PAGE, offset=(page - 1) * PER_PAGE
        )
    trust, today = assembled.catalogue.trust, datetime.now(LONDON).date()
    listed = [(service, trust.standing(service.assured_on, today)) for service in found]
    asked = {"text": text, "listing": listing}
    return staff_page(
        request, "editors/entries.html", listed=listed, total=total, page=page, pages=_pages(total), asked=asked
    )


@router.post("/entries/{service_id}/check", dependencies=[Depends(same_form)])
def check(
    assembled: Assembled, visitor: Editor, service_id: str, how: Typed = "", back: Annotated[bool, Form()] = False
) -> Response:
    """Checked with the service today, nothing changed."""
    today = datetime.now(LONDON).date()
    with assembled.database.write() as session:
        made = curating.check(session, service_id, by=visitor.name, how=how, on=today)
        audit.record(session, by=visitor, what="entry.checked", subject=service_id, after={"how": how})
    target = f"{DESK}/entries/{service_id}?done=checked" if back else f"{DESK}?list=due&done=checked"
    return _to(f"{target}&undo={made.id}")


@router.get("/entries/{service_id}/chase")
def chase(request: Request, assembled: Assembled, visitor: Editor, service_id: str) -> Response:
    """An e-mail to the service, written out: is all of this still right?"""
    with assembled.database.read() as session:
        entry, _ = curating.entry_of(session, service_id)
    letter = staff_text("editors/chase.txt", entry=entry, visitor=visitor)
    return staff_page(request, "editors/chase.html", entry=entry, letter=letter)


@router.post("/entries/{service_id}/asked", dependencies=[Depends(same_form)])
def asked(assembled: Assembled, visitor: Editor, service_id: str) -> Response:
    with assembled.database.write() as session:
        curating.ask(session, service_id, by=visitor.name)
        audit.record(session, by=visitor, what="entry.asked", subject=service_id)
    return _to(f"{DESK}?list=due")


@router.post("/changes/{change_id}/put-back", dependencies=[Depends(same_form)])
def put_back(assembled: Assembled, visitor: Editor, change_id: int) -> Response:
    with assembled.database.write() as session:
        made = curating.put_back(session, change_id, by=visitor.name)
        held = session.get(Change, change_id)
        service_id = held.service_id if held else ""
        audit.record(session, by=visitor, what="entry.put_back", subject=service_id, after={"before_change": change_id})
    done = f"?done=put_back&undo={made.id}" if made else ""
    return _to(f"{DESK}/entries/{service_id}{done}")


@router.post("/reports/{report_id}/close", dependencies=[Depends(same_form)])
def close_report(
    assembled: Assembled, visitor: Editor, report_id: int, outcome: Typed = "", note: Typed = ""
) -> Response:
    with assembled.database.write() as session:
        row = deciding.close_report(session, report_id, by=visitor.name, outcome=outcome, note=note)
        audit.record(session, by=visitor, what="report.closed", subject=row.service_id, after={"outcome": row.outcome})
    return _to(f"{DESK}?list=reports&done=closed&undo={report_id}")


@router.post("/reports/{report_id}/reopen", dependencies=[Depends(same_form)])
def reopen_report(assembled: Assembled, visitor: Editor, report_id: int) -> Response:
    with assembled.database.write() as session:
        row = deciding.reopen_report(session, report_id)
        audit.record(session, by=visitor, what="report.reopened", subject=row.service_id)
    return _to(f"{DESK}?list=reports")


@router.post("/proposals/{proposal_id}/{decision}", dependencies=[Depends(same_form)])
def decide(assembled: Assembled, visitor: Editor, proposal_id: int, decision: Literal["accept", "decline"]) -> Response:
    verb = deciding.accept if decision == "accept" else deciding.decline
    with assembled.database.write() as session:
        row = verb(session, proposal_id, by=visitor.name)
        audit.record(session, by=visitor, what=f"proposal.{row.decision}", subject=row.service_id, after=row.reason)
    return _to(f"{DESK}?list=proposals&done={decision}")


def _reports(session: Session, assembled: Parts, today: date, offset: int) -> list[Any]:
    return kept.open_reports(session, limit=PER_PAGE, offset=offset)


def _due(session: Session, assembled: Parts, today: date, offset: int) -> list[Due]:
    found = kept.due(session, assembled.catalogue.trust.due_before(today), limit=PER_PAGE, offset=offset)
    asked_at = kept.last_asked(session, [service.id for service in found], curating.ASKED)
    trust = assembled.catalogue.trust
    return [Due(s, trust.standing(s.assured_on, today), asked_at.get(s.id)) for s in found]


def _proposals(session: Session, assembled: Parts, today: date, offset: int) -> list[Any]:
    return kept.proposals(session, limit=PER_PAGE, offset=offset)


def _held(session: Session, assembled: Parts, today: date, offset: int) -> list[Any]:
    return kept.on_hold(session, limit=PER_PAGE, offset=offset)


LISTS: dict[str, Callable[[Session, Parts, date, int], list[Any]]] = {
    "reports": _reports,
    "due": _due,
    "proposals": _proposals,
    "held": _held,
}


def _labels() -> dict[str, str]:
    return {"reports": "Reported as wrong", "due": "Due for a check", "proposals": "Proposed", "held": "On hold"}


def _changed_name(session: Session, change_id: int) -> str:
    made = session.get(Change, change_id)
    return str((made.after or {}).get("name", "")) if made else ""


def _pages(total: int) -> int:
    return max(1, -(-total // PER_PAGE))


def _to(target: str) -> Response:
    return RedirectResponse(target, status_code=303, headers=HEADERS)
