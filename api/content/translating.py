"""For translators: the English as gettext templates, and every PO file brought up to today's English.

polib rather than Babel writes the files: Babel 2.18 drops the previous msgid when it reads one, and it pairs old words
with new English by likeness; ours belong together by key.
"""

from collections.abc import Mapping
from pathlib import Path

import polib

from api.content.interface import english_words, wanted_words
from api.content.languages import ENGLISH, load_languages
from api.content.pack import english_summaries
from api.content.source import made_from, read_messages, read_po
from api.content.writing import Entry, file_text, new_file, po_text


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
    """PO file -> its text for today's English: new entries empty, changed ones fuzzy with what they were made from.

    Comments and notes stay. An entry that the English no longer has becomes obsolete (`#~`): it is not thrown away.
    """
    english = english_of(content)
    files = {}
    for code in load_languages(content):
        if code != ENGLISH:
            for domain, texts in english.items():
                path = locales / code / "LC_MESSAGES" / f"{domain}.po"
                wanted = wanted_words(texts, code) if domain == "interface" else texts
                files[path] = file_text(_brought_up(path, code, wanted))
    return files


def templates(content: Path, locales: Path) -> dict[Path, str]:
    """POT file -> its text."""
    return {
        locales / f"{domain}.pot": po_text("", (Entry(name, text, "", is_draft=False) for name, text in texts.items()))
        for domain, texts in english_of(content).items()
    }


def _brought_up(path: Path, code: str, wanted: Mapping[str, str]) -> polib.POFile:
    file = read_po(path) if path.exists() else new_file(code)
    old = {entry.msgctxt: entry for entry in file if not entry.obsolete}
    entries = [_entry(name, text, old.pop(name, None)) for name, text in wanted.items()]
    left = [entry for entry in file if entry.obsolete or entry.msgctxt in old or not entry.msgctxt]
    for entry in left:
        entry.obsolete = True
    file.clear()
    file.extend([*entries, *(entry for entry in left if entry.msgstr or entry.msgstr_plural)])
    return file


def _entry(name: str, text: str, old: polib.POEntry | None) -> polib.POEntry:
    if old is None:
        return polib.POEntry(msgctxt=name, msgid=text, msgstr="")
    if old.msgstr and made_from(old) != text:
        old.previous_msgid, old.flags = made_from(old), sorted({*old.flags, "fuzzy"})
    elif old.previous_msgid:
        old.previous_msgid = None
    old.msgid = text
    return old
