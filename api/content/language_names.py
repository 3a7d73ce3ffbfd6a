"""What a language is called in the language of who reads it."""

from collections.abc import Mapping

from api.content.interface import locale
from api.content.languages import Language


def language_name(code: str, reader: str, languages: Mapping[str, Language]) -> str:
    """`code` in the words of `reader`: our own word where there is one, else CLDR's, else the code itself."""
    known = languages.get(code)
    ours = dict(known.called).get(reader) if known else None
    return ours or str(locale(reader).languages.get(code, code))
