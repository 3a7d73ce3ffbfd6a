"""Every query about messages and revisions."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from api.content.models import Message, Revision


def messages(session: Session) -> list[Message]:
    return list(session.scalars(select(Message).order_by(Message.position)))


def message(session: Session, key: str) -> Message | None:
    return session.get(Message, key)


def messages_of(session: Session, keys: Iterable[str]) -> list[Message]:
    return list(session.scalars(select(Message).where(Message.key.in_(list(keys)))))


def revisions(session: Session, keys: Iterable[str], languages: Iterable[str]) -> list[Revision]:
    """Revisions of `keys` in `languages` with their approvals, newest first."""
    query = (
        select(Revision)
        .where(Revision.key.in_(list(keys)), Revision.language.in_(list(languages)))
        .options(joinedload(Revision.approval))
        .order_by(Revision.number.desc())
    )
    return list(session.scalars(query))


def newest(session: Session, key: str, language: str) -> Revision | None:
    query = (
        select(Revision)
        .where(Revision.key == key, Revision.language == language)
        .options(joinedload(Revision.approval))
        .order_by(Revision.number.desc())
        .limit(1)
    )
    return session.scalar(query)


def count_messages(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Message)) or 0
