"""Texts are forgotten like everything a family says: words and numbers go, counts stay."""

from datetime import timedelta

from sqlalchemy import delete, exists, update

from api.channels.sms.models import Contact, InboundSms, OutboundSms
from api.channels.sms.states import WAITING
from api.conversations.models import Conversation
from api.database import Database, now


def forget_old_texts(database: Database, days: int) -> None:
    """Deletes texts in, and empties texts out (words and number), older than `days`. What waits is left.

    After that age nothing waits to go out; a number whose conversation is gone is forgotten too.
    """
    before = now() - timedelta(days=days)
    is_old_in = InboundSms.received_at < before, ~InboundSms.state.in_(WAITING)
    is_old_out = OutboundSms.created_at < before, OutboundSms.body != ""
    is_forgotten = ~exists().where(Conversation.id == Contact.conversation_id)
    with database.write() as session:
        session.execute(delete(InboundSms).where(*is_old_in))
        session.execute(update(OutboundSms).where(*is_old_out).values(body="", to_encrypted="", conversation_id=None))
        session.execute(delete(Contact).where(is_forgotten))
