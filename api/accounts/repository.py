"""Every query about accounts and who is signed in."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.accounts.models import Account, StaffSession


def by_email(session: Session, email: str) -> Account | None:
    return session.scalar(select(Account).where(Account.email == email))


def open_session(session: Session, token_hash: str, moment: datetime) -> StaffSession | None:
    query = select(StaffSession).where(StaffSession.token_hash == token_hash, StaffSession.expires_at > moment)
    return session.scalar(query)


def close_session(session: Session, token_hash: str) -> None:
    session.execute(delete(StaffSession).where(StaffSession.token_hash == token_hash))


def close_sessions_of(session: Session, account_id: str) -> None:
    session.execute(delete(StaffSession).where(StaffSession.account_id == account_id))


def forget_expired(session: Session, moment: datetime) -> None:
    session.execute(delete(StaffSession).where(StaffSession.expires_at <= moment))
