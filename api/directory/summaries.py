"""Summaries of services in other languages: approved in services.po or by a second person at the desk."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy.orm import Session

from api.directory import repository
from api.directory.models import Service, ServiceTranslation
from api.errors import NotFound

IN_FILE = "services.po"
"""Who approved what is not fuzzy in the file."""


class Summary(NamedTuple):
    """A summary as a file has it, and the English it was made from."""

    words: str
    made_from: str
    is_draft: bool = True


def approve(session: Session, service_id: str, language: str, summary: Summary, by: str) -> None:
    """Serves `summary` from the next reply on, as long as the English stays; raises NotFound."""
    if session.get(Service, service_id) is None:
        raise NotFound(f"There is no service {service_id}.")
    held = _held(session, service_id, language)
    held.summary, held.made_from, held.approved_by = summary.words, summary.made_from, by


def load(session: Session, service: Service, summaries: Mapping[str, Summary]) -> None:
    """Takes over language -> summary from files. What a person approved stays: put back, its English counts again."""
    for language, summary in summaries.items():
        held = _held(session, service.id, language)
        if held.approved_by in (None, IN_FILE):
            held.summary, held.made_from = summary.words, summary.made_from
            held.approved_by = None if summary.is_draft else IN_FILE


def _held(session: Session, service_id: str, language: str) -> ServiceTranslation:
    """The row of a service and language, made when there is none."""
    held = repository.translation(session, service_id, language)
    if held is None:
        held = ServiceTranslation(service_id=service_id, language=language, summary="", made_from="")
        session.add(held)
    return held
