"""One word for one thing in each language (content/glossary.yml), and where a translation does not use it. Advice only.

Words bend, so a term counts as used when any of its forms begins a word.
"""

import re
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

_ARABIC_PREFIX = "(?:[وفبلك]|ال|وال|بال|لل|فال|كال|ولل)?"


class Word(BaseModel):
    """What translators write for a term, and the beginnings of words that count as it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    use: str
    forms: tuple[str, ...]
    note: str = ""


class Term(BaseModel):
    """`forms`: how the term looks in English. `words`: by language code."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    forms: tuple[str, ...]
    words: dict[str, Word]


@cache
def load_glossary(content: Path) -> dict[str, Term]:
    entries = yaml.safe_load((content / "glossary.yml").read_text(encoding="utf-8"))
    return {name: Term.model_validate(entry) for name, entry in entries.items()}


def missing_terms(english: str, translated: str, language: str, glossary: dict[str, Term]) -> list[tuple[str, str]]:
    """(English term, word to use) for every term that `english` has and `translated` does not."""
    return [
        (name, term.words[language].use)
        for name, term in glossary.items()
        if language in term.words
        and _pattern(term.forms).search(english)
        and not _pattern(term.words[language].forms).search(translated)
    ]


@cache
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, forms), key=len, reverse=True)
    return re.compile(rf"(?<![\w-]){_ARABIC_PREFIX}(?:{'|'.join(longest_first)})", re.IGNORECASE)
