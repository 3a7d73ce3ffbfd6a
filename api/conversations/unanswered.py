"""Questions without an answer: found, put together, taught or dismissed. Never those of danger or of a loss."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from api.conversations.models import Conversation, Turn
from api.conversations.nearness import Sentence
from api.conversations.schemas import Reply
from api.errors import NotFound

DISMISSED = "dismissed"
NO_KEY = "-"
"""Stands for a question of which not even the likeliest key is known."""


@dataclass(frozen=True)
class Group:
    """Questions of one language that are likeliest to be about one key (NO_KEY when unknown)."""

    language: str
    key: str
    count: int
    newest: datetime


def groups(session: Session, language: str, key: str) -> list[Group]:
    """The largest first; an empty `language` or `key` wants all."""
    number, newest = func.count(), func.max(Turn.created_at)
    query = (
        select(Turn.language, Turn.likely_key, number, newest)
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .where(*_waiting(), *_about(language, key))
        .group_by(Turn.language, Turn.likely_key)
        .order_by(number.desc(), newest.desc())
    )
    found = session.execute(query)
    return [Group(spoken or "", likely or NO_KEY, count, at) for spoken, likely, count, at in found]


def sentences(session: Session, wanted: Sequence[Group], per_group: int) -> dict[tuple[str, str], list[Sentence]]:
    """(language, key) -> its newest sentences, newest first, at most `per_group`."""
    place = func.row_number().over(
        partition_by=(Turn.language, Turn.likely_key), order_by=(Turn.created_at.desc(), Turn.id)
    )
    ranked = (
        select(
            Turn.language, Turn.likely_key, Turn.id, Turn.said, Turn.unanswered, Turn.created_at, place.label("place")
        )
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .where(*_waiting(), or_(*(and_(*_about(group.language, group.key)) for group in wanted)))
        .subquery()
    )
    found: dict[tuple[str, str], list[Sentence]] = {}
    for language, key, turn_id, said, why, at, _ in session.execute(
        select(ranked).where(ranked.c.place <= per_group).order_by(ranked.c.place)
    ):
        found.setdefault((language or "", key or NO_KEY), []).append(Sentence(turn_id, said, why, at))
    return found


def likely_keys(session: Session, turn_ids: Collection[str]) -> dict[str, list[str]]:
    """Turn -> what its sentence is likeliest to ask, likeliest first, without what the family said it is not."""
    rows = session.scalars(select(Turn).where(Turn.id.in_(turn_ids)))
    return {turn.id: likely_keys_of(turn) for turn in rows}


def likely_keys_of(turn: Turn) -> list[str]:
    reply = Reply.model_validate(turn.reply)
    told = {message.key for message in reply.messages}
    return [one.key for one in reply.understood.alternatives if one.key not in told]


def waiting(session: Session, turn_id: str) -> Turn:
    """Locked; raises NotFound for one that is gone, dealt with, or none of ours to read."""
    query = (
        select(Turn)
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .where(Turn.id == turn_id, *_waiting())
        .with_for_update(of=Turn)
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such sentence on the list: it is erased, or somebody has dealt with it.")
    return found


def deal_with(session: Session, turn: Turn, as_what: str) -> None:
    """Takes the sentence off the list, and every other that says exactly the same in its language."""
    same = Turn.said == turn.said, Turn.language == turn.language, Turn.unanswered.is_not(None)
    session.execute(update(Turn).where(*same, Turn.dealt_with.is_(None)).values(dealt_with=as_what))


def dismiss(session: Session, turn_ids: Collection[str], language: str) -> int:
    """Takes sentences of one language off the list; returns how many were on it."""
    return _move(session, turn_ids, language, None, DISMISSED)


def bring_back(session: Session, turn_ids: Collection[str], language: str) -> int:
    """Puts sentences that were dismissed on the list again; returns how many."""
    return _move(session, turn_ids, language, DISMISSED, None)


def _move(session: Session, turn_ids: Collection[str], language: str, before: str | None, after: str | None) -> int:
    those = Turn.id.in_(turn_ids), Turn.language == language, Turn.unanswered.is_not(None)
    rows = session.execute(
        update(Turn)
        .where(*those, Turn.dealt_with.is_not_distinct_from(before))
        .values(dealt_with=after)
        .returning(Turn.id)
    )
    return len(rows.all())


def taught(example_id: int) -> str:
    """What `dealt_with` says of a sentence that became an example."""
    return f"example {example_id}"


def forget_example(session: Session, example_id: int) -> None:
    """The sentences that became an example are on the list again."""
    session.execute(update(Turn).where(Turn.dealt_with == taught(example_id)).values(dealt_with=None))


def _waiting() -> list[ColumnElement[bool]]:
    """Conditions on a turn joined with its conversation."""
    return [
        Turn.unanswered.is_not(None),
        Turn.dealt_with.is_(None),
        Turn.urgent_key.is_(None),
        Turn.said != "",
        Conversation.bereaved.is_(False),
    ]


def _about(language: str, key: str) -> list[ColumnElement[bool]]:
    by_language = [Turn.language == language] if language else []
    if not key:
        return by_language
    return [*by_language, Turn.likely_key.is_(None) if key == NO_KEY else Turn.likely_key == key]
