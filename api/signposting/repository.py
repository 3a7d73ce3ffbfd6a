"""Every query about texts that professionals had sent."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.signposting.models import Signpost


def sent_by(session: Session, account_id: str, limit: int = 100) -> list[Signpost]:
    """Newest first; only this account's own."""
    query = select(Signpost).where(Signpost.account_id == account_id).order_by(Signpost.created_at.desc())
    return list(session.scalars(query.limit(limit)))


def own(session: Session, account_id: str, signpost_id: str) -> Signpost | None:
    query = select(Signpost).where(Signpost.id == signpost_id, Signpost.account_id == account_id)
    return session.scalar(query)


def count_since(
    session: Session, moment: datetime, *, account_id: str | None = None, number_hash: str | None = None
) -> int:
    query = select(func.count()).select_from(Signpost).where(Signpost.created_at >= moment)
    if account_id is not None:
        query = query.where(Signpost.account_id == account_id)
    if number_hash is not None:
        query = query.where(Signpost.number_hash == number_hash)
    return session.scalar(query) or 0
