"""Did this help? Asked under an answer, told with a form, on the page and in the widget alike."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from api.channels.web import handling, talking
from api.channels.web.endpoints import Assembled
from api.channels.web.failures import FamilyRoute, refused
from api.channels.web.showing import HEADERS, REASONS, chat_page, page
from api.channels.web.talking import Turn
from api.channels.web.visits import Visit, visit
from api.conversations import feedback
from api.conversations.asking import Verdict
from api.conversations.assembly import Parts
from api.conversations.schemas import Reply
from api.errors import NotFound, Unusable

router = APIRouter(tags=["pages"], route_class=FamilyRoute, include_in_schema=False)
Typed = Annotated[str, Form()]


@router.get("/feedback")
def back_to_home() -> Response:
    return RedirectResponse("/", status_code=303)


@router.get("/widget/feedback")
def back_to_widget() -> Response:
    return RedirectResponse("/widget", status_code=303)


@router.post("/feedback")
@router.post("/widget/feedback")
def tell(
    request: Request,
    assembled: Assembled,
    reply: Typed = "",
    helped: Typed = "",
    told: Typed = "",
    reason: Typed = "",
    detail: Typed = "",
    conversation: Typed = "",
    language: Typed = "",
) -> Response:
    """Keeps the verdict and shows the answer with it. `told`: "why" when the form asked for a reason.

    What was typed is looked at for danger even when no reason was chosen, and when it cannot be kept.
    """
    seen = visit(request, assembled, conversation=conversation, language=language)
    no = refused(request, assembled, seen)
    if no is not None:
        return no
    seen = replace(seen, language=talking.language_after(assembled, seen.conversation, seen.language))
    words = detail.replace("\r\n", "\n")
    danger, is_reasonless = _kept(assembled, seen, reply, helped, reason, words, is_why=told == "why")
    if danger is not None:
        return _warned(assembled, seen, danger)
    if seen.wants_fragment or is_reasonless:
        return _shown(assembled, seen, reply, words if is_reasonless else None)
    if seen.place.is_widget:
        return handling.look(assembled, seen)
    return RedirectResponse(f"{seen.place.home}#help-{reply}", status_code=303, headers=HEADERS)


def _kept(
    assembled: Parts, seen: Visit, reply: str, helped: str, reason: str, detail: str, *, is_why: bool
) -> tuple[Reply | None, bool]:
    """The urgent reply if there is danger in `detail`, and whether a reason is missing."""
    conversations = assembled.conversations
    if seen.conversation is None:
        raise NotFound("There is no conversation here.")
    if is_why and reason not in REASONS:
        return conversations.danger_reply(seen.conversation, detail, seen.language), True
    if helped not in ("yes", "no"):
        raise Unusable("Say yes or no.")
    verdict = Verdict(True) if helped == "yes" else Verdict(False, reason or None, detail)
    return feedback.receive(conversations, seen.conversation, reply, verdict, seen.language), False


def _warned(assembled: Parts, seen: Visit, danger: Reply) -> Response:
    """Danger at the top of the page, or to the script as an answer of its own."""
    turn = Turn("", danger)
    if seen.wants_fragment:
        return page("fragments/turn.html", assembled, seen, turn=turn)
    return chat_page(assembled, seen, greeting=None, turns=[turn])


def _shown(assembled: Parts, seen: Visit, reply: str, typed: str | None) -> Response:
    """The question with the verdict; with `typed` it asks once more for a reason, and keeps the words."""
    turns = [_asked_again(turn, reply, typed) for turn in talking.turns(assembled, seen.conversation)]
    told = next((turn for turn in turns if turn.reply.reply_id == reply), None)
    if told is None or not told.reply.ask_if_helped:
        raise NotFound("There is no such reply.")
    status = 422 if typed is not None else 200
    if seen.wants_fragment:
        return page("fragments/help.html", assembled, seen, status=status, turn=told)
    return chat_page(assembled, seen, greeting=None, turns=turns, status=status)


def _asked_again(turn: Turn, reply: str, typed: str | None) -> Turn:
    if typed is None or turn.reply.reply_id != reply:
        return turn
    return replace(turn, verdict=Verdict(False, None, typed), is_reasonless=True)
