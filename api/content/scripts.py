"""Which letters a language may use, and which characters no message may have. Pure."""

import unicodedata
from functools import cache

import regex

NAMES = {
    "Latn": "Latin",
    "Gujr": "Gujarati",
    "Guru": "Gurmukhi",
    "Deva": "Devanagari",
    "Arab": "Arabic",
    "Beng": "Bengali",
    "Taml": "Tamil",
}
"""ISO 15924 code -> Unicode's name of the script, for the scripts of content/languages.yml."""

BIDI_CONTROLS = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)), "\u200e", "\u200f", "\u061c"}
PLAIN = {"\n", " ", "\u00a0"}
JOINERS = {"\u200c", "\u200d"}
"""Farsi and the Indic scripts spell with them."""


_IGNORABLE = regex.compile(r"[\p{Default_Ignorable_Code_Point}\u2800]")


@cache
def _letters_outside(script: str) -> "regex.Pattern[str]":
    own = NAMES.get(script, "Latin")
    return regex.compile(
        rf"(?=\p{{L}})[^\p{{Script={own}}}\p{{Script=Latin}}\p{{Script=Common}}\p{{Script=Inherited}}]"
    )


@cache
def _own_letter(script: str) -> "regex.Pattern[str]":
    return regex.compile(rf"(?=\p{{L}})\p{{Script={NAMES.get(script, 'Latin')}}}")


def letters_outside(text: str, script: str) -> list[str]:
    """Letters of `text` that are neither of `script` nor Latin, each once."""
    return list(dict.fromkeys(_letters_outside(script).findall(text)))


def own_share(text: str, script: str) -> float:
    """How much of the letters of `text` are of `script`, 0 to 1; 1 without letters."""
    letters = sum(letter.isalpha() for letter in text)
    return len(_own_letter(script).findall(text)) / letters if letters else 1.0


def forbidden(text: str) -> list[str]:
    """Control characters, bidi controls and invisible characters of `text`, as U+ names, each once."""
    found = dict.fromkeys(letter for letter in text if _is_forbidden(letter))
    return [f"U+{ord(letter):04X}" for letter in found]


def _is_forbidden(letter: str) -> bool:
    if letter in PLAIN or letter in JOINERS:
        return False
    return letter in BIDI_CONTROLS or unicodedata.category(letter)[0] in "CZ" or bool(_IGNORABLE.match(letter))
