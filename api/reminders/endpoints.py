"""What became of the reminders, for administrators."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.accounts.visiting import require
from api.conversations.assembly import Parts
from api.dependencies import parts
from api.reminders import repository
from api.web.staff_pages import StaffRoute, staff_page

router = APIRouter(tags=["reminders"], route_class=StaffRoute, include_in_schema=False)
SHOWN = 200


@router.get("/reminders", dependencies=[Depends(require("admin"))])
def reminders_page(request: Request, assembled: Annotated[Parts, Depends(parts)]) -> Response:
    """The newest first: whom, which week, what came of it, and why not."""
    with assembled.database.read() as session:
        rows = repository.newest(session, SHOWN)
    return staff_page(request, "reminders.html", rows=rows, has_mail=assembled.settings.has_mail)
