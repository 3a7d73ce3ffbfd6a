"""Every query about messages, revisions and suggestions."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from api.content.models import Approval, Message, Revision, Suggestion


def messages(session: Session) -> list[Message]:
    return list(session.scalars(select(Message).order_by(Message.position)))


def message(session: Session, key: str) -> Message | None:
    return session.get(Message, key)


def lock(session: Session, key: str) -> None:
    """Nobody else decides on this message, or writes a revision of it, until the transaction ends."""
    session.execute(select(Message.key).where(Message.key == key).with_for_update())


def messages_of(session: Session, keys: Iterable[str]) -> list[Message]:
    return list(session.scalars(select(Message).where(Message.key.in_(list(keys)))))


def revisions(session: Session, keys: Iterable[str], languages: Iterable[str]) -> list[Revision]:
    """Revisions of `keys` in `languages` with their approvals, newest first."""
    query = (
        select(Revision)
        .where(Revision.key.in_(list(keys)), Revision.language.in_(list(languages)))
        .options(joinedload(Revision.approvals))
        .order_by(Revision.number.desc())
    )
    return list(session.scalars(query).unique())


def revisions_of(session: Session, key: str) -> list[Revision]:
    """Every revision of `key` in every language with its approvals, newest first."""
    query = select(Revision).where(Revision.key == key).options(selectinload(Revision.approvals))
    return list(session.scalars(query.order_by(Revision.number.desc())))


def every_revision(session: Session, keys: Iterable[str] | None = None) -> list[Revision]:
    """Every revision of `keys` (all when none are given) with its approvals."""
    query = select(Revision).options(selectinload(Revision.approvals))
    return list(session.scalars(query if keys is None else query.where(Revision.key.in_(list(keys)))))


def newest(session: Session, key: str, language: str) -> Revision | None:
    query = (
        select(Revision)
        .where(Revision.key == key, Revision.language == language)
        .options(selectinload(Revision.approvals))
        .order_by(Revision.number.desc())
        .limit(1)
    )
    return session.scalar(query)


def titles(session: Session) -> set[tuple[str, str]]:
    """(key, title): every title that a message ever had, in any language; those that wait for approval too."""
    return {(key, title) for key, title in session.execute(select(Revision.key, Revision.title).distinct())}


def next_beginning(session: Session, moment: datetime) -> datetime | None:
    """When the next approval that was planned ahead begins to count."""
    return session.scalar(select(func.min(Approval.begins_at)).where(Approval.begins_at > moment))


def suggestions(session: Session, language: str, key: str | None = None) -> list[Suggestion]:
    """What files suggested in `language`, decided on or not, oldest first; for one message or for all."""
    query = select(Suggestion).where(Suggestion.language == language).order_by(Suggestion.id)
    return list(session.scalars(query if key is None else query.where(Suggestion.key == key)))


def suggestion(session: Session, suggestion_id: int) -> Suggestion | None:
    return session.get(Suggestion, suggestion_id)


def count_messages(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Message)) or 0
