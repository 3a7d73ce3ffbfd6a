"""English messages as YAML and translations as gettext PO. Pure: words in, text out.

Always in one form, so that a difference between two files is a difference of words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polib
import yaml

HEADER = "# English messages, in the form `make export` writes. Edit here, then `make load`. Licence: CC BY 4.0.\n"
PO_HEADER = "Drafted without a native reader; every entry is fuzzy until a named person approves it. CC BY 4.0."
METADATA = {
    "Project-Id-Version": "Bumpline",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


@dataclass(frozen=True)
class Entry:
    """One PO entry: `words` in another language for the `english` it was made from; `now` is today's English."""

    name: str
    english: str
    words: str
    is_draft: bool = True
    note: str = ""
    now: str = ""


class _Dumper(yaml.SafeDumper):
    """Block text for what is long, lists set in, mappings in the order given."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if text.endswith("\n") else None)


_Dumper.add_representer(str, _text)


def yaml_text(entries: Mapping[str, Mapping[str, Any]]) -> str:
    """Messages by question, an empty line between two; texts that end with a line break become blocks."""
    written = [_dump({question: dict(entry)}) for question, entry in entries.items()]
    return HEADER + "\n" + "\n".join(written)


def _dump(data: Mapping[str, Any]) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


def po_text(language: str, entries: Iterable[Entry]) -> str:
    """A PO file; an entry made from an older English keeps that as its previous msgid."""
    file = new_file(language)
    file.extend(_po_entry(entry) for entry in entries)
    return file_text(file)


def new_file(language: str) -> polib.POFile:
    file = polib.POFile(wrapwidth=0)
    file.header = PO_HEADER
    file.metadata = {**METADATA, "Language": language}
    return file


def file_text(file: polib.POFile) -> str:
    file.wrapwidth = 0
    return f"{str(file).rstrip()}\n"


def _po_entry(entry: Entry) -> polib.POEntry:
    now = entry.now or entry.english
    return polib.POEntry(
        msgctxt=entry.name,
        msgid=now,
        msgstr=entry.words,
        comment=entry.note,
        flags=["fuzzy"] if entry.is_draft or now != entry.english else [],
        previous_msgid=entry.english if now != entry.english else None,
    )
