"""One import from its first byte to its undoing."""

from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import JSON, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base

State = Literal["reading", "ready", "applied", "undone", "failed"]
GIVEN_UP_AFTER = timedelta(minutes=10)
"""A process that died while it read leaves its row behind; after this the row counts as failed."""


class Import(Base):
    """`origin`: the address of the feed or the name of the file, by which a later import knows its entries again.

    `content`: what was read, as text. `report`: what planning, and later applying, found. `kind`: "feed" or "file".
    """

    __tablename__ = "directory_import"

    id: Mapped[str] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(Text)
    kind: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[str]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text, deferred=True, default="")
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    def state_at(self, moment: datetime) -> str:
        """The state as a person should read it at `moment`."""
        is_given_up = self.state == "reading" and moment - self.at > GIVEN_UP_AFTER
        return "failed" if is_given_up else self.state
