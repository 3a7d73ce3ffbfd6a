"""What in a family's words could say who it is: numbers, e-mail addresses, postcodes, links. Pure.

Names cannot be found so; whoever keeps a sentence must look for them.
"""

import re

_LINK = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|info|uk|co|me)\b(?:/\S*)?", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@,;()<>]+@[^\s@,;()<>]+")
_POSTCODE = re.compile(
    r"(?<![A-Z0-9])[A-Z]{1,2}\d[A-Z\d]?[ .\-]{0,3}[\dO][A-Z]{2}(?![A-Z0-9])", re.IGNORECASE | re.ASCII
)
_DATE = r"\d{1,2}[-.]\d{1,2}[-.]\d{2,4}(?!\d)|\d{4}-\d{2}-\d{2}(?!\d)"
_NUMBER = re.compile(rf"(?<!\d)(?!{_DATE})[+(]{{0,2}}\d(?:[ ().\-]{{0,3}}\d){{6,}}")
KINDS = {
    "an e-mail address": _EMAIL,
    "a link": _LINK,
    "a postcode": _POSTCODE,
    "a phone number or another long number": _NUMBER,
}
"""What each is called in "Take out ...", in the order in which they are looked for. Digits of any script count."""
_SHORT = {"an e-mail address": "e-mail address", "a phone number or another long number": "number"}


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
