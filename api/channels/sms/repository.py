"""Every query about texts in, who is who, and who wants no texts."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from api.channels.sms.models import Contact, InboundSms, Suppression
from api.channels.sms.states import WAITING, InboundState
from api.database import Base


def insert_once(session: Session, table: type[Base], values: dict[str, Any]) -> bool:
    """Inserts a row unless its unique key is there already; returns whether it was new."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    rows = table.__table__
    assert isinstance(rows, Table)
    statement = dialect.insert(rows).values(**values).on_conflict_do_nothing().returning(*rows.primary_key)
    return session.execute(statement).first() is not None


def has_waiting_text(session: Session, moment: datetime) -> bool:
    return bool(session.scalar(select(exists().where(_is_waiting(moment)))))


def claim_texts(session: Session, *, moment: datetime, lease: timedelta, limit: int) -> list[InboundSms]:
    """The oldest waiting texts, one a number: a family's second text waits until its first is answered."""
    earlier = aliased(InboundSms)
    is_second = exists().where(
        earlier.from_hash == InboundSms.from_hash, earlier.id < InboundSms.id, earlier.state.in_(WAITING)
    )
    query = (
        select(InboundSms)
        .where(_is_waiting(moment), ~is_second)
        .order_by(InboundSms.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=InboundSms)
    )
    claimed = list(session.scalars(query))
    for row in claimed:
        row.state, row.lease_until = InboundState.LEASED, moment + lease
        row.attempts += 1
    return claimed


def _is_waiting(moment: datetime) -> ColumnElement[bool]:
    is_free = or_(InboundSms.lease_until.is_(None), InboundSms.lease_until <= moment)
    return and_(InboundSms.state.in_(WAITING), is_free)


def leased_text(session: Session, row_id: int, attempt: int) -> InboundSms | None:
    """The row, while the worker that claimed it for this attempt still holds it."""
    query = select(InboundSms).where(
        InboundSms.id == row_id, InboundSms.state == InboundState.LEASED, InboundSms.attempts == attempt
    )
    return session.scalar(query.with_for_update())


def contact(session: Session, number_hash: str) -> Contact | None:
    return session.get(Contact, number_hash)


def keep_contact(session: Session, number_hash: str, conversation_id: str) -> None:
    """Points the number at a new conversation; that it has been welcomed is not forgotten."""
    known = session.get(Contact, number_hash, with_for_update=True)
    if known is not None:
        known.conversation_id = conversation_id
    else:
        values = {"number_hash": number_hash, "conversation_id": conversation_id, "welcomed": False}
        insert_once(session, Contact, values)


def mark_welcomed(session: Session, number_hash: str) -> None:
    known = session.get(Contact, number_hash)
    if known is not None:
        known.welcomed = True


def suppressed_among(session: Session, number_hashes: Collection[str]) -> set[str]:
    query = select(Suppression.number_hash).where(Suppression.number_hash.in_(list(number_hashes)))
    return set(session.scalars(query))


def suppress(session: Session, number_hash: str, *, reason: str, moment: datetime) -> bool:
    """Returns whether the number was not suppressed before."""
    values = {"number_hash": number_hash, "reason": reason, "since": moment}
    return insert_once(session, Suppression, values)


def unsuppress(session: Session, number_hash: str) -> None:
    session.execute(delete(Suppression).where(Suppression.number_hash == number_hash))


def texts_waiting(session: Session) -> int:
    query = select(func.count()).select_from(InboundSms).where(InboundSms.state.in_(WAITING))
    return session.scalar(query) or 0


def newest_texts(session: Session, limit: int) -> list[InboundSms]:
    return list(session.scalars(select(InboundSms).order_by(InboundSms.id.desc()).limit(limit)))
