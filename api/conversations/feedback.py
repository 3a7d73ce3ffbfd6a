"""Did an answer help? A family says so under it, and may change its mind; staff settle what was wrong."""

import logging
import re

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.conversations import feedback_repository as kept
from api.conversations.asking import LONGEST, NOT_MY_QUESTION, REASONS, Verdict, words_asked_about
from api.conversations.models import Feedback, Turn
from api.conversations.schemas import Reply
from api.conversations.service import Conversations
from api.conversations.texts import cleaned
from api.database import now
from api.errors import BumplineError, NotFound, Unusable
from api.person import Person

log = logging.getLogger(__name__)
_ID = re.compile(r"[\w-]{1,64}", re.ASCII)


def receive(
    conversations: Conversations, conversation_id: str, reply_id: str, verdict: Verdict, language: str | None
) -> Reply | None:
    """Keeps a verdict; the urgent reply when its detail reads as danger, whatever becomes of the rest.

    `language`: the one to warn in, None for that of the words. Raises NotFound for a reply that is not in the
    conversation, Unusable for a verdict that makes no sense.
    """
    danger = conversations.danger_reply(conversation_id, verdict.detail, language) if verdict.detail else None
    try:
        with conversations.database.write() as session:
            give(session, conversation_id, reply_id, verdict)
    except (BumplineError, SQLAlchemyError) as error:
        if danger is None:
            raise
        log.error("feedback could not be kept: %s", type(error).__name__)
    return danger


def give(session: Session, conversation_id: str, reply_id: str, verdict: Verdict) -> Feedback:
    """Writes the verdict over an earlier one; "no" without a reason leaves the earlier reason. As `receive` raises."""
    detail = _checked(verdict)
    turn = kept.turn_to_change(session, reply_id) if _ID.fullmatch(reply_id) else None
    if turn is None or turn.conversation_id != conversation_id:
        raise NotFound("There is no such reply. The conversation may have been deleted.")
    row = kept.feedback(session, reply_id)
    if row is None:
        row = _begun(turn, verdict)
        session.add(row)
        kept.count(session, row, turn.created_at, 1)
    elif row.helped != verdict.helped:
        kept.count(session, row, turn.created_at, -1)
        row.helped, row.reason, row.detail = verdict.helped, None, ""
        kept.count(session, row, turn.created_at, 1)
    if verdict.reason:
        row.reason, row.detail, row.at = verdict.reason, detail, now()
        row.settled_at, row.settled_by = None, None
    turn.unanswered = NOT_MY_QUESTION if row.reason == NOT_MY_QUESTION and _is_own_words(turn) else None
    return row


def settle(session: Session, reply_id: str, by: Person, note: str) -> Feedback:
    """Takes a report off the list; raises NotFound."""
    row = existing(session, reply_id)
    row.settled_at, row.settled_by, row.note = now(), by.name, note.strip()
    return row


def reopen(session: Session, reply_id: str) -> Feedback:
    """Raises NotFound."""
    row = existing(session, reply_id)
    row.settled_at, row.settled_by = None, None
    return row


def existing(session: Session, reply_id: str) -> Feedback:
    """Raises NotFound."""
    row = kept.feedback(session, reply_id)
    if row is None:
        raise NotFound(
            "There is no such report: what families write is erased after some days, or when they delete it."
        )
    return row


def _checked(verdict: Verdict) -> str:
    """The detail as it is kept; raises Unusable."""
    if verdict.helped and (verdict.reason or verdict.detail.strip()):
        raise Unusable("A reason goes only with an answer that did not help.")
    if verdict.detail.strip() and not verdict.reason:
        raise Unusable("Choose what is wrong.")
    if verdict.reason is not None and verdict.reason not in REASONS:
        raise Unusable(f"The reason is one of: {', '.join(REASONS)}.")
    if len(verdict.detail) > LONGEST:
        raise Unusable(f"That is {len(verdict.detail)} characters. Please send at most {LONGEST}.")
    return cleaned(verdict.detail) if verdict.detail.strip() else ""


def _begun(turn: Turn, verdict: Verdict) -> Feedback:
    """The row of a first verdict; raises Unusable under an answer that nobody is asked about."""
    reply = Reply.model_validate(turn.reply)
    read = words_asked_about(reply) if reply.ask_if_helped else None
    if read is None:
        raise Unusable("Families are not asked about this reply.")
    named = {"key": read.key, "language": read.language, "revision": read.revision}
    return Feedback(turn_id=turn.id, helped=verdict.helped, detail="", note="", at=now(), **named)


def _is_own_words(turn: Turn) -> bool:
    """Whether the family wrote the question: one that was chosen from a list teaches nothing."""
    return bool(turn.said) and bool(Reply.model_validate(turn.reply).understood.alternatives)
