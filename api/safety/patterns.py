"""The syntax of phrases: `a|b` alternatives, `word*` begins with, `a & b` parts in any order in one sentence."""

import sys
from functools import lru_cache
from typing import NamedTuple

from api.safety.normalise import read_sentences

SHORTEST_BEGINNING = 2


class PhraseIsWrong(ValueError):
    """Says what is wrong with a phrase and how to mend it."""


class Alternative(NamedTuple):
    text: str
    is_beginning: bool


Slot = tuple[Alternative, ...]
Part = tuple[Slot, ...]


def read_phrase(phrase: str) -> tuple[Part, ...]:
    if not phrase.strip():
        raise PhraseIsWrong("the phrase is empty; write words or take the line out")
    return tuple(_read_part(part) for part in phrase.split("&"))


def _read_part(part: str) -> Part:
    words = part.replace(" |", "|").replace("| ", "|").split()
    if not words:
        raise PhraseIsWrong("there are no words on one side of an &; write them or take the & out")
    return tuple(_read_slot(word) for word in words)


@lru_cache(maxsize=4096)  # files write the same lists of words out again and again: one object for each
def _read_slot(word: str) -> Slot:
    return tuple(dict.fromkeys(_read_alternative(text, word) for text in word.split("|")))


def _read_alternative(text: str, word: str) -> Alternative:
    if not text:
        raise PhraseIsWrong(f"{word} has a | with nothing beside it; take that | out")
    is_beginning = text.endswith("*")
    stem = text.removesuffix("*")
    if "*" in stem:
        raise PhraseIsWrong(f"{word} has a * that is not at the end of a word; keep only one *, at the end")
    (pieces,) = read_sentences(stem)
    if not 1 <= len(pieces) <= 2:
        raise PhraseIsWrong(f"{text} is not one word; write letters or digits, with spaces between words")
    plain = "".join(pieces)  # "pre-eclampsia": the two halves are found joined, as in the message
    if is_beginning and len(plain) < SHORTEST_BEGINNING:
        raise PhraseIsWrong(f"{text} is too short a beginning; give at least {SHORTEST_BEGINNING} letters before the *")
    return Alternative(sys.intern(plain), is_beginning)
