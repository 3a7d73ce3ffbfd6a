"""Texts in, texts out, who wants none. The database is the queue."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Index, Numeric, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base


class InboundSms(Base):
    """One text from a family. `attempts` and `lease_until` say who is answering it."""

    __tablename__ = "inbound_sms"
    __table_args__ = (
        Index("ix_inbound_sms_waiting", "state", "id"),
        Index("ix_inbound_sms_sender", "from_hash", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_sid: Mapped[str] = mapped_column(unique=True)
    from_hash: Mapped[str]
    from_encrypted: Mapped[str] = mapped_column(Text)
    body_encrypted: Mapped[str] = mapped_column(Text)
    num_media: Mapped[int] = mapped_column(default=0)
    opt_out_type: Mapped[str | None]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    received_at: Mapped[datetime] = mapped_column(index=True)
    handled_at: Mapped[datetime | None]


class OutboundSms(Base):
    """The outbox: every text out is one row, whatever became of it.

    `said`: the keys, languages and revisions in `body`; `service_ids`: the services that somebody chose for it.
    `batch` and `part` keep the texts of one reply in order.
    `despite_opt_out`: an urgent reply, or the one text that confirms STOP.
    """

    __tablename__ = "outbound_sms"
    __table_args__ = (
        Index("ix_outbound_sms_due", "state", "not_before"),
        Index("ix_outbound_sms_batch", "batch", "part"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    batch: Mapped[str]
    part: Mapped[int]
    kind: Mapped[str]
    despite_opt_out: Mapped[bool] = mapped_column(default=False)
    conversation_id: Mapped[str | None] = mapped_column(index=True)
    to_hash: Mapped[str] = mapped_column(index=True)
    to_encrypted: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    encoding: Mapped[str]
    segments: Mapped[int]
    said: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    service_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    message_sid: Mapped[str | None] = mapped_column(index=True)
    error_code: Mapped[int | None]
    price: Mapped[Decimal | None] = mapped_column(Numeric(10, 5))
    created_at: Mapped[datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class DeliveryEvent(Base):
    """What the network said of one text, once each."""

    __tablename__ = "delivery_event"
    __table_args__ = (UniqueConstraint("message_sid", "status", name="uq_delivery_event_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_sid: Mapped[str]
    status: Mapped[str]
    error_code: Mapped[int | None]
    received_at: Mapped[datetime]


class Suppression(Base):
    """A number that gets no texts. Kept as a hash even when everything else is erased."""

    __tablename__ = "suppression"

    number_hash: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    since: Mapped[datetime]


class Contact(Base):
    """Which conversation a number is in, and whether it has been told once who we are and how to stop."""

    __tablename__ = "contact"

    number_hash: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(index=True)
    welcomed: Mapped[bool] = mapped_column(default=False)
