"""What professionals had sent to families. The words and the number live in the outbox, and leave with it."""

from datetime import datetime

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base


class Signpost(Base):
    """One text to a family: who asked for it, what it says, and the batch of the outbox that carries it.

    `ends_with`: the last three digits of the number, for the one who sent it; forgotten after RETENTION_DAYS.
    """

    __tablename__ = "signpost"

    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(index=True)
    batch: Mapped[str] = mapped_column(unique=True)
    number_hash: Mapped[str] = mapped_column(index=True)
    ends_with: Mapped[str]
    language: Mapped[str]
    message_key: Mapped[str | None]
    service_ids: Mapped[list[str]] = mapped_column(JSON)
    segments: Mapped[int]
    consented_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(index=True)
