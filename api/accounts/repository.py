"""Every query about accounts and who is signed in."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from api.accounts.models import Account, AccountLink, RecoveryCode, StaffSession


def by_email(session: Session, email: str) -> Account | None:
    return session.scalar(select(Account).where(Account.email == email))


def for_update(session: Session, account_id: str) -> Account | None:
    return session.get(Account, account_id, with_for_update=True, populate_existing=True)


def everybody(session: Session, *, for_update: bool = False) -> list[Account]:
    """All accounts; `for_update` keeps two people from changing who is an admin at the same time."""
    query = select(Account).order_by(Account.id)
    return list(session.scalars(query.with_for_update() if for_update else query))


def open_session(session: Session, token_hash: str, moment: datetime) -> StaffSession | None:
    query = select(StaffSession).where(StaffSession.token_hash == token_hash, StaffSession.expires_at > moment)
    return session.scalar(query)


def sessions_of(session: Session, account_id: str, moment: datetime) -> list[StaffSession]:
    """Newest first."""
    query = select(StaffSession).where(StaffSession.account_id == account_id, StaffSession.expires_at > moment)
    return list(session.scalars(query.order_by(StaffSession.created_at.desc())))


def close_session(session: Session, token_hash: str) -> None:
    session.execute(delete(StaffSession).where(StaffSession.token_hash == token_hash))


def close_sessions_of(session: Session, account_id: str, *, but: str = "") -> None:
    session.execute(delete(StaffSession).where(StaffSession.account_id == account_id, StaffSession.token_hash != but))


def forget_expired(session: Session, moment: datetime) -> None:
    session.execute(delete(StaffSession).where(StaffSession.expires_at <= moment))


def links(session: Session) -> dict[str, AccountLink]:
    """Every link by the account it is for."""
    return {link.account_id: link for link in session.scalars(select(AccountLink))}


def link_by_hash(session: Session, token_hash: str, moment: datetime) -> AccountLink | None:
    query = select(AccountLink).where(AccountLink.token_hash == token_hash, AccountLink.expires_at > moment)
    return session.scalar(query.with_for_update())


def drop_link(session: Session, account_id: str) -> None:
    session.execute(delete(AccountLink).where(AccountLink.account_id == account_id))


def spend_recovery_code(session: Session, account_id: str, code_hash: str) -> bool:
    """Whether there was such a code; it is gone now."""
    query = delete(RecoveryCode).where(RecoveryCode.account_id == account_id, RecoveryCode.code_hash == code_hash)
    return bool(session.execute(query.returning(RecoveryCode.code_hash)).all())


def drop_recovery_codes(session: Session, account_id: str) -> None:
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))


def recovery_codes_left(session: Session, account_id: str) -> int:
    query = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.account_id == account_id)
    return session.scalar(query) or 0
