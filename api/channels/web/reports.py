"""What is wrong with a place that can help: families and professionals say so on the same page."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from starlette.responses import Response

from api.channels.web.endpoints import Assembled
from api.channels.web.failures import FamilyRoute, refused
from api.channels.web.showing import page
from api.channels.web.visits import Visit, visit
from api.conversations.assembly import Parts
from api.directory import reporting
from api.errors import Unusable

WORDS = {
    "phone": "reason_phone",
    "closed": "reason_closed",
    "address": "reason_address",
    "hours": "reason_hours",
    "refused": "reason_refused",
    "other": "reason_other",
}
router = APIRouter(tags=["reports"], route_class=FamilyRoute, include_in_schema=False)
ServiceId = Annotated[str, Path(max_length=80)]
Typed = Annotated[str, Form(max_length=5000)]


@router.get("/service/{service_id}/report")
def ask(request: Request, assembled: Assembled, service_id: ServiceId, lang: str = "", by: str = "") -> Response:
    return _shown(assembled, visit(request, assembled, language=lang), service_id, by=by)


@router.post("/service/{service_id}/report")
def tell(
    request: Request,
    assembled: Assembled,
    service_id: ServiceId,
    reason: Typed = "",
    detail: Typed = "",
    language: Typed = "",
    by: Typed = "",
) -> Response:
    seen = visit(request, assembled, language=language)
    no = refused(request, assembled, seen, detail)
    if no is not None:
        return no
    try:
        with assembled.database.write() as session:
            reporter: reporting.Reporter = "professional" if by == "staff" else "family"
            reporting.report(session, service_id, reason=reason, detail=detail, reporter=reporter)
    except Unusable:
        return _shown(assembled, seen, service_id, by=by, detail=detail, is_missing=True)
    return _shown(assembled, seen, service_id, by=by, is_done=True)


def _shown(
    assembled: Parts,
    seen: Visit,
    service_id: str,
    *,
    by: str = "",
    detail: str = "",
    is_missing: bool = False,
    is_done: bool = False,
) -> Response:
    with assembled.database.read() as session:
        assembled.conversations.live.follow(session)
        name = reporting.service_name(session, service_id)
    status = 422 if is_missing else 200
    values = {"name": name, "reasons": WORDS, "by": by, "detail": detail, "is_missing": is_missing, "is_done": is_done}
    return page("report.html", assembled, seen, status=status, service_id=service_id, **values)
