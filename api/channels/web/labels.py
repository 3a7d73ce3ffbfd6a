"""Which language a short label is in, when only the reply's is known: a title may still be in English. Pure."""

from collections.abc import Mapping

from api.content.languages import ENGLISH, Language
from api.content.scripts import is_written_in, script_of


def language_of(label: str, claimed: str, languages: Mapping[str, Language]) -> Language:
    """The language named by `label` itself, else `claimed` if its script fits the letters, else English."""
    for language in languages.values():
        if label == language.name:
            return language
    expected = languages.get(claimed, languages[ENGLISH])
    return expected if is_written_in(script_of(label), expected.script) else languages[ENGLISH]
