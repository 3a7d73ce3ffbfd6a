"""What in a family's words could say who it is: numbers, e-mail addresses, postcodes, links, full dates. Pure.

Names cannot be found so; whoever keeps a sentence must look for them.
"""

import re

from babel import Locale

_LINK = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|info|uk|co|me)\b(?:/\S*)?", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@,;()<>]+@[^\s@,;()<>]+")
_HYPHENS = r"\-\u2010-\u2015\u2212\uff0d"
_UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""What a telephone's address book puts around a number."""
_GAP = rf"[\s().,،/_{_HYPHENS}{_UNSEEN}]{{0,3}}"
"""No letters and no digits: no pattern can go over the same characters in two ways."""
_DOSE = r"\d(?:mg|kg|ml|cm|mm|am|pm)(?![A-Z])"
_POSTCODE = re.compile(rf"(?<![A-Z\d])[A-Z]{{1,2}}\d[A-Z\d]?{_GAP}(?!{_DOSE})[\dO][A-Z]{{2}}(?![A-Z\d])", re.IGNORECASE)
LOCALES = ("en", "gu", "pa", "hi", "ur", "bn", "ta", "pl", "ro", "pt", "so", "ar", "fa", "ckb")
"""In whose words months are known. Shorter names than SHORTEST are other words too."""
SHORTEST = 3


def _month() -> str:
    forms = [form for code in LOCALES for form in Locale(code).months.values()]
    named = {name.rstrip(".") for form in forms for width in ("wide", "abbreviated") for name in form[width].values()}
    longest_first = sorted((name for name in named if len(name) >= SHORTEST), key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, longest_first))})\.?"


_MARK = rf"\s?[./{_HYPHENS}]\s?"
_WIDE = rf"[\s./_{_HYPHENS}]{{1,3}}"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:\d{{1,2}}{_WIDE}\d{{1,2}}{_WIDE}\d{{4}}|\d{{1,2}}{_MARK}\d{{1,2}}{_MARK}\d{{2}}"
    rf"|\d{{4}}{_WIDE}\d{{1,2}}[./_{_HYPHENS}]\d{{1,2}}"
    rf"|{_DAY}\W{{0,3}}(?:(?:of|de)\s)?{_month()}\W{{0,3}}(?:de\s)?\d{{4}}"
    rf"|{_month()}\W{{1,3}}{_DAY}\W{{1,3}}\d{{4}})(?!\d)"
)
_NUMBER = re.compile(rf"(?<!\d)(?!{_DATE}(?!{_GAP}\d))[+(]{{0,2}}\d(?:{_GAP}\d){{6,}}", re.IGNORECASE)
KINDS = {
    "an e-mail address": _EMAIL,
    "a link": _LINK,
    "a postcode": _POSTCODE,
    "a phone number or another long number": _NUMBER,
    "a full date": re.compile(rf"(?<!\d){_DATE}", re.IGNORECASE),
}
"""What each is called in "Take out ...", in the order in which they are looked for. Digits of any script count."""
_SHORT = {
    "an e-mail address": "e-mail address",
    "a phone number or another long number": "number",
    "a full date": "date",
}


def found_in(text: str) -> list[str]:
    """The names of KINDS that `text` holds."""
    found = []
    for name, pattern in KINDS.items():
        text, count = pattern.subn(" ", text)
        found += [name] if count else []
    return found


def masked(text: str) -> str:
    """`text` as staff may read it: "my number is [number]"."""
    for name, pattern in KINDS.items():
        text = pattern.sub(f"[{_SHORT.get(name, name.removeprefix('a '))}]", text)
    return text


def without(text: str) -> str:
    """`text` with those parts left out."""
    for pattern in KINDS.values():
        text = pattern.sub(" ", text)
    return " ".join(text.split())
