"""One conversation as it is kept: how it begins, and what each exchange changes in it."""

import secrets
from datetime import date

from api.conversations.answering import Answer
from api.conversations.choices import offer, restore
from api.conversations.languages import Settled
from api.conversations.models import Conversation
from api.conversations.schemas import Channel
from api.conversations.understanding import Meaning
from api.database import now


def new_conversation(language: str | None, channel: Channel) -> Conversation:
    """`language` None: the first message decides."""
    moment = now()
    return Conversation(
        id=secrets.token_urlsafe(24),
        channel=channel,
        language=language,
        language_chosen=language is not None,
        choices=[],
        created_at=moment,
        active_at=moment,
    )


def bring_up_to_date(
    conversation: Conversation, meaning: Meaning, done: Answer, settled: Settled | None, last_period: date | None
) -> None:
    """What this exchange changes in the conversation, its choices among it; `settled` None: nothing but those."""
    conversation.active_at = now()
    conversation.choices = [c.stored() for c in offer(done.choices, restore(conversation.choices))]
    if settled is None:
        return
    conversation.language = settled.keep
    conversation.other_language = settled.other
    conversation.other_language_count = settled.other_count
    conversation.language_chosen = conversation.language_chosen or meaning.set_language is not None
    conversation.last_key = meaning.urgent or meaning.understood.key
    conversation.bereaved = conversation.bereaved or meaning.loss
    conversation.last_period = last_period
