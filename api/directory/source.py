"""content/services/ and content/taxonomy.yml as data, checked."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from api.errors import Unusable


class DirectoryFileError(Unusable):
    """A service file cannot be used: says file and reason."""

    code = "directory_file"


class Number(BaseModel):
    model_config = ConfigDict(extra="forbid")
    number: str
    keyword: str | None = None
    note: str | None = None
    hours: str | None = None


class LocationSource(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str | None = None
    address: str
    postcode: str | None = None


class Schedule(BaseModel):
    model_config = ConfigDict(extra="forbid")
    byday: list[Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]]
    opens_at: str
    closes_at: str


class Provenance(BaseModel):
    model_config = ConfigDict(extra="forbid")
    sources: list[str]
    confidence: Literal["high", "medium", "low"]
    gaps: str | None = None


class ServiceSource(BaseModel):
    """One content/services/<id>.yml."""

    model_config = ConfigDict(extra="forbid")
    id: str
    name: str
    organisation: str
    status: Literal["active", "inactive", "defunct", "temporarily closed"]
    summary: str
    needs: list[str]
    area: list[Literal["city", "county", "rutland", "uk"]]
    referral: Literal["self", "professional"]
    eligibility: str | None = None
    phones: list[Number] = []
    text_numbers: list[Number] = []
    url: str | None = None
    address: str | None = None
    postcode: str | None = None
    locations: list[LocationSource] = []
    schedules: list[Schedule] = []
    bank_holidays: Literal["open", "closed", "unknown"] = "unknown"
    hours: str | None = None
    cost: str | None = None
    languages: list[str] = []
    interpreters: str | None = None
    assured_on: date | None = None
    provenance: Provenance

    @property
    def places(self) -> list[LocationSource]:
        own = [LocationSource(address=self.address, postcode=self.postcode)] if self.address else []
        return own + self.locations


class Term(BaseModel):
    """One need of content/taxonomy.yml, and the message keys or topics that lead to it."""

    label: str
    topics: list[str]


def read_services(folder: Path) -> list[ServiceSource]:
    """Every file of `folder`/services; raises DirectoryFileError naming the file."""
    found = []
    for path in sorted((folder / "services").glob("*.yml")):
        try:
            found.append(ServiceSource.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))))
        except (yaml.YAMLError, ValidationError) as error:
            raise DirectoryFileError(f"services/{path.name}: {error}. Mend the file and load again.") from error
    return found


def read_taxonomy(folder: Path) -> dict[str, Term]:
    """Term id -> label and topics, in the order they are offered."""
    data: dict[str, Any] = yaml.safe_load((folder / "taxonomy.yml").read_text(encoding="utf-8"))
    return {term: Term.model_validate(entry) for term, entry in data["terms"].items()}


def need_for(key: str | None, taxonomy: dict[str, Term]) -> str | None:
    """The need behind a message key, by exact key first, then by topic."""
    if key is None:
        return None
    for wanted in (key, key.split("/")[0]):
        for term, entry in taxonomy.items():
            if wanted in entry.topics:
                return term
    return None
