"""The languages a family may choose and how people name them: content/languages.yml, and what was approved since."""

import logging
import unicodedata
from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from sqlalchemy.orm import Session

from api.versions import service as versions
from api.versions.service import Body, Current

log = logging.getLogger(__name__)
ENGLISH = "en"
KIND = "language"
"""Of versions: the subject is the code, the body the fields of Language."""


class Language(BaseModel):
    """`called`: its name in another language, where CLDR has none or names the country's people instead.

    `sounds_like`: codes of languages that are the same in Latin letters; only the family knows which it reads.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name_in_english: str
    name: str
    direction: str
    script: str
    letters: str = ""
    called: tuple[tuple[str, str], ...] = Field(default=(), repr=False)
    also: tuple[str, ...] = Field(default=(), repr=False)
    stop: tuple[str, ...] = Field(default=(), repr=False)
    start: tuple[str, ...] = Field(default=(), repr=False)
    weeks: tuple[str, ...] = Field(default=(), repr=False)
    pregnant: tuple[str, ...] = Field(default=(), repr=False)
    sounds_like: tuple[str, ...] = ()

    @field_validator("called", mode="before")
    @classmethod
    def _as_pairs(cls, written: Any) -> Any:
        """Of a mapping in the file: a language can be a key, so nothing in it may change."""
        return tuple(written.items()) if isinstance(written, dict) else written

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, self.name_in_english, *self.also)


class Languages(Mapping[str, Language]):
    """The languages on offer, by code. A new list takes the place of the old at once; who goes through one keeps it.

    None is ever taken away: families have chosen it, and staff work in it.
    """

    def __init__(self, files: Mapping[str, Language]) -> None:
        self._files = dict(files)
        self._now = self._files

    def follow(self, current: Current) -> None:
        """Takes over what was approved. A body that cannot be used leaves its language as it was, and no other."""
        read = {code: _read(code, body) or self._now.get(code) for code, body in current.get(KIND, {}).items()}
        self._now = {**self._files, **{code: language for code, language in read.items() if language}}

    def __getitem__(self, code: str) -> Language:
        return self._now[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now)

    def __len__(self) -> int:
        return len(self._now)

    def keys(self) -> KeysView[str]:
        return self._now.keys()

    def values(self) -> ValuesView[Language]:
        return self._now.values()

    def items(self) -> ItemsView[str, Language]:
        return self._now.items()


def _read(code: str, body: Body) -> Language | None:
    try:
        language = Language.model_validate(body)
    except ValidationError:
        language = None
    if language is None or language.code != code:
        log.error("the approved language %s cannot be used", code)
        return None
    return language


def offered(session: Session, folder: Path) -> Languages:
    """The languages on offer as the database has them, for a command that runs once."""
    found = Languages(load_languages(folder))
    found.follow(versions.current(session))
    return found


@cache
def load_languages(folder: Path) -> dict[str, Language]:
    """`folder`/languages.yml by code, in the order they are offered."""
    entries: list[dict[str, Any]] = yaml.safe_load((folder / "languages.yml").read_text(encoding="utf-8"))
    return {entry["code"]: Language.model_validate(entry) for entry in entries}


def named_in(text: str, languages: Mapping[str, Language]) -> list[str]:
    """Codes of the languages that `text` names, by any of their names, as whole words."""
    said = f" {plain_words(text)} "
    return [
        code for code, language in languages.items() if any(f" {plain_words(name)} " in said for name in language.names)
    ]


def plain_words(text: str) -> str:
    """Words in lower case without Latin accents or punctuation, one space between."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ł", "l")
    spread = unicodedata.normalize("NFD", folded)
    bare = "".join(letter for letter in spread if not 0x300 <= ord(letter) <= 0x36F)
    return " ".join("".join(c if _is_kept(c) else " " for c in unicodedata.normalize("NFC", bare)).split())


def _is_kept(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN"
