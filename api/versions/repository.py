"""Every query about versions."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.versions.models import Version

APPROVED = "approved"


def version(session: Session, version_id: int) -> Version | None:
    """Locked until the transaction ends: two people may decide at once."""
    return session.get(Version, version_id, with_for_update=True)


def history(session: Session, kind: str, subject: str, *, is_locked: bool = False) -> list[Version]:
    """Newest first; `is_locked`: nobody else decides on any of them until the transaction ends."""
    query = select(Version).where(Version.kind == kind, Version.subject == subject).order_by(Version.number.desc())
    return list(session.scalars(query.with_for_update() if is_locked else query))


def histories(session: Session, kind: str, before: str) -> dict[str, list[Version]]:
    """Subject -> its versions, newest first, of those whose subject begins with `before`."""
    query = select(Version).where(Version.kind == kind, Version.subject.startswith(before, autoescape=True))
    found: dict[str, list[Version]] = {}
    for row in session.scalars(query.order_by(Version.subject, Version.number.desc())):
        found.setdefault(row.subject, []).append(row)
    return found


def approved(session: Session) -> list[Version]:
    """Every approved version, oldest number first."""
    return list(session.scalars(select(Version).where(Version.decision == APPROVED).order_by(Version.number)))


def waiting(session: Session, kind: str | None = None) -> list[Version]:
    """Those nobody has decided on, oldest first."""
    query = select(Version).where(Version.decision.is_(None)).order_by(Version.id)
    return list(session.scalars(query if kind is None else query.where(Version.kind == kind)))


def count_approved(session: Session) -> int:
    return session.scalar(select(func.count()).where(Version.decision == APPROVED)) or 0
