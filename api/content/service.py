"""The words: rendered for a family, loaded from files, approved by a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from api.content import repository
from api.content.checks import check_words
from api.content.findings import errors, refusal
from api.content.languages import Language
from api.content.models import Approval, Revision
from api.content.placeholders import fill
from api.content.shelf import Found, OpenShelf
from api.content.source import FIELDS
from api.database import now
from api.errors import Conflict, NotFound, Unusable


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


def approve(session: Session, *, key: str, language: Language, number: int, by: str) -> Approval:
    """Approves one exact revision.

    Raises Conflict when `by` wrote it or it has been decided on, Unusable when its words have errors, NotFound when
    there is none.
    """
    revision = next((r for r in repository.revisions(session, [key], [language.code]) if r.number == number), None)
    if revision is None:
        raise NotFound(f"There is no revision {number} of {key} in {language.code}.")
    if not by.strip() or by.strip().casefold() == revision.author.casefold():
        raise Conflict("Approval needs the name of a second person, not the author.")
    if revision.approval is not None:
        raise Conflict(f"Revision {number} of {key} in {language.code} has been decided on; write a new revision.")
    wrong = errors(check_words(key, words_of(revision), revision.made_from or words_of(revision), language))
    if wrong:
        raise Unusable(refusal(wrong))
    approval = Approval(revision_id=revision.id, approved_by=by.strip(), approved_at=now())
    session.add(approval)
    return approval


def withdraw(session: Session, *, key: str, language: str, number: int, by: str) -> None:
    """Stops a revision from being served from the next reply on."""
    revision = next((r for r in repository.revisions(session, [key], [language]) if r.number == number), None)
    if revision is None or revision.approval is None:
        raise NotFound(f"There is no approved revision {number} of {key} in {language}.")
    revision.approval.withdrawn_by = by
    revision.approval.withdrawn_at = now()


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


def words_of(revision: Revision) -> dict[str, str]:
    return {field: getattr(revision, field) for field in FIELDS}
