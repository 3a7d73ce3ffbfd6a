"""What is wrong with a language as an administrator writes it down. Pure.

A word for STOP or START is obeyed wherever it is the whole of a text, whoever sends it, before anything else is read:
it must be nothing else that a family says.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from api.content.languages import ENGLISH, Language, plain_words
from api.content.scripts import direction_of, forbidden, letters_outside, own_share, scripts

CODE = re.compile(r"[a-z]{2,3}")
LONGEST = 60
MOST = 100
OWN_SHARE = 0.5
"""Of the letters of a language's own name."""
_SAID = """
    yes no y n ok okay yeah yep nope hi hello hey help menu more next back thanks thank you please sorry good bad baby
    mum dad midwife doctor gp today now haan han nahi nahin nai ji tak nie da nu sim nao si haa maya na3am naam la ha
"""
EVERYDAY = frozenset(_SAID.split())
"""What families answer or ask with, as whole texts; of the languages of the starter pack too."""
LISTS = ("also", "stop", "start", "weeks", "pregnant")
Fault = tuple[str, str]


def faults(wanted: Language, others: Mapping[str, Language], is_danger: Callable[[str], bool]) -> dict[str, str]:
    """Field -> what is wrong with it. `others`: every other language on offer; `is_danger`: what the screen says."""
    found: dict[str, str] = {}
    for field, reason in _faults(wanted, others, is_danger):
        found.setdefault(field, reason)
    return found


def weaker(before: Language | None, wanted: Language) -> list[str]:
    """The words for STOP that would no longer end texts."""
    kept = set(map(plain_words, wanted.stop))
    return [word for word in (before.stop if before else ()) if plain_words(word) not in kept]


def _faults(wanted: Language, others: Mapping[str, Language], is_danger: Callable[[str], bool]) -> Iterator[Fault]:
    if not CODE.fullmatch(wanted.code):
        yield "code", "A code is two or three small letters, like ti."
    yield from _names(wanted, others)
    yield from _writing(wanted)
    for field in LISTS:
        yield from _lines(field, getattr(wanted, field))
    yield from _wishes(wanted, others, is_danger)
    if strange := [code for code in wanted.sounds_like if code not in others]:
        yield "sounds_like", f"There is no other language {', '.join(strange)}."


def _names(wanted: Language, others: Mapping[str, Language]) -> Iterator[Fault]:
    taken = {plain_words(name): other for other in others.values() for name in other.names}
    for field, names in (("name", [wanted.name]), ("name_in_english", [wanted.name_in_english]), ("also", wanted.also)):
        for name in names:
            if not plain_words(name):
                yield field, "Write a name."
            elif len(name) > LONGEST or forbidden(name):
                yield field, f"At most {LONGEST} characters, on one line, none of them invisible."
            elif other := taken.get(plain_words(name)):
                yield field, f"{name} is what people call {other.name_in_english} already."
            elif plain_words(name) in EVERYDAY:
                yield field, f"{name} is an everyday answer: families would change the language without wanting to."


def _writing(wanted: Language) -> Iterator[Fault]:
    if wanted.script not in scripts():
        yield "script", "A script is a code of ISO 15924, four letters like Ethi."
        return
    if own_share(wanted.name, wanted.script) < OWN_SHARE:
        yield "name", f"Its own name is not in the letters of the script chosen, {scripts()[wanted.script]}."
    if wanted.direction != direction_of(wanted.script):
        yield "direction", f"{scripts()[wanted.script]} runs {_in_words(direction_of(wanted.script))}."
    if " " in wanted.letters or letters_outside(wanted.letters, wanted.script) or len(wanted.letters) > MOST:
        yield "letters", f"Write letters of {scripts()[wanted.script]} one after the other, without spaces."


def _in_words(direction: str) -> str:
    return "from right to left" if direction == "rtl" else "from left to right"


def _lines(field: str, words: tuple[str, ...]) -> Iterator[Fault]:
    if len(words) > MOST:
        yield field, f"At most {MOST} lines."
    for word in words:
        if not plain_words(word):
            yield field, f'"{word}" holds no word.'
        elif len(word) > LONGEST or forbidden(word):
            yield field, f'"{word[:LONGEST]}": at most {LONGEST} characters on a line, none of them invisible.'


def _wishes(wanted: Language, others: Mapping[str, Language], is_danger: Callable[[str], bool]) -> Iterator[Fault]:
    everyone = [*others.values(), wanted]
    others_words = {
        "stop": _spoken(word for other in everyone for word in other.start),
        "start": _spoken(word for other in everyone for word in other.stop),
    }
    meant = _spoken(word for other in everyone for word in (*other.weeks, *other.pregnant))
    names = _spoken(name for other in everyone for name in other.names)
    for field, opposite in others_words.items():
        for word in getattr(wanted, field):
            if reason := _taken(plain_words(word), opposite, meant, names):
                yield field, f'"{word}" {reason}.'
            elif is_danger(word):
                yield field, f'"{word}" may say that somebody is in danger: it must be answered, not obeyed.'
    if wanted.code == ENGLISH and "stop" not in _spoken(wanted.stop):
        yield "stop", "STOP itself always ends texts. Keep it."


def _taken(said: str, opposite: set[str], meant: set[str], names: set[str]) -> str:
    """Why a word can be no word for STOP or START, or nothing."""
    if not any(letter.isalpha() for letter in said):
        return "is a number or a sign: families choose with numbers"
    if len(said) < 2 or said in EVERYDAY:
        return "is an everyday answer"
    if said in opposite:
        return "means the opposite in a language on offer, or in this one"
    if said in names:
        return "is the name of a language"
    return "says how far a pregnancy is" if said in meant else ""


def _spoken(words: Iterable[str]) -> set[str]:
    return set(map(plain_words, words))
