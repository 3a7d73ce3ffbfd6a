"""The whole pack of files, checked: English, every translation, the words of the pages, the summaries of services."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import polib
import yaml
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from api.content.checks import check_words
from api.content.findings import Finding
from api.content.glossary import Term, load_glossary
from api.content.interface import english_words, wanted_words
from api.content.languages import ENGLISH, Language, load_languages
from api.content.short_words import faults
from api.content.source import (
    FIELDS,
    MessageSource,
    Translations,
    made_from,
    read_messages,
    read_topics,
    read_translations,
)
from api.content.source import read_po as read_entries
from api.content.structure import check_structure

DOMAINS = ("messages", "interface", "services")


@dataclass(frozen=True)
class Checked:
    """What was found in one language; `done` and `wanted` count entries by domain."""

    language: str
    done: Mapping[str, int]
    wanted: Mapping[str, int]
    findings: Sequence[Finding]


def check_pack(content: Path, locales: Path) -> list[Checked]:
    """Every language of content/languages.yml in order; raises ContentFileError for a file that cannot be read."""
    languages, sources = load_languages(content), read_messages(content)
    glossary = load_glossary(content)
    wanted = {
        "messages": {f"{key}.{field}": text for key, source in sources.items() for field, text in source.words.items()},
        "interface": english_words(content),
        "services": english_summaries(content),
    }
    sizes = {domain: len(entries) for domain, entries in wanted.items()}
    english = [*check_english(sources, languages[ENGLISH]), *check_structure(read_topics(content), sources)]
    checked = [Checked(ENGLISH, sizes, sizes, english)]
    for code, language in languages.items():
        if code != ENGLISH:
            own = {**wanted, "interface": wanted_words(wanted["interface"], code)}
            checked.append(_check_language(locales, language, own, glossary))
    return checked


def english_summaries(content: Path) -> dict[str, str]:
    """Service id -> what it does, from content/services; entries that no family sees need no translation."""
    entries = (
        yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((content / "services").glob("*.yml"))
    )
    return {entry["id"]: entry["summary"] for entry in entries if entry.get("listing", "show") == "show"}


def check_english(sources: Mapping[str, MessageSource], language: Language) -> Iterator[Finding]:
    for key, source in sources.items():
        yield from check_words(key, source.words, source.words, language)
    yield from _same_titles(language.code, {key: source.title for key, source in sources.items()})


def check_translations(
    entries: Translations, language: Language, glossary: Mapping[str, Term] | None = None
) -> Iterator[Finding]:
    """Against the English each was made from: one that is behind is stale, not wrong."""
    for key, fields in entries.items():
        if set(fields) >= set(FIELDS):
            words = {field: fields[field].msgstr for field in FIELDS}
            english = {field: made_from(fields[field]) for field in FIELDS}
            yield from check_words(key, words, english, language, glossary)
    titles = {key: fields["title"].msgstr for key, fields in entries.items() if "title" in fields}
    yield from _same_titles(language.code, titles)


def check_entries(locales: Path, language: Language) -> Iterator[Finding]:
    """The words of pages and services, against the English each was made from."""
    for domain in ("interface", "services"):
        for entry in _entries(locales / language.code / "LC_MESSAGES" / f"{domain}.po").values():
            if entry.msgstr:
                yield from _check_entry(language, domain, entry)


def _check_language(
    locales: Path, language: Language, wanted: Mapping[str, Mapping[str, str]], glossary: Mapping[str, Term]
) -> Checked:
    folder = locales / language.code / "LC_MESSAGES"
    findings = [*check_translations(read_translations(locales, language.code), language, glossary)]
    findings += check_entries(locales, language)
    done = {}
    for domain in DOMAINS:
        entries = _entries(folder / f"{domain}.po")
        done[domain] = sum(1 for name, english in wanted[domain].items() if _is_current(entries.get(name), english))
        findings += _incomplete(language, domain, entries, wanted[domain])
        findings += _unreadable(language, folder / f"{domain}.po")
    sizes = {domain: len(entries) for domain, entries in wanted.items()}
    return Checked(language.code, done, sizes, findings)


def _entries(path: Path) -> dict[str, polib.POEntry]:
    if not path.exists():
        return {}
    return {entry.msgctxt: entry for entry in read_entries(path) if entry.msgctxt and not entry.obsolete}


def _is_current(entry: polib.POEntry | None, english: str) -> bool:
    return entry is not None and bool(entry.msgstr) and made_from(entry) == english


def _incomplete(
    language: Language, domain: str, entries: Mapping[str, polib.POEntry], wanted: Mapping[str, str]
) -> Iterator[Finding]:
    for name, english in wanted.items():
        entry = entries.get(name)
        if entry is None or not entry.msgstr:
            yield Finding("error", language.code, f"{domain}: {name}", "", "not translated")
        elif made_from(entry) != english:
            yield Finding("error", language.code, f"{domain}: {name}", "", _stale(entry, english))
    for name in sorted(entries.keys() - wanted.keys()):
        yield Finding("error", language.code, f"{domain}: {name}", "", "there is no such English; run make update")


def _stale(entry: polib.POEntry, english: str) -> str:
    if entry.msgid != english:
        return "the English has changed: run make update, then translate this entry again"
    return "translate again what changed, then take away the lines above it that begin with #|"


def _check_entry(language: Language, domain: str, entry: polib.POEntry) -> Iterator[Finding]:
    """The words of a page or a service: one field each."""
    for reason in faults(entry.msgctxt, entry.msgstr, made_from(entry), language):
        yield Finding("error", language.code, f"{domain}: {entry.msgctxt}", "", reason)


def _unreadable(language: Language, path: Path) -> Iterator[Finding]:
    """Compiled in memory by Babel, as every gettext tool would."""
    if not path.exists():
        return
    try:
        catalogue = read_po(BytesIO(path.read_bytes()), abort_invalid=True)
        write_mo(BytesIO(), catalogue, use_fuzzy=True)
    except (PoFileError, ValueError, UnicodeDecodeError) as error:
        yield Finding("error", language.code, path.name, "", f"gettext cannot compile it: {error}")


def _same_titles(language: str, titles: Mapping[str, str]) -> Iterator[Finding]:
    """Two choices that read the same cannot be told apart."""
    often = Counter(title.strip().casefold() for title in titles.values())
    for key, title in titles.items():
        if often[title.strip().casefold()] > 1:
            yield Finding("error", language, key, "title", f"another message has the same title: {title}")
