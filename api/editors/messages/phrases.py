"""A phrase of danger as a person reads it, instead of the signs of its file. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import category

from api.safety.normalise import read_sentences
from api.safety.patterns import Alternative, Part, Slot, read_phrase


@dataclass(frozen=True)
class Phrase:
    """`matched`: words of the message that the phrase names. `parts`: in any order; each is slots, one after another;
    a slot is the words of which one is enough."""

    matched: Sequence[str]
    parts: Sequence[Sequence[Sequence[str]]]


def readable(phrase: str, message: str) -> Phrase:
    """Words that are only misspelt like the phrase's are not among `matched`."""
    parts = read_phrase(phrase)
    every = [one for part in parts for slot in part for one in slot]
    words = [_bare(word) for word in message.split()]
    matched = [word for word in words if any(_is(word, one) for one in every)]
    return Phrase(list(dict.fromkeys(matched)), [_slots(part) for part in parts])


def _slots(part: Part) -> list[list[str]]:
    return [_words(slot) for slot in part]


def _words(slot: Slot) -> list[str]:
    return [f"{one.text}…" if one.is_beginning else one.text for one in slot]


def _bare(word: str) -> str:
    return word.strip("".join(sign for sign in word if category(sign)[0] in "PS"))


def _is(word: str, one: Alternative) -> bool:
    said = "".join(piece for sentence in read_sentences(word) for piece in sentence)
    return said.startswith(one.text) if one.is_beginning else said == one.text
