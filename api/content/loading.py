"""Files into the database. Words that changed become a new drafted revision; what a person approved stays served."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polib
from sqlalchemy.orm import Session

from api.content import repository
from api.content.findings import errors, refusal
from api.content.languages import ENGLISH, Language
from api.content.models import Message, Revision
from api.content.pack import check_english, check_entries, check_translations
from api.content.source import (
    FIELDS,
    ContentFileError,
    MessageSource,
    Translations,
    made_from,
    read_messages,
    read_translations,
    words_hash,
)
from api.database import now

STARTER = "starter pack"


@dataclass
class Loaded:
    """What a load did: counts, and what a person should know of.

    `kept`: a person wrote them in the database. `gone`: in no file any more. `incomplete`: a part is not translated.
    """

    messages: int = 0
    added: int = 0
    kept: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)


def load(
    session: Session,
    *,
    content: Path,
    locales: Path,
    languages: Mapping[str, Language],
    progress: Callable[[str], None] = lambda _: None,
) -> Loaded:
    """Reads and checks every file first; one that cannot be used changes nothing (ContentFileError)."""
    sources = read_messages(content)
    translations = {code: read_translations(locales, code) for code in languages if code != ENGLISH}
    _refuse_errors(sources, translations, languages, locales)
    report = Loaded(messages=len(sources))
    for position, (key, source) in enumerate(sources.items()):
        _load_message(session, key, source, position)
        _load_words(session, report, key, ENGLISH, source.words)
    session.flush()
    report.gone = [message.key for message in repository.messages(session) if message.key not in sources]
    for code, entries in translations.items():
        progress(f"{code}: {len(entries)} messages")
        for key in sources:
            _load_translation(session, report, key, code, entries.get(key, {}))
    return report


def _refuse_errors(
    sources: dict[str, MessageSource],
    translations: dict[str, Translations],
    languages: Mapping[str, Language],
    locales: Path,
) -> None:
    wrong = errors([*check_english(sources, languages[ENGLISH])])
    for code, entries in translations.items():
        wrong += errors([*check_translations(entries, languages[code]), *check_entries(locales, languages[code])])
    if wrong:
        raise ContentFileError(refusal(wrong))


def _load_message(session: Session, key: str, source: MessageSource, position: int) -> None:
    message = session.get(Message, key) or Message(key=key)
    message.position = position
    if not message.is_edited:
        _load_facts(message, source)
    session.add(message)
    session.flush()


def _load_facts(message: Message, source: MessageSource) -> None:
    message.level = source.level
    message.contact = source.contact
    message.owner = source.owner
    message.approver = source.approver
    message.review_by = source.review_by
    message.choices = source.choices
    message.sources = [link.model_dump(mode="json") for link in source.sources]
    message.notes = source.notes


def _load_translation(session: Session, report: Loaded, key: str, code: str, entries: dict[str, polib.POEntry]) -> None:
    if not set(FIELDS) <= set(entries):
        report.incomplete.append(f"{key} ({code})")
        return
    words = {name: entries[name].msgstr.strip() for name in FIELDS}
    notes = {name: entries[name].comment for name in FIELDS if entries[name].comment}
    _load_words(session, report, key, code, words, {name: made_from(entries[name]) for name in FIELDS}, notes)


def _load_words(
    session: Session,
    report: Loaded,
    key: str,
    language: str,
    words: dict[str, str],
    english: dict[str, str] | None = None,
    notes: dict[str, str] | None = None,
) -> None:
    newest = repository.newest(session, key, language)
    source_hash = words_hash(english or words)
    if newest is not None:
        if _same(newest, words) and newest.source_hash == source_hash:
            newest.made_from, newest.notes = english or {}, notes or {}  # about the words, not the words themselves
            return
        if newest.author != STARTER:
            report.kept.append(f"{key} ({language})")
            return
    number = newest.number + 1 if newest else 1
    session.add(
        Revision(
            key=key,
            language=language,
            number=number,
            source_hash=source_hash,
            made_from=english or {},
            notes=notes or {},
            author=STARTER,
            created_at=now(),
            **words,
        )
    )
    report.added += 1


def _same(revision: Revision, words: dict[str, str]) -> bool:
    return all(getattr(revision, name) == words[name] for name in FIELDS)
