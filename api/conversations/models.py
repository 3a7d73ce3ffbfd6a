"""One family's conversation and what was said in it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base


class Conversation(Base):
    """`id` is random and unguessable: it is all that the bot ever sees of a family.

    `last_period`: its first day, when the family has said how far the pregnancy is.
    """

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]
    language: Mapped[str | None]
    language_chosen: Mapped[bool] = mapped_column(default=False)
    other_language: Mapped[str | None]
    other_language_count: Mapped[int] = mapped_column(default=0)
    bereaved: Mapped[bool] = mapped_column(default=False)
    last_period: Mapped[date | None]
    last_key: Mapped[str | None]
    choices: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime]
    active_at: Mapped[datetime] = mapped_column(index=True)


class Turn(Base):
    """What a family said and what was answered, in which revisions. Kept for RETENTION_DAYS."""

    __tablename__ = "turn"

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    said: Mapped[str] = mapped_column(Text)
    understood_key: Mapped[str | None]
    urgent_key: Mapped[str | None]
    reply: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(index=True)
