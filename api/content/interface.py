"""The words of the pages themselves (buttons, labels), by key, in every language."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.core import UnknownLocaleError

from api.content.languages import ENGLISH
from api.content.placeholders import fill
from api.content.source import made_from, read_po

LOCALES = {"en": "en_GB", "pt": "pt_PT"}
"""Language -> CLDR locale, where the bare code would mean another country's habits."""
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
COUNT = "count"


class Interface:
    """`text("send", "gu")`: the word in that language, else in English."""

    def __init__(self, words: Mapping[str, Mapping[str, str]]) -> None:
        self._words = words

    def text(self, key: str, language: str) -> str:
        """Raises KeyError for a key that English does not have: a page must not ship with a hole."""
        return self._words.get(language, {}).get(key) or self._words[ENGLISH][key]

    def plural(self, key: str, count: int, language: str) -> str:
        """`plural("weeks", 3, "pl")`: the number with its noun, in the form CLDR's rules choose."""
        own = self._words.get(language, {})
        spoken_in = language if f"{key}.other" in own else ENGLISH
        form = locale(spoken_in).plural_form(count)
        words = self._words.get(spoken_in, {})
        return fill(words.get(f"{key}.{form}") or words[f"{key}.other"], {COUNT: count})

    def all(self, language: str) -> dict[str, str]:
        return {**self._words[ENGLISH], **self._words.get(language, {})}


def locale(language: str) -> Locale:
    """CLDR's knowledge of `language`, or of English when it has none."""
    try:
        return Locale.parse(LOCALES.get(language, language))
    except UnknownLocaleError:
        return Locale.parse(LOCALES[ENGLISH])


def translated(locales: Path) -> list[str]:
    """Codes of the languages with files here; one approved at the desk may have them before it has an entry."""
    return sorted(path.parent.name for path in locales.glob("*/LC_MESSAGES"))


def load_interface(content: Path, locales: Path, languages: list[str], *, drafts_allowed: bool) -> Interface:
    """English from content/, translations from interface.po; a `fuzzy` (drafted) word only when drafts are allowed."""
    words: dict[str, dict[str, str]] = {ENGLISH: english_words(content)}
    for code in languages:
        path = locales / code / "LC_MESSAGES" / "interface.po"
        if code != ENGLISH and path.exists():
            entries = [entry for entry in read_po(path) if entry.msgstr and not entry.obsolete]
            fresh = [entry for entry in entries if _english_of(entry.msgctxt, words[ENGLISH]) == made_from(entry)]
            words[code] = {entry.msgctxt: entry.msgstr for entry in fresh if drafts_allowed or not entry.fuzzy}
    return Interface(words)


def english_words(content: Path) -> dict[str, str]:
    """content/interface.yml with plurals as `weeks.one`, and the labels of content/taxonomy.yml as `need.<term>`."""
    words: dict[str, Any] = yaml.safe_load((content / "interface.yml").read_text(encoding="utf-8"))
    terms = yaml.safe_load((content / "taxonomy.yml").read_text(encoding="utf-8"))["terms"]
    return {**_flat(words), **{f"need.{term}": entry["label"] for term, entry in terms.items()}}


def _flat(words: Mapping[str, Any]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, text in words.items():
        if isinstance(text, Mapping):
            flat |= {f"{key}.{category}": str(form) for category, form in text.items()}
        else:
            flat[key] = text
    return flat


def is_plural(key: str) -> bool:
    return key.rpartition(".")[2] in CATEGORIES


def categories(language: str) -> list[str]:
    """CLDR's plural categories of `language`, in CLDR's order."""
    tags = {*locale(language).plural_form.tags, "other"}
    return [category for category in CATEGORIES if category in tags]


def wanted_words(english: Mapping[str, str], language: str) -> dict[str, str]:
    """The entries a translator of `language` writes: English's, with that language's own plural categories."""
    plain = {key: text for key, text in english.items() if not is_plural(key)}
    nouns = dict.fromkeys(key.rpartition(".")[0] for key in english if is_plural(key))
    forms = [f"{noun}.{category}" for noun in nouns for category in categories(language)]
    return {**plain, **{form: _english_of(form, english) or "" for form in forms}}


def _english_of(name: str, english: Mapping[str, str]) -> str | None:
    """The English that `name` translates: a plural form that English does not have says its `other`."""
    other = f"{name.rpartition('.')[0]}.other"
    return english.get(name) or (english.get(other) if is_plural(name) else None)
