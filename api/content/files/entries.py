"""What a file of words says, whatever its form, and everything that is wrong with it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.content.source import FIELDS
from api.errors import Unusable

MEGABYTE = 1024 * 1024
LARGEST = 4 * MEGABYTE
LONGEST_FIELD = 5000
"""Characters that the form of a desk takes."""


@dataclass(frozen=True)
class FileEntry:
    """One field of one message. `english`: what the words say; "" when the file does not tell. `line`: where it begins.

    `is_sure`: not marked fuzzy. `says_so`: the file itself tells that the words fit `english`, even unchanged words.
    """

    line: int
    name: str
    words: str
    english: str
    is_sure: bool = True
    says_so: bool = False

    @property
    def key(self) -> str:
        return self.name.rpartition(".")[0]

    @property
    def field(self) -> str:
        return self.name.rpartition(".")[2]


class FileFaulty(Unusable):
    """A file that cannot be imported. `faults`: each with its line, what is wrong, and how to mend it."""

    code = "file_faulty"

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def decoded(data: bytes, advice: str) -> str:
    """`data` as text without its byte order mark; raises FileFaulty with `advice` on how to save it again."""
    if len(data) > LARGEST:
        raise FileFaulty([f"The file is larger than {LARGEST // MEGABYTE} MB. Import it in parts."])
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FileFaulty([f"Line {line}: this is not UTF-8. {advice}"]) from error
    if not text.strip():
        raise FileFaulty(["The file is empty. Download a file of this language and begin from that."])
    return text


def plain(text: str) -> str:
    """Words as the desk saves them: lines end with a line feed, nothing around them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def checked(entries: Iterable[FileEntry], keys: Iterable[str]) -> list[FileEntry]:
    """`entries`, each a field of one of the messages `keys`, once; raises FileFaulty naming all that are not."""
    known, seen, faults, found = set(keys), dict[str, int](), list[str](), list[FileEntry]()
    for entry in entries:
        if reason := _fault(entry, known, seen):
            faults.append(f"Line {entry.line}, {entry.name or 'no name'}: {reason}")
        seen.setdefault(entry.name, entry.line)
        found.append(entry)
    if faults:
        raise FileFaulty(faults)
    return found


def _fault(entry: FileEntry, keys: set[str], seen: dict[str, int]) -> str:
    if entry.field not in FIELDS or "/" not in entry.key:
        return (
            f"this is no field of a message. Names are like safer_sleep/bed_sharing.web, with {', '.join(FIELDS)} "
            "after the dot; words of pages and services are not imported here."
        )
    if entry.key not in keys:
        return f"there is no message {entry.key}. Mend the key, or take it out of the file."
    if entry.name in seen:
        return f"it is there twice, first in line {seen[entry.name]}. Keep one of them."
    if len(entry.words) > LONGEST_FIELD:
        return f"{len(entry.words):,} characters; at most {LONGEST_FIELD:,}. Shorten it."
    if "\x00" in entry.words + entry.english:
        return "the invisible character U+0000 is in it. Take it out."
    return ""
