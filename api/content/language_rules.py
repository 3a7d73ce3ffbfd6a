"""What is wrong with a language as an administrator writes it down. Pure.

A word for STOP or START is obeyed wherever it is the whole of a text, whoever sends it, before anything else is read:
it must be nothing else that a family says.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from api.content.everyday import EVERYDAY
from api.content.language_signs import Fault, misused_words, shared_letters, spoken
from api.content.languages import ENGLISH, Language, plain_words
from api.content.scripts import direction_of, forbidden, letters_outside, own_share, scripts

CODE = re.compile(r"[a-z]{2,3}")
LONGEST = 60
MOST = 100
OWN_SHARE = 0.5
"""Of the letters of a language's own name."""
LISTS = ("also", "stop", "start", "weeks", "pregnant")


@dataclass(frozen=True)
class Around:
    """What a language comes into. `others`: every other language on offer; `is_danger`: what the screen says.

    `labels`: the words of every choice that families are offered, in any language; `stop_labels`: of the one
    that ends texts, which a word for STOP may be. `before`: the entry that counts.
    """

    others: Mapping[str, Language]
    is_danger: Callable[[str], bool]
    labels: Collection[str]
    stop_labels: Collection[str] = ()
    before: Language | None = None


def faults(wanted: Language, around: Around) -> dict[str, str]:
    """Field -> what is wrong with it."""
    found: dict[str, str] = {}
    for field, reason in _faults(wanted, around):
        found.setdefault(field, reason)
    return found


def weaker(before: Language | None, wanted: Language) -> list[str]:
    """The words for STOP that would no longer end texts."""
    kept = set(map(plain_words, wanted.stop))
    return [word for word in (before.stop if before else ()) if plain_words(word) not in kept]


def _faults(wanted: Language, around: Around) -> Iterator[Fault]:
    if not CODE.fullmatch(wanted.code):
        yield "code", "A code is two or three small letters, like ti."
    yield from _names(wanted, around.others)
    yield from _writing(wanted)
    yield from shared_letters(wanted, around.others, around.before)
    for field in LISTS:
        yield from _lines(field, getattr(wanted, field))
    yield from _wishes(wanted, around)
    yield from misused_words(wanted, around.others)
    if strange := [code for code in wanted.sounds_like if code not in around.others]:
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


def _wishes(wanted: Language, around: Around) -> Iterator[Fault]:
    everyone = [*around.others.values(), wanted]
    labels = {"stop": spoken(around.labels), "start": spoken((*around.labels, *around.stop_labels))}
    others_words = {
        "stop": spoken(word for other in everyone for word in other.start),
        "start": spoken(word for other in everyone for word in other.stop),
    }
    meant = spoken(word for other in everyone for word in (*other.weeks, *other.pregnant))
    names = spoken(name for other in everyone for name in other.names)
    for field, opposite in others_words.items():
        for word in getattr(wanted, field):
            if reason := _taken(plain_words(word), opposite, meant, names):
                yield field, f'"{word}" {reason}.'
            elif plain_words(word) in labels[field]:
                yield field, f'"{word}" is what a family says to choose something that it is offered.'
            elif around.is_danger(word):
                yield field, f'"{word}" may say that somebody is in danger: it must be answered, not obeyed.'
    if wanted.code == ENGLISH and "stop" not in spoken(wanted.stop):
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
