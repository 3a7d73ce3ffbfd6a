"""Somebody says that an entry is wrong: into the editors' queue, never straight into the entry."""

from typing import Literal

from sqlalchemy.orm import Session

from api.database import now
from api.directory.models import Service
from api.directory.trust_models import Report
from api.errors import NotFound, Unusable

Reporter = Literal["family", "professional"]
REASONS = ("phone", "closed", "address", "hours", "refused", "other")
LONGEST = 1000


def service_name(session: Session, service_id: str) -> str:
    """Raises NotFound for an entry that is not there or that nobody outside may see."""
    service = session.get(Service, service_id)
    if service is None or service.listing == "hold":
        raise NotFound("There is no such service in the directory.")
    return service.name


def report(session: Session, service_id: str, *, reason: str, detail: str, reporter: Reporter) -> None:
    """Adds to the queue; raises NotFound, and Unusable for a reason that is none of REASONS."""
    service_name(session, service_id)
    if reason not in REASONS:
        raise Unusable("Choose what is wrong.")
    row = Report(service_id=service_id, reason=reason, detail=detail.strip()[:LONGEST], reporter=reporter, at=now())
    session.add(row)
