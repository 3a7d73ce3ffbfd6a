"""One turn as it is kept, and whether it left a question without an answer. Pure."""

from typing import Literal

from api.conversations.answering import Answer
from api.conversations.models import Conversation, Turn
from api.conversations.schemas import Reply, Understood
from api.conversations.understanding import Meaning
from api.database import now

Unanswered = Literal["asked_back", "not_known", "out_of_scope", "not_my_question"]
ASKED_BACK, NOT_KNOWN, OUT_OF_SCOPE = "conversation/did_you_mean", "conversation/trouble", "conversation/out_of_scope"
SURE = 0.8
"""From here "this is nothing I know about" is believed; below it a person looks."""


def turn_of(conversation: Conversation, said: str, meaning: Meaning, done: Answer) -> Turn:
    """What is kept of one exchange in `conversation`, which has been brought up to date with it."""
    understood = done.reply.understood
    is_sensitive = conversation.bereaved or meaning.loss or meaning.urgent is not None
    return Turn(
        id=done.reply.reply_id,
        conversation_id=conversation.id,
        said=said,
        understood_key=understood.key,
        urgent_key=meaning.urgent,
        reply=done.reply.model_dump(mode="json"),
        language=understood.language or done.reply.language,
        confidence=understood.confidence,
        likely_key=likely_key(understood),
        unanswered=None if is_sensitive else why_unanswered(done.reply),
        created_at=now(),
    )


def why_unanswered(reply: Reply) -> Unanswered | None:
    """Why `reply` answers no question; None when it does, or when nothing was understood because the bot was away."""
    told = {message.key for message in reply.messages}
    if ASKED_BACK in told:
        return "asked_back"
    if NOT_KNOWN in told:
        return "not_known" if reply.understood.key else None
    is_doubted = OUT_OF_SCOPE in told and reply.understood.confidence < SURE
    return "out_of_scope" if is_doubted else None


def likely_key(understood: Understood) -> str | None:
    """The likeliest key that a message answers: that something is out of scope is no question."""
    keys = [understood.key, *(alternative.key for alternative in understood.alternatives)]
    return next((key for key in keys if key and key != OUT_OF_SCOPE), None)
