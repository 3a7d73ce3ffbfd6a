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
    """What a family said and what was answered, in which revisions. Kept for RETENTION_DAYS.

    `language`, `confidence`, `likely_key`: what the bot heard; empty in turns older than these columns. `unanswered`:
    why this is a question without an answer, None when it has one. `dealt_with`: "dismissed" or "example <id>".
    """

    __tablename__ = "turn"

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    said: Mapped[str] = mapped_column(Text)
    understood_key: Mapped[str | None]
    urgent_key: Mapped[str | None]
    reply: Mapped[dict[str, Any]] = mapped_column(JSON)
    language: Mapped[str | None]
    confidence: Mapped[float | None]
    likely_key: Mapped[str | None]
    unanswered: Mapped[str | None] = mapped_column(index=True)
    dealt_with: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(index=True)


class Feedback(Base):
    """Whether one answer helped, and what was wrong with it. Gone with its turn.

    `key`, `language`, `revision`: the words that were read. `reason`: one of feedback.REASONS. `settled_at`: when staff
    have dealt with it.
    """

    __tablename__ = "feedback"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turn.id", ondelete="CASCADE"), primary_key=True)
    helped: Mapped[bool]
    reason: Mapped[str | None]
    detail: Mapped[str] = mapped_column(Text, default="")
    key: Mapped[str]
    language: Mapped[str]
    revision: Mapped[int]
    at: Mapped[datetime] = mapped_column(index=True)
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None]
    note: Mapped[str] = mapped_column(Text, default="")


class FeedbackCount(Base):
    """How many said in `month` ("2026-11") that some words helped, or did not. It outlives what they wrote."""

    __tablename__ = "feedback_count"

    key: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    helped: Mapped[int] = mapped_column(default=0)
    not_helped: Mapped[int] = mapped_column(default=0)
