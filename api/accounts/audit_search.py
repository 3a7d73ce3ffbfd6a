"""Searching the audit log."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from api.accounts.models import AuditEntry
from api.errors import Unusable

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Wanted:
    """As typed: `who` and `what` exactly, `subject` and `text` anywhere in it, days as YYYY-MM-DD in London's time."""

    who: str = ""
    what: str = ""
    subject: str = ""
    text: str = ""
    since: str = ""
    until: str = ""


def entries(session: Session, wanted: Wanted, *, limit: int, before: int | None = None) -> list[AuditEntry]:
    """The newest `limit` entries with an id below `before`; raises Unusable for a day that is none."""
    query = _filtered(select(AuditEntry), wanted)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    return list(session.scalars(query.order_by(AuditEntry.id.desc()).limit(limit)))


def people(session: Session) -> list[str]:
    """Everybody and every command that is in the log."""
    return list(session.scalars(select(AuditEntry.by_name).distinct().order_by(AuditEntry.by_name)))


def deeds(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.what).distinct().order_by(AuditEntry.what)))


def _filtered(query: Select[tuple[AuditEntry]], wanted: Wanted) -> Select[tuple[AuditEntry]]:
    if wanted.who:
        query = query.where(AuditEntry.by_name == wanted.who)
    if wanted.what:
        query = query.where(AuditEntry.what == wanted.what)
    if wanted.subject:
        query = query.where(AuditEntry.subject.icontains(wanted.subject, autoescape=True))
    if wanted.text:
        query = query.where(AuditEntry.words.contains(wanted.text.casefold(), autoescape=True))
    if wanted.since:
        query = query.where(AuditEntry.at >= _midnight(wanted.since))
    if wanted.until:
        query = query.where(AuditEntry.at < _midnight(wanted.until, days_later=1))
    return query


def _midnight(typed: str, days_later: int = 0) -> datetime:
    try:
        day = date.fromisoformat(typed) + timedelta(days=days_later)
        # UTC is asked for here already: a day of the year 1 or 9999 has none.
        return datetime.combine(day, time(), LONDON).astimezone(ZoneInfo("UTC"))
    except (ValueError, OverflowError) as error:
        raise Unusable(f"“{typed}” is not a day; write it as 2026-11-26.") from error
