"""Every query about conversations and turns."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.conversations.asking import Verdict
from api.conversations.models import Conversation, Feedback, Turn


def conversation(session: Session, conversation_id: str) -> Conversation | None:
    return session.get(Conversation, conversation_id)


def turns(session: Session, conversation_id: str) -> list[Turn]:
    """Oldest first."""
    query = select(Turn).where(Turn.conversation_id == conversation_id).order_by(Turn.created_at)
    return list(session.scalars(query))


def verdicts(session: Session, conversation_id: str) -> dict[str, Verdict]:
    """Turn -> what the family says of its answer."""
    query = select(Feedback).join(Turn, Turn.id == Feedback.turn_id).where(Turn.conversation_id == conversation_id)
    return {row.turn_id: Verdict(row.helped, row.reason, row.detail) for row in session.scalars(query)}


def erase(session: Session, conversation_id: str) -> None:
    session.execute(delete(Turn).where(Turn.conversation_id == conversation_id))
    session.execute(delete(Conversation).where(Conversation.id == conversation_id))


def quiet_since(session: Session, moment: datetime, limit: int) -> list[str]:
    """Ids of conversations with nothing said since `moment`."""
    query = select(Conversation.id).where(Conversation.active_at < moment).limit(limit)
    return list(session.scalars(query))


def erase_turns_before(session: Session, moment: datetime) -> None:
    session.execute(delete(Turn).where(Turn.created_at < moment))
