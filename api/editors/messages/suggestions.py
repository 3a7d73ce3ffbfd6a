"""Leaving out what a file suggested, and bringing it back. Taking it is saving the form of the desk."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path
from starlette.responses import RedirectResponse, Response

from api.accounts.visiting import same_form
from api.content.files import suggesting
from api.editors.messages import offered
from api.editors.messages.at import Here, refuse_stranger
from api.editors.messages.overview import MESSAGES
from api.editors.visiting import Assembled, Reader
from api.person import Person
from api.web.staff_pages import HEADERS, StaffRoute

router = APIRouter(prefix=MESSAGES, tags=["editors"], route_class=StaffRoute, include_in_schema=False)
Numbered = Annotated[int, Path(ge=1, le=offered.LARGEST_ID)]


@router.post("/{topic}/{question}/{language}/suggestions/{suggestion_id}/{decision}", dependencies=[Depends(same_form)])
def decide(
    assembled: Assembled,
    visitor: Reader,
    here: Here,
    suggestion_id: Numbered,
    decision: Literal["leave-out", "bring-back"],
) -> Response:
    """Back to the desk; who may not write in a language may not decide in it."""
    refuse_stranger(visitor, here.language)
    with assembled.database.write() as session:
        found = suggesting.suggestion(session, here.key, here.code, suggestion_id)
        if decision == "leave-out":
            suggesting.leave_out(found, Person(visitor.name, visitor.account_id))
            offered.note(session, visitor, "suggestion.left_out", found)
        else:
            suggesting.bring_back(found)
            offered.note(session, visitor, "suggestion.brought_back", found)
    return RedirectResponse(f"{MESSAGES}/{here.key}/{here.code}?done={decision}", status_code=303, headers=HEADERS)
