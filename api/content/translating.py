"""For translators: the English as gettext templates, and every PO file brought up to today's English.

polib rather than Babel writes the files: Babel 2.18 drops the previous msgid when it reads one, and it pairs old words
with new English by likeness; ours belong together by key.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import polib

from api.content.interface import english_words, wanted_words
from api.content.languages import ENGLISH, load_languages
from api.content.pack import english_summaries
from api.content.source import made_from, read_messages, read_po
from api.content.writing import Entry, po_text


def english_of(content: Path) -> dict[str, dict[str, str]]:
    """Domain -> context -> English, for the three PO files of a language."""
    messages = read_messages(content)
    return {
        "messages": {
            f"{key}.{field}": text for key, source in messages.items() for field, text in source.words.items()
        },
        "interface": english_words(content),
        "services": english_summaries(content),
    }


def updated(content: Path, locales: Path) -> dict[Path, str]:
    """PO file -> its text for today's English: new entries empty, changed ones fuzzy with what they were made from."""
    english = english_of(content)
    files = {}
    for code in load_languages(content):
        if code != ENGLISH:
            for domain, texts in english.items():
                path = locales / code / "LC_MESSAGES" / f"{domain}.po"
                wanted = wanted_words(texts, code) if domain == "interface" else texts
                files[path] = po_text(code, _entries(path, wanted))
    return files


def templates(content: Path, locales: Path) -> dict[Path, str]:
    """POT file -> its text."""
    return {
        locales / f"{domain}.pot": po_text("", (Entry(name, text, "", is_draft=False) for name, text in texts.items()))
        for domain, texts in english_of(content).items()
    }


def _entries(path: Path, wanted: Mapping[str, str]) -> Iterator[Entry]:
    old = {entry.msgctxt: entry for entry in read_po(path) if not entry.obsolete} if path.exists() else {}
    for name, text in wanted.items():
        yield _entry(name, text, old.get(name))


def _entry(name: str, text: str, old: polib.POEntry | None) -> Entry:
    if old is None or not old.msgstr:
        return Entry(name, text, "", is_draft=False)
    return Entry(name, made_from(old), old.msgstr, is_draft=old.fuzzy, note=old.comment, now=text)
