"""The languages a family may choose (content/languages.yml) and how people name them."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, field_validator

ENGLISH = "en"


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


@cache
def load_languages(folder: Path) -> dict[str, Language]:
    """`folder`/languages.yml by code, in the order they are offered."""
    entries: list[dict[str, Any]] = yaml.safe_load((folder / "languages.yml").read_text(encoding="utf-8"))
    return {entry["code"]: Language.model_validate(entry) for entry in entries}


def named_in(text: str, languages: dict[str, Language]) -> list[str]:
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
