"""The words as a family reads them, and one revision as it was written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from api.content import repository
from api.content.models import Revision
from api.content.placeholders import fill
from api.content.shelf import Found, OpenShelf
from api.content.source import FIELDS
from api.errors import NotFound


@dataclass(frozen=True)
class Rendered:
    """One message as a family reads it on one channel, and exactly which revision that is."""

    key: str
    language: str
    title: str
    text: str
    revision: int
    approved: bool
    demonstration: bool
    fallback_from: str | None
    sources: tuple[dict[str, Any], ...]
    reviewed_on: date | None
    contact: str | None
    choices: tuple[str, ...]


def render(
    words: OpenShelf,
    key: str,
    *,
    language: str,
    channel: str,
    values: Mapping[str, object] | None = None,
) -> Rendered | None:
    """`key` in `language` for `channel` ("web" or "sms"), else in English, else None."""
    found = words.served([key], language).get(key)
    return _rendered(found, channel, values or {}) if found else None


def titles(words: OpenShelf, keys: Iterable[str], *, language: str) -> dict[str, str]:
    """Key -> title as served in `language`; keys that have no served revision are left out."""
    return {key: found.title for key, found in words.served(keys, language).items()}


def revision(session: Session, key: str, language: str, number: int) -> Revision:
    """Raises NotFound when there is none."""
    found = next((r for r in repository.revisions(session, [key], [language]) if r.number == number), None)
    if found is None:
        raise NotFound(_no_revision(session, key, language, number))
    return found


def _rendered(found: Found, channel: str, values: Mapping[str, object]) -> Rendered:
    return Rendered(
        key=found.key,
        language=found.language,
        title=found.title,
        text=fill(found.sms if channel == "sms" else found.web, values),
        revision=found.revision,
        approved=found.is_approved,
        demonstration=not found.is_approved,
        fallback_from=found.fallback_from,
        sources=found.sources,
        reviewed_on=found.reviewed_on,
        contact=found.contact,
        choices=found.choices,
    )


def _no_revision(session: Session, key: str, language: str, number: int) -> str:
    known = sorted(revision.number for revision in repository.revisions(session, [key], [language]))
    if not known:
        return f"There is no message {key} in {language}: is the key spelt right?"
    return f"There is no revision {number} of {key} in {language}; there are {', '.join(map(str, known))}."


def words_of(revision: Revision) -> dict[str, str]:
    return {field: getattr(revision, field) for field in FIELDS}
