"""What a file would suggest, set against the words as they stand. Nothing is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from api.content import repository
from api.content.checks import check_words
from api.content.files.entries import FileEntry, checked
from api.content.findings import Finding
from api.content.glossary import Term
from api.content.languages import ENGLISH, Language
from api.content.models import Revision, Suggestion
from api.content.service import words_of
from api.content.serving import read_now
from api.content.shelf import candidate
from api.content.source import FIELDS
from api.database import now

Age = Literal["today", "newer", "older", "unknown"]
"""Of the English that words say: what families read; waits for approval; was there before; never was here."""


@dataclass(frozen=True)
class Proposed:
    """One message that the file words otherwise than the newest revision, which is `before` ({} for none).

    `words` and `made_from` have every field; what the file does not have is as it was. `number`: of that revision.
    """

    key: str
    words: Mapping[str, str]
    made_from: Mapping[str, str]
    before: Mapping[str, str]
    number: int
    age: Age
    is_sure: bool
    findings: Sequence[Finding]


@dataclass(frozen=True)
class Comparison:
    """`proposed` is what would be suggested; the counts are messages that would not, and entries without words."""

    proposed: Sequence[Proposed]
    same: int = 0
    waiting: int = 0
    left_out: int = 0
    empty: int = 0


def compare(
    session: Session, entries: Sequence[FileEntry], language: Language, glossary: Mapping[str, Term]
) -> Comparison:
    """Raises FileFaulty when an entry is none of ours."""
    keys = [message.key for message in repository.messages(session)]
    by_key: dict[str, list[FileEntry]] = {}
    filled = [entry for entry in checked(entries, keys) if entry.words]
    for entry in filled:
        by_key.setdefault(entry.key, []).append(entry)
    rows: dict[str, list[Revision]] = {}
    for row in repository.revisions(session, list(by_key), {language.code, ENGLISH}):
        rows.setdefault(row.key, []).append(row)
    found = [_proposed(key, own, rows.get(key, []), language, glossary) for key, own in by_key.items()]
    proposed = [one for one in found if one]
    earlier = repository.suggestions(session, language.code)
    kinds = [_earlier(one, earlier) for one in proposed]
    return Comparison(
        proposed=[one for one, kind in zip(proposed, kinds, strict=True) if kind == "new"],
        same=len(found) - len(proposed),
        waiting=kinds.count("waiting"),
        left_out=kinds.count("left_out"),
        empty=len(entries) - len(filled),
    )


def english_age(made_from: Mapping[str, str], rows: Sequence[Revision]) -> Age:
    """How old the English is that words say, by every English revision among `rows`."""
    originals = [row for row in rows if row.language == ENGLISH]
    read = read_now([candidate(row) for row in originals], now())
    numbers = [row.number for row in originals if words_of(row) == dict(made_from)]
    if read is None or any(made_from[field] not in {getattr(row, field) for row in originals} for field in FIELDS):
        return "unknown"
    if read.number in numbers:
        return "today"
    return "newer" if numbers and max(numbers) > read.number else "older"


def _proposed(
    key: str, entries: Sequence[FileEntry], rows: Sequence[Revision], language: Language, glossary: Mapping[str, Term]
) -> Proposed | None:
    newest = next((row for row in rows if row.language == language.code), None)
    original = next((row for row in rows if row.language == ENGLISH), None)
    english = words_of(original) if original else dict.fromkeys(FIELDS, "")
    before = words_of(newest) if newest else {}
    said = (newest.made_from if newest else {}) or english
    changed = [entry for entry in entries if _differs(entry, before, said, english, language)]
    if not changed:
        return None
    words = {field: before.get(field, "") for field in FIELDS} | {entry.field: entry.words for entry in changed}
    made_from = {**english, **said} | {entry.field: entry.english or english[entry.field] for entry in changed}
    return Proposed(
        key=key,
        words=words,
        made_from=made_from,
        before=before,
        number=newest.number if newest else 0,
        age=english_age(made_from, rows),
        is_sure=all(entry.is_sure for entry in changed),
        findings=check_words(key, words, words if language.code == ENGLISH else made_from, language, glossary),
    )


def _differs(
    entry: FileEntry, before: Mapping[str, str], said: Mapping[str, str], english: Mapping[str, str], language: Language
) -> bool:
    """Other words; or the same, said to fit newer English than they were written for."""
    if entry.words != before.get(entry.field):
        return True
    says_newer = entry.english == english[entry.field] != said.get(entry.field)
    return language.code != ENGLISH and entry.says_so and says_newer


def _earlier(one: Proposed, earlier: Sequence[Suggestion]) -> Literal["new", "waiting", "left_out"]:
    """Whether the same has been suggested before; what was taken and changed since may be suggested again."""
    same = [s for s in earlier if s.key == one.key and s.words == one.words and s.made_from == one.made_from]
    if any(suggestion.decision is None for suggestion in same):
        return "waiting"
    return "left_out" if any(suggestion.decision == "left_out" for suggestion in same) else "new"
