"""Every query about what families said of answers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.conversations.models import Feedback, FeedbackCount, Turn

Column = InstrumentedAttribute[str]
WORDS = (FeedbackCount.key, FeedbackCount.language, FeedbackCount.revision)


@dataclass(frozen=True)
class Wanted:
    """Which reports; an empty part wants all. `state`: "open" or "settled"; `reason` "any": those that give one."""

    topic: str = ""
    language: str = ""
    state: str = "open"
    reason: str = ""


@dataclass(frozen=True)
class Tally:
    """How often some words helped, and did not, since they were written."""

    key: str
    language: str
    revision: int
    helped: int
    not_helped: int


def turn_to_change(session: Session, turn_id: str) -> Turn | None:
    """Locked until the transaction ends: a family may press twice."""
    return session.get(Turn, turn_id, with_for_update=True)


def feedback(session: Session, turn_id: str) -> Feedback | None:
    return session.get(Feedback, turn_id)


def count(session: Session, row: Feedback, asked_at: datetime, by: int) -> None:
    """Adds `by` to the running count of the words and the month, whoever else counts at the same moment."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    rows = FeedbackCount.__table__
    assert isinstance(rows, Table)
    added = {"helped": by if row.helped else 0, "not_helped": 0 if row.helped else by}
    named = {"key": row.key, "language": row.language, "revision": row.revision, "month": f"{asked_at:%Y-%m}"}
    statement = dialect.insert(rows).values(**named, **added)
    more = {name: rows.c[name] + value for name, value in added.items()}
    session.execute(statement.on_conflict_do_update(index_elements=list(rows.primary_key), set_=more))


def reports(session: Session, wanted: Wanted, *, limit: int, offset: int) -> list[tuple[Feedback, Turn]]:
    """What did not help, newest first."""
    query = select(Feedback, Turn).join(Turn, Turn.id == Feedback.turn_id).where(*_reported(wanted))
    found = session.execute(query.order_by(Feedback.at.desc(), Feedback.turn_id).limit(limit).offset(offset))
    return [(row, turn) for row, turn in found]


def count_reports(session: Session, wanted: Wanted) -> int:
    return session.scalar(select(func.count()).select_from(Feedback).where(*_reported(wanted))) or 0


def tallies(session: Session, *, topic: str, language: str, limit: int, offset: int) -> list[Tally]:
    """Most often of no help first."""
    helped, not_helped = func.sum(FeedbackCount.helped), func.sum(FeedbackCount.not_helped)
    query = _tallied(topic, language).add_columns(helped, not_helped).order_by(not_helped.desc(), helped, *WORDS)
    return [Tally(*row) for row in session.execute(query.limit(limit).offset(offset))]


def count_tallies(session: Session, *, topic: str, language: str) -> int:
    return session.scalar(select(func.count()).select_from(_tallied(topic, language).subquery())) or 0


def _tallied(topic: str, language: str) -> Select[str, str, int]:
    about = _about(FeedbackCount.key, FeedbackCount.language, topic, language)
    said = func.sum(FeedbackCount.helped + FeedbackCount.not_helped)
    return select(*WORDS).where(*about).group_by(*WORDS).having(said > 0)


def _reported(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [Feedback.helped.is_(False), *_about(Feedback.key, Feedback.language, wanted.topic, wanted.language)]
    if wanted.state:
        is_open = Feedback.settled_at.is_(None)
        found.append(is_open if wanted.state == "open" else ~is_open)
    if wanted.reason:
        found.append(Feedback.reason.is_not(None) if wanted.reason == "any" else Feedback.reason == wanted.reason)
    return found


def _about(key: Column, in_language: Column, topic: str, language: str) -> list[ColumnElement[bool]]:
    by_topic = [key.startswith(f"{topic}/", autoescape=True)] if topic else []
    return [*by_topic, *([in_language == language] if language else [])]
