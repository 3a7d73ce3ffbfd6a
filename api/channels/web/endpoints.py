"""The JSON contract for web chat: no sign-in, an unguessable conversation id."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.responses import JSONResponse

from api.channels.web import talking
from api.content.languages import named_in
from api.conversations import feedback
from api.conversations.asking import Verdict
from api.conversations.assembly import Parts
from api.conversations.schemas import ConversationIn, FeedbackIn, MessageIn, Reply, Started
from api.dependencies import parts
from api.errors import UnsupportedMedia


async def require_json(request: Request) -> None:
    """Raises UnsupportedMedia for a body that does not say it is JSON."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if request.method == "POST" and kind != "application/json":
        raise UnsupportedMedia("Send JSON, and say so: Content-Type: application/json.")


router = APIRouter(prefix="/api/v1", tags=["families"], dependencies=[Depends(require_json)])
Assembled = Annotated[Parts, Depends(parts)]


@router.post("/conversations", status_code=201)
def start_conversation(asked: ConversationIn, assembled: Assembled) -> Started:
    """Starts a conversation. `language` null lets the first message decide."""
    return assembled.conversations.start(language=asked.language or None, channel="web")


@router.post("/conversations/{conversation_id}/messages")
def send_message(conversation_id: str, said: MessageIn, assembled: Assembled) -> Reply:
    """Answers one message of at most 1,600 characters."""
    return assembled.conversations.reply(conversation_id, said.text)


@router.post(
    "/conversations/{conversation_id}/replies/{reply_id}/feedback", status_code=204, responses={200: {"model": Reply}}
)
def give_feedback(conversation_id: str, reply_id: str, given: FeedbackIn, assembled: Assembled) -> Response:
    """Whether a reply helped that says `ask_if_helped`; said again, it counts instead.

    With 200 comes an urgent reply: `detail` reads as danger. Show it at once.
    """
    verdict = Verdict(given.helped, given.reason, given.detail)
    language = talking.language_after(assembled, conversation_id, "") or None
    danger = feedback.receive(assembled.conversations, conversation_id, reply_id, verdict, language)
    return JSONResponse(danger.model_dump(mode="json")) if danger else Response(status_code=204)


@router.delete("/conversations/{conversation_id}", status_code=204)
def delete_conversation(conversation_id: str, assembled: Assembled) -> Response:
    """Erases everything about a conversation."""
    assembled.conversations.erase(conversation_id)
    return Response(status_code=204)


@router.get("/languages")
def list_languages(
    assembled: Assembled, named: Annotated[str | None, Query(max_length=1600)] = None
) -> list[dict[str, str]]:
    """The languages offered; with `named`, only those that this text names."""
    assembled.conversations.keep_up()
    languages = assembled.catalogue.languages
    codes = named_in(named, languages) if named is not None else list(languages)
    return [
        {
            "code": code,
            "name_in_english": languages[code].name_in_english,
            "name": languages[code].name,
            "direction": languages[code].direction,
            "script": languages[code].script,
        }
        for code in codes
    ]
