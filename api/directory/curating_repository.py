"""Every query about what waits for an editor, and about what editors did."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, selectinload

from api.directory.models import Service
from api.directory.trust_models import Change, Proposal, Report

LISTED = (Service.listing.in_(("show", "professionals")), Service.status.in_(("active", "temporarily closed")))


def lock(session: Session, service_id: str) -> None:
    """Nobody else changes this entry until the transaction ends."""
    session.execute(select(Service.id).where(Service.id == service_id).with_for_update())


def open_reports(session: Session, *, limit: int, offset: int = 0) -> list[tuple[Report, Service]]:
    """Reports that nobody has dealt with, and their entries, the oldest first."""
    query = select(Report, Service).join(Service, Service.id == Report.service_id)
    query = query.where(Report.closed_at.is_(None)).order_by(Report.at, Report.id)
    return [(row[0], row[1]) for row in session.execute(query.limit(limit).offset(offset))]


def reports_of(session: Session, service_id: str) -> list[Report]:
    """Everything that was reported of an entry, newest first."""
    query = select(Report).where(Report.service_id == service_id).order_by(Report.id.desc())
    return list(session.scalars(query))


def proposals(session: Session, *, limit: int, offset: int = 0) -> list[tuple[Proposal, Service]]:
    query = select(Proposal, Service).join(Service, Service.id == Proposal.service_id)
    query = query.where(Proposal.decided_at.is_(None)).order_by(Proposal.at, Proposal.id)
    return [(row[0], row[1]) for row in session.execute(query.limit(limit).offset(offset))]


def due(session: Session, before: date, *, limit: int, offset: int = 0) -> list[Service]:
    """Listed entries that were last checked before `before`, those never checked first, then the oldest check."""
    query = select(Service).where(*_due(before)).options(selectinload(Service.phones))
    query = query.order_by(Service.assured_on.is_not(None), Service.assured_on)
    return list(session.scalars(query.order_by(Service.name, Service.id).limit(limit).offset(offset)))


def on_hold(session: Session, *, limit: int, offset: int = 0) -> list[Service]:
    query = select(Service).where(Service.listing == "hold").order_by(Service.name, Service.id)
    return list(session.scalars(query.limit(limit).offset(offset)))


def entries(
    session: Session, *, words: Sequence[str], listing: str | None, limit: int, offset: int
) -> tuple[list[Service], int]:
    """Entries with every one of `words` (folded) in them, by name; and how many there are in all."""
    chosen = [Service.search_text.contains(word, autoescape=True) for word in words]
    chosen += [Service.listing == listing] if listing else []
    total = session.scalar(select(func.count()).select_from(Service).where(*chosen)) or 0
    query = select(Service).where(*chosen).order_by(Service.name, Service.id)
    return list(session.scalars(query.limit(limit).offset(offset))), total


def counts(session: Session, due_before: date) -> dict[str, int]:
    """How much waits: reports, due, proposals, held."""
    queries = {
        "reports": select(func.count()).select_from(Report).where(Report.closed_at.is_(None)),
        "due": select(func.count()).select_from(Service).where(*_due(due_before)),
        "proposals": select(func.count()).select_from(Proposal).where(Proposal.decided_at.is_(None)),
        "held": select(func.count()).select_from(Service).where(Service.listing == "hold"),
    }
    return {name: session.scalar(query) or 0 for name, query in queries.items()}


def changes(session: Session, service_id: str, *, limit: int = 200) -> list[Change]:
    """What was done to an entry, newest first."""
    query = select(Change).where(Change.service_id == service_id).order_by(Change.id.desc())
    return list(session.scalars(query.limit(limit)))


def last_asked(session: Session, ids: Sequence[str], asked: str) -> dict[str, datetime]:
    """Entry -> when its service was last asked."""
    query = select(Change.service_id, func.max(Change.at)).where(Change.service_id.in_(ids), Change.what == asked)
    return {row[0]: row[1] for row in session.execute(query.group_by(Change.service_id))}


def _due(before: date) -> tuple[ColumnElement[bool], ...]:
    # A check that lies in the future is a slip of the pen, and families do not see the entry.
    wrong = Service.assured_on > date.today()
    return (*LISTED, or_(Service.assured_on.is_(None), Service.assured_on < before, wrong))
