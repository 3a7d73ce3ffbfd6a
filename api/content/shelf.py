"""What is served just now, kept in memory until any message, revision or approval changes.

Choosing a revision takes several queries a reply; families read far oftener than editors write. Every write of words
counts up one number in the same transaction, and each reply looks at that number first, so a withdrawal holds from the
next reply on. Words read under one number are kept under that number: a reader that is late cannot bring old ones back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Any, cast

from sqlalchemy import event, select, update
from sqlalchemy.orm import Session, UOWTransaction

from api.content import repository
from api.content.languages import ENGLISH
from api.content.models import Approval, ContentStamp, Message, Revision
from api.content.reviewing import Review
from api.content.serving import Candidate, Change, Decision, Served, choose
from api.database import now

STAMPS_KEPT = 2


@dataclass(frozen=True, slots=True)
class Found:
    """One message with the revision that is served: plain values, so that they outlive the session."""

    key: str
    language: str
    title: str
    web: str
    sms: str
    revision: int
    is_approved: bool
    fallback_from: str | None
    sources: tuple[dict[str, Any], ...]
    reviewed_on: date | None
    contact: str | None
    choices: tuple[str, ...]


Page = dict[tuple[str, str], Found | None]


@dataclass(frozen=True)
class Lasting:
    """Served words, and until when they may be believed without looking again."""

    page: Page
    until: datetime


@dataclass(frozen=True)
class OpenShelf:
    """The served words as one transaction sees them."""

    session: Session
    drafts_allowed: bool
    page: Page
    moment: datetime
    review: Review | None

    def served(self, keys: Iterable[str], language: str) -> dict[str, Found]:
        """Key -> what is served in `language`, else in English; keys without served words are left out."""
        wanted = list(keys)
        unknown = [key for key in wanted if (key, language) not in self.page]
        if unknown:
            read = self._read(unknown, language)
            self.page.update({(key, language): read.get(key) for key in unknown})
        return {key: found for key in wanted if (found := self.page[key, language])}

    def _read(self, keys: list[str], language: str) -> dict[str, Found]:
        messages = repository.messages_of(self.session, keys)
        revisions: dict[str, list[Revision]] = {}
        for revision in repository.revisions(self.session, [m.key for m in messages], {language, ENGLISH}):
            revisions.setdefault(revision.key, []).append(revision)
        found = (self._find(message, revisions.get(message.key, []), language) for message in messages)
        return {entry.key: entry for entry in found if entry}

    def _find(self, message: Message, revisions: list[Revision], language: str) -> Found | None:
        if self.review and self.review.is_withheld(message.key, message.review_by, message.level, self.moment.date()):
            return None
        served = choose(
            [candidate(revision) for revision in revisions],
            language=language,
            level=message.level,
            drafts_allowed=self.drafts_allowed,
            now=self.moment,
        )
        return _found(message, served, next(r for r in revisions if r.id == served.candidate.id)) if served else None


@dataclass
class Shelf:
    """Served words by key and language, in one mode. Threads may share it."""

    drafts_allowed: bool
    review: Review = field(default_factory=Review)
    _pages: dict[int, Lasting] = field(default_factory=dict, repr=False)

    def open(self, session: Session) -> OpenShelf:
        """Not in a transaction that changes words: if it were undone, the page would keep what never was."""
        stamp = session.scalar(select(ContentStamp.number)) or 0
        moment = now()
        lasting = self._pages.get(stamp)
        if lasting is None or moment >= lasting.until:
            lasting = Lasting({}, _until(session, moment))
            self._pages[stamp] = lasting
        for old in sorted(self._pages)[:-STAMPS_KEPT]:
            self._pages.pop(old, None)
        review = None if self.drafts_allowed else self.review
        return OpenShelf(session, self.drafts_allowed, lasting.page, moment, review)


def _until(session: Session, moment: datetime) -> datetime:
    """Midnight, when a review may fall due, or the beginning of something planned ahead."""
    midnight = datetime.combine(moment.date() + timedelta(days=1), time.min, UTC)
    planned = repository.next_beginning(session, moment)
    return min(midnight, planned) if planned else midnight


def _found(message: Message, served: Served, revision: Revision) -> Found:
    return Found(
        key=message.key,
        language=revision.language,
        title=revision.title,
        web=revision.web,
        sms=revision.sms,
        revision=revision.number,
        is_approved=served.is_approved,
        fallback_from=served.fallback_from,
        sources=tuple({"title": s["title"], "url": s["url"]} for s in message.sources),
        reviewed_on=served.approved_on,
        contact=message.contact,
        choices=tuple(message.choices),
    )


def candidate(revision: Revision) -> Candidate:
    """A revision, its approvals loaded, as the choice of what is served sees it."""
    return Candidate(
        id=revision.id,
        language=revision.language,
        number=revision.number,
        source_hash=revision.source_hash,
        change=cast("Change | None", revision.change),
        decisions=tuple(Decision(a.id, a.begins_at, a.withdrawn_at) for a in revision.approvals),
    )


@event.listens_for(Session, "before_flush")
def _count_up(session: Session, _: UOWTransaction, __: object) -> None:
    changed = chain(session.new, session.dirty, session.deleted)
    if any(isinstance(entry, Message | Revision | Approval) for entry in changed):
        session.execute(update(ContentStamp).values(number=ContentStamp.number + 1))
