"""Texts are forgotten like everything a family says: words and numbers go, counts stay."""

from datetime import timedelta

from sqlalchemy import delete, update

from api.channels.sms.models import InboundSms, OutboundSms
from api.channels.sms.states import WAITING
from api.database import Database, now


def forget_old_texts(database: Database, days: int) -> None:
    """Deletes texts in, and empties texts out (words and number), older than `days`. What still waits is left."""
    before = now() - timedelta(days=days)
    is_old_in = InboundSms.received_at < before, ~InboundSms.state.in_(WAITING)
    is_old_out = OutboundSms.created_at < before, OutboundSms.sent_at.is_not(None), OutboundSms.body != ""
    with database.write() as session:
        session.execute(delete(InboundSms).where(*is_old_in))
        session.execute(update(OutboundSms).where(*is_old_out).values(body="", to_encrypted="", conversation_id=None))
