"""Data that is reviewed like words, but has none for families: phrases of danger, questions, languages."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base


class Version(Base):
    """One state of one thing, as plain JSON. Never changed after it is written, but for the one decision on it.

    `kind` and `subject` name the thing: ("red_flags", "gu urgent/baby_fit"). `reason`: why, in its author's words.
    `decision`: "approved", "declined", or None while nobody has decided.
    """

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("kind", "subject", "number", name="uq_version_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    number: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text, default="")
    author: Mapped[str]
    author_id: Mapped[str | None]
    created_at: Mapped[datetime]
    decision: Mapped[str | None]
    decided_by: Mapped[str | None]
    decided_by_id: Mapped[str | None]
    decided_at: Mapped[datetime | None]
