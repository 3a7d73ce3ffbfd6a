"""The languages a family may choose (content/languages.yml) and how people name them."""

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ENGLISH = "en"


@dataclass(frozen=True)
class Language:
    code: str
    name_in_english: str
    name: str
    direction: str
    script: str
    also: tuple[str, ...] = field(default=(), repr=False)
    stop: tuple[str, ...] = field(default=(), repr=False)
    start: tuple[str, ...] = field(default=(), repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, self.name_in_english, *self.also)


@cache
def load_languages(folder: Path) -> dict[str, Language]:
    """`folder`/languages.yml by code, in the order they are offered."""
    entries: list[dict[str, Any]] = yaml.safe_load((folder / "languages.yml").read_text(encoding="utf-8"))
    languages = (Language(**{k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}) for entry in entries)
    return {language.code: language for language in languages}


def named_in(text: str, languages: dict[str, Language]) -> list[str]:
    """Codes of the languages that `text` names, by any of their names, as whole words."""
    said = f" {plain_words(text)} "
    return [
        code
        for code, language in languages.items()
        if any(f" {plain_words(name)} " in said for name in language.names)
    ]


def plain_words(text: str) -> str:
    """Words in lower case without Latin accents or punctuation, one space between."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ł", "l")
    spread = unicodedata.normalize("NFD", folded)
    bare = "".join(letter for letter in spread if not 0x300 <= ord(letter) <= 0x36F)
    return " ".join("".join(c if _is_kept(c) else " " for c in unicodedata.normalize("NFC", bare)).split())


def _is_kept(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN"
