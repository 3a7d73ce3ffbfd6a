"""Every query about texts out and what the network said of them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from api.channels.sms.models import DeliveryEvent, OutboundSms
from api.channels.sms.states import UNSENT, OutboundState

BEFORE_NEXT_PART = (*UNSENT, OutboundState.SENDING)


def has_due(session: Session, moment: datetime) -> bool:
    return bool(session.scalar(select(exists().where(_is_due(moment)))))


def claim_due(session: Session, *, moment: datetime, lease: timedelta, limit: int) -> list[OutboundSms]:
    """The oldest due texts; a later part of a reply waits for the part before it."""
    earlier = aliased(OutboundSms)
    is_later_part = exists().where(
        earlier.batch == OutboundSms.batch,
        earlier.part < OutboundSms.part,
        earlier.state.in_(BEFORE_NEXT_PART),
    )
    query = (
        select(OutboundSms)
        .where(_is_due(moment), ~is_later_part)
        .order_by(OutboundSms.not_before, OutboundSms.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=OutboundSms)
    )
    claimed = list(session.scalars(query))
    for row in claimed:
        row.state, row.lease_until, row.updated_at = OutboundState.LEASED, moment + lease, moment
    return claimed


def _is_due(moment: datetime) -> ColumnElement[bool]:
    is_free = or_(OutboundSms.lease_until.is_(None), OutboundSms.lease_until <= moment)
    return and_(OutboundSms.state.in_(UNSENT), OutboundSms.not_before <= moment, is_free)


def batches(session: Session, names: Collection[str]) -> dict[str, list[OutboundSms]]:
    """Every text of each batch, in order."""
    query = select(OutboundSms).where(OutboundSms.batch.in_(list(names))).order_by(OutboundSms.part)
    found: defaultdict[str, list[OutboundSms]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.batch].append(row)
    return found


def locked(session: Session, ids: Collection[int]) -> dict[int, OutboundSms]:
    """Rows by id, held until the end of the transaction; always in the same order, so that nobody waits in a ring."""
    query = select(OutboundSms).where(OutboundSms.id.in_(list(ids))).order_by(OutboundSms.id)
    return {row.id: row for row in session.scalars(query.with_for_update())}


def has_lapsed(session: Session, moment: datetime) -> bool:
    return bool(session.scalar(select(exists().where(_has_lapsed(moment)))))


def lapse(session: Session, moment: datetime) -> int:
    """An attempt that nobody finished may have gone out: it becomes unknown and is never queued again."""
    statement = (
        update(OutboundSms)
        .where(_has_lapsed(moment))
        .values(state=OutboundState.UNKNOWN, lease_until=None, updated_at=moment)
        .returning(OutboundSms.id)
    )
    return len(session.scalars(statement).all())


def _has_lapsed(moment: datetime) -> ColumnElement[bool]:
    return and_(OutboundSms.state == OutboundState.SENDING, OutboundSms.lease_until <= moment)


def of_report(session: Session, message_sid: str, outbox_id: int | None) -> OutboundSms | None:
    """The text a report is about: by Twilio's name for it, else by ours from the signed query."""
    by_sid = select(OutboundSms).where(OutboundSms.message_sid == message_sid).limit(1)
    found = session.scalar(by_sid.with_for_update())
    if found is None and outbox_id is not None:
        found = session.get(OutboundSms, outbox_id, with_for_update=True)
    return found


def events(session: Session, message_sids: Collection[str]) -> list[DeliveryEvent]:
    query = select(DeliveryEvent).where(DeliveryEvent.message_sid.in_(list(message_sids)))
    return list(session.scalars(query.order_by(DeliveryEvent.id)))


def newest(session: Session, limit: int) -> list[OutboundSms]:
    return list(session.scalars(select(OutboundSms).order_by(OutboundSms.id.desc()).limit(limit)))
