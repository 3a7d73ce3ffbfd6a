"""What files suggested for one message in one language, as its desk shows it; and what saving makes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query
from sqlalchemy.orm import Session

from api.accounts import audit
from api.accounts.service import Visitor
from api.content import repository
from api.content.files import suggesting
from api.content.files.comparing import Age, english_age
from api.content.languages import ENGLISH, Language
from api.content.models import Revision, Suggestion
from api.content.service import words_of
from api.content.source import FIELDS
from api.editors.messages.diffing import Part, word_diff
from api.person import Person

LARGEST_ID = 2**31 - 1
Chosen = Annotated[int, Query(ge=0, le=LARGEST_ID)]
"""The id of a suggestion, 0 for none."""
Diffs = Mapping[str, Sequence[Part]]


@dataclass(frozen=True)
class Offer:
    """A suggestion beside the newest words. `english`: how its English differs from what stands on the page."""

    row: Suggestion
    diffs: Diffs
    english: Diffs
    age: Age

    @property
    def is_open(self) -> bool:
        return self.row.decision is None


def offers(
    session: Session, key: str, own: Language, newest: Revision | None, english: Mapping[str, str]
) -> list[Offer]:
    """Suggestions that wait or were left out; those that were taken are revisions now."""
    rows = [row for row in repository.suggestions(session, own.code, key) if row.decision != suggesting.TAKEN]
    if not rows:
        return []
    before = words_of(newest) if newest else {}
    originals = repository.revisions(session, [key], [ENGLISH])
    return [
        Offer(
            row=row,
            diffs=_diffs(before, row.words),
            english=_diffs(row.made_from, english) if english else {},
            age=english_age(row.made_from, originals),
        )
        for row in rows
    ]


def take(session: Session, visitor: Visitor, made: Revision, from_form: int) -> None:
    """Marks as taken what became the revision `made`."""
    by = Person(visitor.name, visitor.account_id)
    for row in suggesting.take(session, made.key, made.language, words_of(made), from_form, by):
        note(session, visitor, "suggestion.taken", row, after={"revision": made.number})


def note(
    session: Session, visitor: Visitor, what: str, row: Suggestion, after: Mapping[str, int] | None = None
) -> None:
    """One line in the audit log about a suggestion, with its words."""
    subject = f"{row.key} ({row.language}), {row.origin}"
    audit.record(session, by=visitor, what=what, subject=subject, before=row.words, after=after)


def _diffs(before: Mapping[str, str], after: Mapping[str, str]) -> Diffs:
    """Only of fields that differ."""
    return {
        field: word_diff(before.get(field, ""), after.get(field, ""))
        for field in FIELDS
        if before.get(field, "") != after.get(field, "")
    }
