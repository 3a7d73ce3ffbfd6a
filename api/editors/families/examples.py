"""Sentences added for the bot to learn from: who added what, when, and whether a training has taken it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api.accounts import audit
from api.accounts.visiting import same_form
from api.content import training
from api.content.training import Wanted
from api.conversations import unanswered
from api.editors.families.acting import PER_PAGE, Page, Short, address, back_to, pages, refuse_reader, shared
from api.editors.messages.offered import LARGEST_ID
from api.editors.visiting import Assembled, Reader
from api.web.staff_pages import StaffRoute, staff_page

EXAMPLES = "/editors/examples"
router = APIRouter(prefix=EXAMPLES, tags=["editors"], route_class=StaffRoute, include_in_schema=False)


@router.get("")
def examples(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    key: Short = "",
    language: Short = "",
    state: Annotated[str, Query(pattern="^(waiting|taken|)$")] = "",
    text: Short = "",
    page: Page = 1,
    done: Short = "",
) -> Response:
    """Newest first."""
    wanted = Wanted(key, language, state, text)
    with assembled.database.read() as session:
        total = training.count(session, wanted)
        listed = training.examples(session, wanted, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    return staff_page(
        request,
        "editors/examples.html",
        listed=listed,
        total=total,
        asked=wanted,
        here=address(EXAMPLES, key=key, language=language, state=state, text=text),
        page=page,
        pages=pages(total),
        done=done,
        **shared(assembled),
    )


@router.post("/{example_id}/remove", dependencies=[Depends(same_form)])
def remove(assembled: Assembled, visitor: Reader, example_id: Annotated[int, Path(ge=0, le=LARGEST_ID)]) -> Response:
    """Takes an example back before a training takes it; the sentence waits again."""
    with assembled.database.write() as session:
        row = training.remove(session, example_id)
        refuse_reader(visitor, row.language)
        unanswered.forget_example(session, example_id)
        audit.record(
            session, by=visitor, what="example.removed", subject=f"{row.key} ({row.language}), example {row.id}"
        )
    return back_to(EXAMPLES, done="removed")
