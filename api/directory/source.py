"""content/services/, organisations.yml, taxonomy.yml and the family-hub categories as data, checked."""

import csv
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from api.directory.entry import Link, ServiceEntry
from api.errors import Unusable

CATEGORIES = Path("taxonomies") / "dfe_family_hubs_categories.csv"


class DirectoryFileError(Unusable):
    """A service file cannot be used: says file, field and reason."""

    code = "directory_file"


class OrganisationSource(BaseModel):
    """What is known of an organisation besides its name. `identifiers`: GB-CHC for a charity, GB-COH for a company."""

    model_config = ConfigDict(extra="forbid")
    description: str
    url: Link | None = None
    identifiers: dict[str, str] = {}


class Term(BaseModel):
    """One need of content/taxonomy.yml, and the message keys or topics that lead to it."""

    label: str
    topics: list[str]


class Category(BaseModel):
    """One family-hub category of the Department for Education, and the group it belongs to."""

    name: str
    parent: str | None = None


def read_services(folder: Path) -> list[ServiceEntry]:
    """Every file of `folder`/services; raises DirectoryFileError naming the file and every fault in it."""
    known_needs, known_categories = set(read_taxonomy(folder)), {c.name for c in read_categories(folder)}
    found = []
    for path in sorted((folder / "services").glob("*.yml")):
        entry = _read(path)
        _refuse_unknown(path, "needs", set(entry.needs) - known_needs, "content/taxonomy.yml")
        _refuse_unknown(path, "categories", set(entry.categories) - known_categories, f"content/{CATEGORIES}")
        found.append(entry)
    return found


def read_organisations(folder: Path) -> dict[str, OrganisationSource]:
    """`folder`/organisations.yml by name."""
    path = folder / "organisations.yml"
    try:
        data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return {name: OrganisationSource.model_validate(entry) for name, entry in data.items()}
    except (yaml.YAMLError, ValidationError) as error:
        raise DirectoryFileError(f"organisations.yml: {error}. Mend the file and load again.") from error


def read_taxonomy(folder: Path) -> dict[str, Term]:
    """Term id -> label and topics, in the order they are offered."""
    data: dict[str, Any] = yaml.safe_load((folder / "taxonomy.yml").read_text(encoding="utf-8"))
    return {term: Term.model_validate(entry) for term, entry in data["terms"].items()}


def read_categories(folder: Path) -> list[Category]:
    """The family-hub categories, groups first in each group."""
    with (folder / CATEGORIES).open(encoding="utf-8", newline="") as file:
        return [Category(name=row["term"], parent=row["parent"] or None) for row in csv.DictReader(file)]


def need_for(key: str | None, taxonomy: dict[str, Term]) -> str | None:
    """The need behind a message key, by exact key first, then by topic."""
    if key is None:
        return None
    for wanted in (key, key.split("/")[0]):
        for term, entry in taxonomy.items():
            if wanted in entry.topics:
                return term
    return None


def faults(error: ValidationError) -> list[str]:
    """Each fault as "schedules.0.opens_at: what is wrong", for a person to mend."""
    return [
        f"{'.'.join(str(part) for part in fault['loc']) or 'entry'}: {fault['msg'].removeprefix('Value error, ')}"
        for fault in error.errors()
    ]


def _read(path: Path) -> ServiceEntry:
    name = f"services/{path.name}"
    try:
        entry = ServiceEntry.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise DirectoryFileError(f"{name}: {error}. Mend the file and load again.") from error
    except ValidationError as error:
        raise DirectoryFileError(f"{name}: {'; '.join(faults(error))}. Mend the file and load again.") from error
    if entry.id != path.stem:
        raise DirectoryFileError(f"{name}: its id is {entry.id}. Give file and id the same name and load again.")
    return entry


def _refuse_unknown(path: Path, field: str, unknown: set[str], where: str) -> None:
    if unknown:
        names = ", ".join(sorted(unknown))
        raise DirectoryFileError(f"services/{path.name}: {field}: {names} is not in {where}. Mend it and load again.")
