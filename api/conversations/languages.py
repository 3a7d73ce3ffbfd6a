"""Which language to answer in: the family's choice wins, and no message changes it silently. Pure."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from api.content.languages import Language

BLOCKS = {
    "ARABIC": "Arab",
    "BENGALI": "Beng",
    "DEVANAGARI": "Deva",
    "GUJARATI": "Gujr",
    "GURMUKHI": "Guru",
    "TAMIL": "Taml",
}
ASK_AFTER = 2


@dataclass(frozen=True)
class Heard:
    """The language a message seems to be in. `sure` is false for one word, digits, a postcode.

    `answer` says that the guess, though not sure, is good enough for this one reply.
    """

    code: str | None
    script: str
    sure: bool
    answer: bool = False


@dataclass(frozen=True)
class Settled:
    """`answer_in` now; `keep` from now on (None: open); `ask_about` another, after two messages in it."""

    answer_in: str
    keep: str | None
    other: str | None
    other_count: int
    ask_about: str | None = None


def hear_script(text: str, languages: Mapping[str, Language]) -> Heard:
    """What the letters alone say, for when the bot is silent."""
    script = script_of(text)
    fitting = [code for code, language in languages.items() if language.script == script]
    is_native = script != "Latn" and len(fitting) == 1
    return Heard(fitting[0] if is_native else None, script, is_native)


def settle(heard: Heard, *, kept: str | None, other: str | None, other_count: int, default: str) -> Settled:
    """The family's language after a message that was heard as `heard`."""
    if kept is None:
        answer_in = heard.code if heard.sure or heard.answer else None
        return Settled(answer_in or default, heard.code if heard.sure else None, None, 0)
    if not heard.sure or heard.code is None or heard.code == kept:
        return Settled(kept, kept, None if heard.code == kept else other, 0 if heard.code == kept else other_count)
    count = other_count + 1 if heard.code == other else 1
    ask = heard.code if count == ASK_AFTER else None
    return Settled(kept, kept, heard.code, count, ask)


def script_of(text: str) -> str:
    """ISO 15924 code of the script most letters are in; "Latn" when there are none."""
    counts: dict[str, int] = {}
    for letter in text:
        if letter.isalpha():
            script = BLOCKS.get(unicodedata.name(letter, "?").split(" ", 1)[0], "Latn")
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script]) if counts else "Latn"
