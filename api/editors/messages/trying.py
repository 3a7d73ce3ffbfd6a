"""What would this message do? The whole way a family's text goes, on every channel, and nothing of it is kept."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from api.accounts.visiting import same_form
from api.conversations.assembly import Parts
from api.conversations.bot import BotSilent, BotUnderstood
from api.conversations.schemas import TEXT_LIMIT, Channel, Reply
from api.editors.messages.phrases import readable
from api.editors.visiting import Assembled, Reader
from api.errors import BumplineError
from api.web.staff_pages import StaffRoute, staff_page

router = APIRouter(prefix="/editors/try", tags=["editors"], route_class=StaffRoute, include_in_schema=False)
CHANNELS: tuple[Channel, ...] = ("web", "sms")


@router.get("")
def ask(request: Request, assembled: Assembled, visitor: Reader) -> Response:
    return _page(request, assembled, "", "")


@router.post("", dependencies=[Depends(same_form)])
def show(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    text: Annotated[str, Form(max_length=2 * TEXT_LIMIT)] = "",
    language: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """The language heard, the ranking, the phrase of danger that matched, and each channel's reply."""
    return _page(request, assembled, text.strip(), language)


def _page(request: Request, assembled: Parts, text: str, language: str) -> Response:
    replies: dict[str, Reply] = {}
    problem = ""
    if text:
        try:
            replies = {channel: _reply(assembled, text, language, channel) for channel in CHANNELS}
        except BumplineError as error:
            problem = error.message
    found = assembled.conversations.understanding.found_in(text) if text else None
    return staff_page(
        request,
        "editors/try.html",
        status=422 if problem else 200,
        text=text,
        language=language,
        languages=assembled.catalogue.languages,
        found=found,
        phrase=readable(found.phrase, text) if found and found.phrase else None,
        heard=_heard(assembled, text) if text else None,
        replies=replies,
        problem=problem,
    )


def _reply(assembled: Parts, text: str, language: str, channel: Channel) -> Reply:
    """The reply a new family would get; its conversation is erased at once."""
    conversations = assembled.conversations
    started = conversations.start(language=language or None, channel=channel)
    try:
        return conversations.reply(started.conversation_id, text)
    finally:
        conversations.erase(started.conversation_id)


def _heard(assembled: Parts, text: str) -> BotUnderstood | None:
    """What the classifier makes of it; None when the bot does not answer."""
    try:
        return assembled.bot.parse(text[:TEXT_LIMIT], timeout=assembled.settings.bot_timeout).understood
    except BotSilent:
        return None
