"""The directory back into the files it was loaded from: what is written is what was loaded, byte for byte."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy.orm import Session

from api.directory import repository
from api.directory.models import Organisation
from api.directory.source import OrganisationSource
from api.directory.storing import restored
from api.directory.writing import organisations_text, service_text

SERVICES = "content/services"


def exported(session: Session) -> dict[str, str]:
    """Path (`content/services/nhs_111.yml`, `content/organisations.yml`) -> text."""
    entries = map(restored, repository.every_whole(session))
    files = {f"{SERVICES}/{entry.id}.yml": service_text(entry) for entry in entries}
    known = {row.name: _source(row) for row in repository.organisations(session) if _says_something(row)}
    return {**files, "content/organisations.yml": organisations_text(known)}


def summaries(session: Session) -> dict[str, str]:
    """Service id -> the English summary that translations must say, of services that families may see."""
    return {service_id: summary for service_id, _, summary in repository.shown_summaries(session)}


def left_over(files: Iterable[str], folders: Iterable[Path]) -> list[str]:
    """Names of service files in `folders` that are none of `files`: the database no longer has their entries."""
    written = {Path(name).name for name in files}
    return sorted({path.name for folder in folders for path in folder.glob("*.yml")} - written)


def _source(row: Organisation) -> OrganisationSource:
    return OrganisationSource(description=row.description, url=row.url, identifiers=row.identifiers)


def _says_something(row: Organisation) -> bool:
    """One that only a service names is made again by the next load."""
    return bool(row.description != row.name or row.url or row.identifiers)
