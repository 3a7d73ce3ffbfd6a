"""A PO file as Poedit and Weblate write it. Pure: text in, entries out.

Nothing in a file approves words: fuzzy or not, an entry is what somebody suggests.
"""

import re
from collections.abc import Iterable

import polib

from api.content.files.entries import FileEntry, FileFaulty, decoded, plain
from api.content.languages import Language
from api.content.source import ContentFileError, broken_lines, made_from, parse_po

UTF8 = "Save it again in UTF-8; in Poedit: Translation, Properties, Charset."
# Lines end here for Python, and not for gettext.
_STRANGE_BREAK = re.compile(r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def read_po_file(data: bytes, language: Language) -> list[FileEntry]:
    """Every entry that is not obsolete; without words it was not translated. Raises FileFaulty."""
    text = decoded(data, UTF8).replace("\r\n", "\n").replace("\r", "\n")
    _refuse_strange_breaks(text)
    if faults := [f"Line {number}: {reason}" for number, reason in broken_lines(text)]:
        raise FileFaulty(faults)
    try:
        file = parse_po(text, "The file")
    except ContentFileError as error:
        raise FileFaulty([error.message]) from error
    _refuse_other_file(file, language)
    entries = [entry for entry in file if not entry.obsolete]
    _refuse_strange_entries(entries)
    return [_read(entry) for entry in entries]


def _read(entry: polib.POEntry) -> FileEntry:
    return FileEntry(
        line=entry.linenum or 0,
        name=entry.msgctxt,
        words=plain(entry.msgstr),
        english=plain(made_from(entry)),
        is_sure=not entry.fuzzy,
        says_so=not entry.fuzzy,
    )


def _refuse_strange_breaks(text: str) -> None:
    faults = [
        f"Line {number}: the invisible character U+{ord(found[0]):04X} is in it. Take it out."
        for number, line in enumerate(text.split("\n"), start=1)
        if (found := _STRANGE_BREAK.search(line))
    ]
    if faults:
        raise FileFaulty(faults)


def _refuse_other_file(file: polib.POFile, language: Language) -> None:
    """The head of the file says what it is in; a head without it says nothing wrong."""
    told = file.metadata.get("Language", "")
    faults = []
    if told and re.split(r"[-_@]", told)[0].casefold() != language.code:
        faults.append(
            f'The head of the file says "Language: {told}", and you chose {language.name_in_english}. Choose the '
            "language of the file, or mend its head."
        )
    charset = re.search(r"charset=([\w-]+)", file.metadata.get("Content-Type", ""))
    if charset and charset[1].casefold() not in ("utf-8", "utf8", "charset"):
        faults.append(f'The head of the file says "charset={charset[1]}". {UTF8}')
    if faults:
        raise FileFaulty(faults)


def _refuse_strange_entries(entries: Iterable[polib.POEntry]) -> None:
    faults = []
    for entry in entries:
        if not entry.msgctxt:
            faults.append(
                f"Line {entry.linenum}: this entry has no msgctxt, so nobody knows which message it is. Begin from the "
                "file that is downloaded here."
            )
        elif entry.msgid_plural or entry.msgstr_plural:
            faults.append(f"Line {entry.linenum}, {entry.msgctxt}: messages have no plurals. Write one msgstr.")
    if faults:
        raise FileFaulty(faults)
