"""The words: rendered for a family, loaded from files, approved by a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from api.content import repository
from api.content.languages import ENGLISH
from api.content.models import Approval, Message, Revision
from api.content.placeholders import fill
from api.content.serving import Candidate, Served, choose
from api.database import now
from api.errors import Conflict, NotFound


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
    session: Session,
    key: str,
    *,
    language: str,
    channel: str,
    drafts_allowed: bool,
    values: Mapping[str, object] | None = None,
) -> Rendered | None:
    """`key` in `language` for `channel` ("web" or "sms"), else in English, else None."""
    message = repository.message(session, key)
    if message is None:
        return None
    found = _served(session, [message], language, drafts_allowed).get(key)
    return _rendered(message, *found, channel, values or {}) if found else None


def titles(session: Session, keys: Iterable[str], *, language: str, drafts_allowed: bool) -> dict[str, str]:
    """Key -> title as served in `language`; keys that have no served revision are left out."""
    wanted = list(keys)
    if not wanted:
        return {}
    served = _served(session, repository.messages_of(session, wanted), language, drafts_allowed)
    return {key: served[key][1].title for key in wanted if key in served}


def approve(session: Session, *, key: str, language: str, number: int, by: str) -> Approval:
    """Approves one exact revision; raises Conflict when `by` wrote it, NotFound when there is none."""
    revision = next((r for r in repository.revisions(session, [key], [language]) if r.number == number), None)
    if revision is None:
        raise NotFound(f"There is no revision {number} of {key} in {language}.")
    if not by.strip() or by.strip().casefold() == revision.author.casefold():
        raise Conflict("Approval needs the name of a second person, not the author.")
    if revision.approval is not None:
        raise Conflict(f"Revision {number} of {key} in {language} has been decided on; write a new revision.")
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


def _served(
    session: Session, messages: list[Message], language: str, drafts_allowed: bool
) -> dict[str, tuple[Served, Revision]]:
    by_key: dict[str, list[Revision]] = {}
    for revision in repository.revisions(session, [m.key for m in messages], {language, ENGLISH}):
        by_key.setdefault(revision.key, []).append(revision)
    found: dict[str, tuple[Served, Revision]] = {}
    for message in messages:
        revisions = by_key.get(message.key, [])
        served = choose(
            [_candidate(r) for r in revisions], language=language, level=message.level, drafts_allowed=drafts_allowed
        )
        if served:
            found[message.key] = served, next(r for r in revisions if r.id == served.candidate.id)
    return found


def _candidate(revision: Revision) -> Candidate:
    approval = revision.approval
    return Candidate(
        id=revision.id,
        language=revision.language,
        number=revision.number,
        source_hash=revision.source_hash,
        is_approved=approval is not None,
        is_withdrawn=approval is not None and approval.withdrawn_at is not None,
        approved_on=approval.approved_at.date() if approval else None,
    )


def _rendered(
    message: Message, served: Served, revision: Revision, channel: str, values: Mapping[str, object]
) -> Rendered:
    words = revision.sms if channel == "sms" else revision.web
    return Rendered(
        key=message.key,
        language=revision.language,
        title=revision.title,
        text=fill(words, values),
        revision=revision.number,
        approved=served.candidate.is_approved,
        demonstration=not served.candidate.is_approved,
        fallback_from=served.fallback_from,
        sources=tuple({"title": s["title"], "url": s["url"]} for s in message.sources),
        reviewed_on=served.candidate.approved_on,
        contact=message.contact,
        choices=tuple(message.choices),
    )
