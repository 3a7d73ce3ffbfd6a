"""The JSON contract for web chat: no sign-in, an unguessable conversation id."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.content.languages import named_in
from api.conversations.assembly import Parts
from api.conversations.schemas import ConversationIn, MessageIn, Reply, Started
from api.dependencies import parts

router = APIRouter(prefix="/api/v1", tags=["families"])
Assembled = Annotated[Parts, Depends(parts)]


@router.post("/conversations", status_code=201)
def start_conversation(asked: ConversationIn, assembled: Assembled) -> Started:
    """Starts a conversation. `language` null lets the first message decide."""
    return assembled.conversations.start(language=asked.language or None, channel="web")


@router.post("/conversations/{conversation_id}/messages")
def send_message(conversation_id: str, said: MessageIn, assembled: Assembled) -> Reply:
    """Answers one message of at most 1,600 characters."""
    return assembled.conversations.reply(conversation_id, said.text)


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
