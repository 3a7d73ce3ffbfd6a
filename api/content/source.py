"""content/ and locales/ as data: what the files say, checked, before any of it reaches the database."""

import re
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

import polib
import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from api.errors import Unusable

FIELDS = ("title", "web", "sms")
_PO_LINE = re.compile(r'#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) )?"(?:[^"\\]|\\.)*"|')
Translations = dict[str, dict[str, polib.POEntry]]
"""Key -> field -> PO entry."""


_PRINTED = r"^[^\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+$"
"""No line ends, nothing invisible, nothing that turns the direction of what follows."""


class SourceLink(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_PRINTED)]
    url: Annotated[str, StringConstraints(max_length=500, pattern=r"^https?://[^\s/]+\.\S+$")]
    read_on: date


class MessageSource(BaseModel):
    """One entry of content/messages/<topic>.yml."""

    model_config = ConfigDict(extra="forbid")
    title: str
    contact: Literal["999", "111", "111_option_2", "maternity_unit", "abuse_helpline"] | None = None
    web: str
    sms: str
    choices: list[str] = []
    sources: list[SourceLink] = []
    owner: str
    approver: str
    review_by: date | None = None
    level: Literal["safety", "information"]
    notes: str = ""

    @property
    def words(self) -> dict[str, str]:
        return {"title": self.title.strip(), "web": self.web.strip(), "sms": self.sms.strip()}


class ContentFileError(Unusable):
    """A content file cannot be used: says file, entry, reason."""

    code = "content_file"


def read_topics(folder: Path) -> list[str]:
    """Every key that can be asked, `topic/question`, in order."""
    topics: dict[str, dict[str, str]] = yaml.safe_load((folder / "topics.yml").read_text(encoding="utf-8"))
    return [f"{topic}/{question}" for topic, questions in topics.items() for question in questions]


def read_questions(folder: Path) -> list[str]:
    """The keys that can be asked and have a message, in order."""
    written = read_messages(folder)
    return [key for key in read_topics(folder) if key in written]


def read_messages(folder: Path) -> dict[str, MessageSource]:
    """Key -> entry, for every file in `folder`/messages; raises ContentFileError naming file and entry."""
    return {key: entry for path in sorted((folder / "messages").glob("*.yml")) for key, entry in _read_file(path)}


def _read_file(path: Path) -> Iterator[tuple[str, MessageSource]]:
    try:
        entries: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ContentFileError(f"{path.name} is not YAML in UTF-8: {error}. Mend that line and try again.") from error
    if not isinstance(entries, dict):
        raise ContentFileError(
            f"{path.name} has no entries. Write `question:` at the left margin, its fields under it."
        )
    for question, entry in entries.items():
        try:
            yield f"{path.stem}/{question}", MessageSource.model_validate(entry)
        except ValidationError as error:
            raise ContentFileError(
                f"{path.name}, entry {question}: {_in_words(error)}. Mend it and try again."
            ) from error


def _in_words(error: ValidationError) -> str:
    """Field and reason, without the library's own names and links."""
    return "; ".join(f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg'].lower()}" for wrong in error.errors())


def read_translations(locales: Path, language: str) -> Translations:
    """Key -> field -> PO entry of messages.po in `language`; entries without words are left out."""
    path = locales / language / "LC_MESSAGES" / "messages.po"
    found: Translations = {}
    if path.exists():
        for entry in read_po(path):
            key, _, field = (entry.msgctxt or "").rpartition(".")
            if entry.msgstr and not entry.obsolete:
                found.setdefault(key, {})[field] = entry
    return found


def read_po(path: Path) -> polib.POFile:
    """The entries of `path`; raises ContentFileError for one that cannot be read exactly, naming the line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentFileError(f"{path.name} cannot be read: {error}. Mend the line named and load again.") from error
    return parse_po(text, "/".join(path.parts[-3:]))


def parse_po(text: str, name: str) -> polib.POFile:
    """The entries of a PO file's `text`; raises ContentFileError with `name` and line."""
    for number, reason in broken_lines(text):
        raise ContentFileError(f"{name}, line {number}: {reason}")
    try:
        # polib takes a text without a line break for the name of a file.
        return polib.pofile(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise ContentFileError(f"{name} cannot be read: {error}. Mend the line named and try again.") from error


def broken_lines(text: str) -> Iterator[tuple[int, str]]:
    """Number and reason of each line of a PO file that cannot be read exactly.

    polib and Babel both read on past a forgotten closing quote, and lose a letter.
    """
    rule = 'words stand between two quotes, and a quote among them is written \\"'
    for number, line in enumerate(text.splitlines(), start=1):
        if not _PO_LINE.fullmatch(line.strip()):
            yield number, f"{rule}. Mend that line and try again: {line.strip()[:60]}"


def made_from(entry: polib.POEntry) -> str:
    """The English that the entry's words say; gettext keeps it as the previous msgid once the English has changed."""
    return str(entry.previous_msgid or entry.msgid)


def words_hash(words: dict[str, str]) -> str:
    """What a translation was made from: equal words, equal hash."""
    joined = "\x1f".join(words[field].strip() for field in FIELDS)
    return sha256(joined.encode()).hexdigest()
