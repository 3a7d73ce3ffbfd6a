"""Every list of phrases at a glance: signs by languages."""

from fastapi import APIRouter, Request, Response

from api.conversations.live_screen import KIND
from api.editors.red_flags.lists import ADDRESS, TITLES, counts, languages
from api.editors.visiting import Assembled, Reader
from api.versions import repository
from api.web.staff_pages import StaffRoute, staff_page

router = APIRouter(prefix=ADDRESS, tags=["editors"], route_class=StaffRoute, include_in_schema=False)


@router.get("")
def overview(request: Request, assembled: Assembled, visitor: Reader) -> Response:
    """How many phrases each list has; a frame where something waits for approval."""
    with assembled.database.read() as session:
        found = counts(session, assembled)
        waiting = {row.subject for row in repository.waiting(session, KIND)}
    return staff_page(
        request,
        "editors/red_flags.html",
        titles=TITLES,
        languages=languages(assembled),
        counts=found,
        waiting=waiting,
    )
