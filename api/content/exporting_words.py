"""What people approved at the desk back into interface.po and services.po; all else there stays, byte for byte."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import polib

from api.content.approved_words import PAGE_WORD, SUMMARY, Kind, Said, approved_words
from api.content.interface import wanted_words
from api.content.languages import ENGLISH
from api.content.source import ContentFileError, made_from, read_po
from api.content.writing import file_text, new_file
from api.versions.service import Current

FUZZY = "fuzzy"


def exported_words(
    current: Current,
    languages: Iterable[str],
    locales: Path,
    page_words: Mapping[str, str],
    summaries: Mapping[str, str],
) -> dict[str, str]:
    """Path (`locales/gu/LC_MESSAGES/interface.po`) -> text: the files in `locales` with what was approved in them.

    `page_words`, `summaries`: today's English by name. Raises ContentFileError for a file that cannot be read.
    """
    files = {}
    domains: tuple[tuple[str, Kind, Mapping[str, str]], ...] = (
        ("interface", PAGE_WORD, page_words),
        ("services", SUMMARY, summaries),
    )
    for domain, kind, english in domains:
        approved = approved_words(current, kind)
        for code in dict.fromkeys([*languages, *approved]):
            path = locales / code / "LC_MESSAGES" / f"{domain}.po"
            wanted = wanted_words(english, code) if kind == PAGE_WORD else english
            said = {name: words for name, words in approved.get(code, {}).items() if name in wanted}
            if code != ENGLISH and (said or path.exists()):
                files[f"locales/{code}/LC_MESSAGES/{domain}.po"] = _text(path, code, wanted, said)
    return files


def _text(path: Path, language: str, wanted: Mapping[str, str], said: Mapping[str, Said]) -> str:
    file = read_po(path) if path.exists() else new_file(language)
    held = {entry.msgctxt: entry for entry in file if not entry.obsolete}
    changed = [_write(file, held.get(name), name, wanted[name], words) for name, words in said.items()]
    return file_text(file) if any(changed) else _as_it_is(path)


def _write(file: polib.POFile, entry: polib.POEntry | None, name: str, english: str, said: Said) -> bool:
    """Puts `said` into its entry, made when there is none; False when nothing had to change.

    Approved words of an older English are fuzzy, with that English above them; newer words in the file stay.
    """
    fits = said.made_from == english
    if entry is None:
        entry = polib.POEntry(msgctxt=name, msgid=english)
        file.append(entry)
    elif not fits and entry.msgstr and made_from(entry) == english:
        return False
    previous = None if fits else said.made_from
    if (entry.msgid, entry.msgstr, entry.previous_msgid, entry.fuzzy) == (english, said.text, previous, not fits):
        return False
    entry.msgid, entry.msgstr, entry.previous_msgid = english, said.text, previous
    entry.flags = [flag for flag in entry.flags if flag != FUZZY] + ([] if fits else [FUZZY])
    return True


def _as_it_is(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentFileError(f"{path.name} cannot be read: {error}. Mend it and export again.") from error
