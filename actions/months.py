"""Month names in the languages families write, from CLDR; nobody types them here by hand."""

import unicodedata

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
                    names.setdefault(_plain(name), number)
    return names


def _plain(name: str) -> str:
    """Without Latin accents and full stops; the two Gujarati ways to write a short o are one."""
    folded = name.casefold().strip(".").replace("ł", "l").replace("ઑ", "ઓ")
    return "".join(c for c in unicodedata.normalize("NFD", folded) if not 0x300 <= ord(c) <= 0x36F)


MONTHS = _names()


def month_named(word: str) -> int | None:
    """1 to 12 for a month's name, full or short, in any of our languages."""
    return MONTHS.get(_plain(word))
