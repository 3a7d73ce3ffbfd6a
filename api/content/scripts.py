"""Scripts of the world by ISO 15924 code: which one letters are in, which letters a language may use. Pure.

Unicode knows every script, so a language added while the program runs is read like those of the starter pack.
"""

import unicodedata
from functools import cache, lru_cache

import regex
from babel import Locale

LATIN = "Latn"
COMPOSED = {"Hans": ("Hani",), "Hant": ("Hani",), "Jpan": ("Hani", "Hira", "Kana"), "Kore": ("Hang", "Hani")}
"""Ways of writing that ISO 15924 names, and the scripts of Unicode they are made of."""
NOT_LETTERS = {"Zinh", "Zyyy", "Zzzz"}
LETTERS_KEPT = 20_000
BEYOND = 0x20000
"""Where rare characters of Chinese begin, and no other script."""

BIDI_CONTROLS = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)), "\u200e", "\u200f", "\u061c"}
PLAIN = {"\n", " ", "\u00a0"}
JOINERS = {"\u200c", "\u200d"}
"""Farsi and the Indic scripts spell with them."""


_IGNORABLE = regex.compile(r"[\p{Default_Ignorable_Code_Point}\u2800]")


@cache
def scripts() -> dict[str, str]:
    """ISO 15924 code -> English name, of every script that Unicode knows."""
    named = Locale("en").scripts.items()
    return {code: str(name) for code, name in named if code not in NOT_LETTERS and _is_known(code)}


def script_of(text: str) -> str:
    """The script most letters are in, as Unicode has it (never "Jpan"); "Latn" when there are none."""
    counts: dict[str, int] = {}
    for letter in text:
        if letter.isalpha():
            script = _script_of_letter(letter)
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script]) if counts else LATIN


def is_written_in(found: str, script: str) -> bool:
    """Whether letters `found` by `script_of` are those of a language that is written in `script`."""
    return found in COMPOSED.get(script, (script,))


@cache
def direction_of(script: str) -> str:
    """ "rtl" or "ltr": which way the letters of `script` run."""
    first = _own_letter(script).search(_every_letter())
    return "rtl" if first and unicodedata.bidirectional(first[0]) in ("R", "AL") else "ltr"


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


def _is_known(script: str) -> bool:
    try:
        return bool(regex.compile(_properties(script)))
    except regex.error:
        return False


def _properties(script: str) -> str:
    return "".join(rf"\p{{Script={part}}}" for part in COMPOSED.get(script, (script,)))


@cache
def _every_letter() -> str:
    return "".join(letter for letter in map(chr, range(BEYOND)) if unicodedata.category(letter)[0] == "L")


@cache
def _letters_outside(script: str) -> "regex.Pattern[str]":
    known = _properties(script if script in scripts() else LATIN)
    return regex.compile(rf"(?=\p{{L}})[^{known}\p{{Script=Latin}}\p{{Script=Common}}\p{{Script=Inherited}}]")


@cache
def _own_letter(script: str) -> "regex.Pattern[str]":
    own = _properties(script if script in scripts() else LATIN)
    return regex.compile(rf"(?=\p{{L}})[{own}]")


@cache
def _any_script() -> "regex.Pattern[str]":
    plain = [LATIN, *(code for code in scripts() if code not in COMPOSED and code != LATIN)]
    return regex.compile("|".join(rf"(?P<{code}>\p{{Script={code}}})" for code in plain))


@lru_cache(LETTERS_KEPT)
def _script_of_letter(letter: str) -> str:
    found = _any_script().match(letter)
    return (found.lastgroup if found else None) or LATIN
