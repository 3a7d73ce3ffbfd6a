"""What must be the same in every language: numbers, phone numbers, links, placeholders. Pure."""

import re

from api.content.domains import bare_addresses

_PHONE = re.compile(
    r"(?<![\w+])(?:(?:\+44[ \u00a0]?|0)\d(?:[ \u00a0]?\d){8,9}|0800[ \u00a0]?1111|116[ \u00a0]?123)(?!\d)"
)
_EMERGENCY = re.compile(r"(?<![\dA-Za-z£$€])(?<!\d[ \u00a0.,])(?:999|111|101)(?![ \u00a0]?\d)(?![A-Za-z%])")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'،؛۔।]+", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")


def phones(text: str) -> list[str]:
    """Phone numbers in order, digits only: `0116 258 6111` -> `01162586111`; 999, 111 and 101 among them."""
    found = [(m.start(), m[0]) for pattern in (_PHONE, _EMERGENCY) for m in pattern.finditer(text)]
    return [re.sub(r"[^\d+]", "", number) for _, number in sorted(found)]


def first_phone(text: str) -> tuple[str, int] | None:
    """The first phone number and how many characters stand before it."""
    found = [m for pattern in (_PHONE, _EMERGENCY) if (m := pattern.search(text))]
    first = min(found, key=lambda match: match.start(), default=None)
    return (re.sub(r"[^\d+]", "", first[0]), first.start()) if first else None


def links(text: str) -> list[str]:
    """Addresses of pages and mail, with and without https, in order."""
    return [text[begins:ends].rstrip(".,;:?!)") for begins, ends in _links(text)]


def numbers(text: str) -> set[str]:
    """Every other number, phone numbers left out: amounts, weeks, temperatures."""
    bare = _PHONE.sub(" ", text)
    for begins, ends in reversed(_links(bare)):
        bare = f"{bare[:begins]} {bare[ends:]}"
    return {_THOUSANDS.sub("", number) for number in _NUMBER.findall(bare)}


def _links(text: str) -> list[tuple[int, int]]:
    """Where each begins and ends, in order; none inside another."""
    full = [match.span() for match in _LINK.finditer(text)]
    bare = [span for span in bare_addresses(text) if not any(b < span[1] and span[0] < e for b, e in full)]
    return sorted(full + bare)


def foreign_digits(text: str) -> set[str]:
    """Digits, fractions and decimal marks that are not 0 to 9 and a full stop."""
    return {letter for letter in text if not letter.isascii() and (letter.isnumeric() or letter in "\u066b\u066c")}
