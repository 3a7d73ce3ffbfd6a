"""What families said, put straight into the database: turns that the pages about it are tried with."""

import json
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from api.conversations.models import Conversation, Turn
from api.conversations.schemas import Alternative, MessageOut, Reply, Source, Understood
from api.conversations.turns import likely_key, why_unanswered
from api.database import now

ASKED_BACK = "conversation/did_you_mean"
BED = "safer_sleep/bed_sharing"
LIKELY = {BED: 0.41, "safer_sleep/where_to_sleep": 0.22, "safer_sleep/no_cot": 0.1, "stop_smoking/get_help": 0.05}


def conversation(session: Session, language: str = "en", *, bereaved: bool = False) -> Conversation:
    made = Conversation(
        id=secrets.token_urlsafe(24), channel="web", language=language, bereaved=bereaved, choices=[],
        created_at=now(), active_at=now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def turn(
    session: Session, said: str, *, told: str = ASKED_BACK, language: str = "en", family: Conversation | None = None,
    likely: dict[str, float] = LIKELY, at: datetime | None = None, **changed: Any,
) -> str:  # fmt: skip
    """What was said, answered with the words of `told`; returns the id of the turn."""
    family = family or conversation(session, language)
    source = [Source(title="NHS", url="https://www.nhs.uk/")] if not told.startswith("conversation/") else []
    words = {"key": told, "language": language, "text": "Words.", "revision": 1, "approved": False}
    best = next(iter(likely.items()), (None, 0.0))
    reply = Reply(
        reply_id=secrets.token_urlsafe(12),
        conversation_id=family.id,
        language=language,
        understood=Understood(
            key=best[0], confidence=best[1], language=language,
            alternatives=[Alternative(key=key, confidence=share) for key, share in likely.items()],
        ),
        messages=[MessageOut(**words, demonstration=True, sources=source)],
        ask_if_helped=bool(source),
    )  # fmt: skip
    row = Turn(
        id=reply.reply_id, conversation_id=family.id, said=said, understood_key=best[0], urgent_key=None,
        reply=json.loads(reply.model_dump_json()), language=language, confidence=best[1],
        likely_key=likely_key(reply.understood), unanswered=why_unanswered(reply), created_at=at or now(),
    )  # fmt: skip
    for name, value in changed.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    return row.id
