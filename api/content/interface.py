"""The words of the pages themselves (buttons, labels), by key, in every language."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from api.content.languages import ENGLISH
from api.content.source import read_po


class Interface:
    """`text("send", "gu")`: the word in that language, else in English."""

    def __init__(self, words: Mapping[str, Mapping[str, str]]) -> None:
        self._words = words

    def text(self, key: str, language: str) -> str:
        """Raises KeyError for a key that English does not have: a page must not ship with a hole."""
        return self._words.get(language, {}).get(key) or self._words[ENGLISH][key]

    def all(self, language: str) -> dict[str, str]:
        return {**self._words[ENGLISH], **self._words.get(language, {})}


def load_interface(content: Path, locales: Path, languages: list[str], *, drafts_allowed: bool) -> Interface:
    """English from content/, translations from interface.po; a `fuzzy` (drafted) word only when drafts are allowed."""
    words: dict[str, dict[str, str]] = {ENGLISH: english_words(content)}
    for code in languages:
        path = locales / code / "LC_MESSAGES" / "interface.po"
        if code != ENGLISH and path.exists():
            entries = (entry for entry in read_po(path) if entry.msgstr and not entry.obsolete)
            words[code] = {
                entry.msgctxt: entry.msgstr
                for entry in entries
                if (drafts_allowed or not entry.fuzzy) and words[ENGLISH].get(entry.msgctxt) == entry.msgid
            }
    return Interface(words)


def english_words(content: Path) -> dict[str, str]:
    """content/interface.yml, and the labels of needs from content/taxonomy.yml as `need.<term>`."""
    words: dict[str, str] = yaml.safe_load((content / "interface.yml").read_text(encoding="utf-8"))
    terms = yaml.safe_load((content / "taxonomy.yml").read_text(encoding="utf-8"))["terms"]
    return {**words, **{f"need.{term}": entry["label"] for term, entry in terms.items()}}
