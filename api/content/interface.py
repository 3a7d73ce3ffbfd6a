"""The words of the pages themselves (buttons, labels), by key, in every language."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from babel import Locale
from babel.core import UnknownLocaleError

from api.content.approved_words import PAGE_WORD, Said, approved_words
from api.content.languages import ENGLISH
from api.content.placeholders import fill
from api.content.source import made_from, read_po
from api.versions.service import Current

LOCALES = {"en": "en_GB", "pt": "pt_PT"}
"""Language -> CLDR locale, where the bare code would mean another country's habits."""
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
COUNT = "count"


class FileWord(NamedTuple):
    """What interface.po says. `note`: what its translator was not sure of."""

    text: str
    made_from: str
    is_draft: bool
    note: str = ""


class Interface:
    """`text("send", "gu")`: the word in that language, else in English.

    `files`: language -> key -> word of its PO file. What people approved at the desk is taken over by `follow`.
    """

    def __init__(
        self,
        words: Mapping[str, Mapping[str, str]],
        files: Mapping[str, Mapping[str, FileWord]] | None = None,
        *,
        drafts_allowed: bool = False,
    ) -> None:
        self._words = words
        self.files = files or {}
        self._drafts_allowed = drafts_allowed

    @property
    def english(self) -> Mapping[str, str]:
        return self._words[ENGLISH]

    def follow(self, current: Current) -> None:
        """Serves what people approved. All words are exchanged at once: other threads read them meanwhile."""
        approved = approved_words(current, PAGE_WORD)
        codes = {*self.files, *approved} - {ENGLISH}
        served = {code: self._served(self.files.get(code, {}), approved.get(code, {})) for code in codes}
        self._words = {ENGLISH: self.english, **served}

    def text(self, key: str, language: str) -> str:
        """Raises KeyError for a key that English does not have: a page must not ship with a hole."""
        words = self._words
        return words.get(language, {}).get(key) or words[ENGLISH][key]

    def plural(self, key: str, count: int, language: str) -> str:
        """`plural("weeks", 3, "pl")`: the number with its noun, in the form CLDR's rules choose."""
        own = self._words.get(language, {})
        is_own = f"{key}.other" in own
        words = own if is_own else self.english
        form = locale(language if is_own else ENGLISH).plural_form(count)
        return fill(words.get(f"{key}.{form}") or words[f"{key}.other"], {COUNT: count})

    def all(self, language: str) -> dict[str, str]:
        words = self._words
        return {**words[ENGLISH], **words.get(language, {})}

    def _served(self, file: Mapping[str, FileWord], approved: Mapping[str, Said]) -> dict[str, str]:
        """Approved words of today's English, else the file's; a draft only when drafts are allowed."""
        from_file = {
            name: word.text
            for name, word in file.items()
            if word.made_from == english_of(name, self.english) and (self._drafts_allowed or not word.is_draft)
        }
        fresh = {name: said.text for name, said in approved.items() if said.made_from == english_of(name, self.english)}
        return from_file | fresh


def locale(language: str) -> Locale:
    """CLDR's knowledge of `language`, or of English when it has none."""
    try:
        return Locale.parse(LOCALES.get(language, language))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(LOCALES[ENGLISH])


def translated(locales: Path) -> list[str]:
    """Codes of the languages with files here; one approved at the desk may have them before it has an entry."""
    return sorted(path.parent.name for path in locales.glob("*/LC_MESSAGES"))


def load_interface(content: Path, locales: Path, languages: list[str], *, drafts_allowed: bool) -> Interface:
    """English from content/, translations from interface.po; a `fuzzy` (drafted) word only when drafts are allowed."""
    files = {code: _file_words(locales, code) for code in languages if code != ENGLISH}
    made = Interface({ENGLISH: english_words(content)}, files, drafts_allowed=drafts_allowed)
    made.follow({})
    return made


def _file_words(locales: Path, language: str) -> dict[str, FileWord]:
    path = locales / language / "LC_MESSAGES" / "interface.po"
    entries = read_po(path) if path.exists() else []
    return {
        entry.msgctxt: FileWord(entry.msgstr, made_from(entry), entry.fuzzy, entry.comment)
        for entry in entries
        if entry.msgstr and entry.msgctxt and not entry.obsolete
    }


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
    return {**plain, **{form: english_of(form, english) or "" for form in forms}}


def english_of(name: str, english: Mapping[str, str]) -> str | None:
    """The English that `name` translates: a plural form that English does not have says its `other`."""
    other = f"{name.rpartition('.')[0]}.other"
    return english.get(name) or (english.get(other) if is_plural(name) else None)
