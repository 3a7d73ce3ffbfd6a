"""The words: rendered for a family, loaded from files, approved by a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from api.content import repository
from api.content.checks import check_words
from api.content.findings import errors, refusal
from api.content.languages import ENGLISH, Language
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
    found = revision(session, key, language.code, number)
    if not by.strip() or by.strip().casefold() == found.author.casefold():
        raise Conflict("Approval needs the name of a second person, not the author.")
    if found.approval is not None:
        raise Conflict(
            f"Revision {number} of {key} in {language.code} was approved by {found.approval.approved_by} and, if "
            "withdrawn since, cannot be approved again: change the words, load, and approve the new revision."
        )
    if language.code != ENGLISH and not found.made_from:
        raise Conflict("It is not known which English this was made from. Run `make load` first.")
    wrong = errors(check_words(key, words_of(found), found.made_from or words_of(found), language))
    if wrong:
        raise Unusable(refusal(wrong))
    approval = Approval(revision_id=found.id, approved_by=by.strip(), approved_at=now())
    session.add(approval)
    return approval


def revision(session: Session, key: str, language: str, number: int) -> Revision:
    """Raises NotFound when there is none."""
    found = next((r for r in repository.revisions(session, [key], [language]) if r.number == number), None)
    if found is None:
        raise NotFound(_no_revision(session, key, language, number))
    return found


def withdraw(session: Session, *, key: str, language: str, number: int, by: str) -> None:
    """Stops a revision from being served from the next reply on."""
    found = revision(session, key, language, number)
    if found.approval is None:
        raise NotFound(f"There is no approved revision {number} of {key} in {language}.")
    found.approval.withdrawn_by = by
    found.approval.withdrawn_at = now()


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
