"""Month names in the languages families write, from CLDR; nobody types them here by hand."""

from babel import Locale
from babel.core import UnknownLocaleError

LANGUAGES = ("en", "gu", "pa", "hi", "ur", "bn", "ta", "pl", "ro", "pt", "so", "ar", "fa", "ckb")


def _names() -> dict[str, int]:
    names: dict[str, int] = {}
    for code in LANGUAGES:
        try:
            months = Locale.parse(code).months
        except (UnknownLocaleError, ValueError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    names.setdefault(name.casefold().rstrip("."), number)
    return names


MONTHS = _names()
