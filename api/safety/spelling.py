"""Near spellings: what a word becomes when letters are stretched, dropped, doubled, swapped or mistyped."""

from collections.abc import Iterator
from itertools import chain, combinations, product

import regex
from rapidfuzz.distance import OSA

from api.safety.patterns import Alternative

ONE_EDIT_FROM = 5
TWO_EDITS_FROM = 9
SHORTEST_MISSPELLING_OF_LONG = TWO_EDITS_FROM - 2
LONGEST_MISSPELLING = 24
MOST_STRETCHES_TRIED = 3

_STRETCHED = regex.compile(r"([\p{L}\p{M}])\1\1+")


def unstretched(word: str) -> list[str]:
    """Spellings with each run of three or more letters cut to one or two: heeelp is help, or heelp."""
    if not _STRETCHED.search(word):
        return [word]
    pieces = _STRETCHED.split(word)
    kept, letters = pieces[::2], pieces[1::2]
    if len(letters) > MOST_STRETCHES_TRIED:
        return [_with_runs(kept, letters, (times,) * len(letters)) for times in (1, 2)]
    return [_with_runs(kept, letters, times) for times in product((1, 2), repeat=len(letters))]


def _with_runs(kept: list[str], letters: list[str], times: tuple[int, ...]) -> str:
    runs = [letter * count for letter, count in zip(letters, times, strict=True)]
    return "".join(a + b for a, b in zip(kept, [*runs, ""], strict=True))


class NearTable:
    """Words by what is left of them when letters are dropped; two words with something left in common may be near.

    Only the first `width` letters count, and the first letter must agree.
    """

    def __init__(self, width: int, edits: int) -> None:
        self._width, self._edits = width, edits
        self._words: list[Alternative] = []
        self._terms: list[tuple[int, ...]] = []
        self._numbers: dict[Alternative, int] = {}
        self._by_first_letter: dict[str, dict[str, tuple[int, ...]]] = {}

    def add(self, word: Alternative, term: int) -> None:
        number = self._numbers.get(word)
        if number is None:
            number = self._add_word(word)
        self._terms[number] += (term,)

    def _add_word(self, word: Alternative) -> int:
        number = self._numbers[word] = len(self._words)
        self._words.append(word)
        self._terms.append(())
        table = self._by_first_letter.setdefault(word.text[0], {})
        for left in set(self._left_of(word.text)):
            table[left] = (*table.get(left, ()), number)
        return number

    def seal(self) -> None:
        self._numbers.clear()

    def terms_near(self, typed: str) -> set[int]:
        table = self._by_first_letter.get(typed[0])
        terms: set[int] = set()
        if table:
            # Straight through C: this runs for every word not seen lately.
            for number in set(chain.from_iterable(filter(None, map(table.get, self._left_of(typed))))):
                if is_near(typed, self._words[number], self._edits):
                    terms.update(self._terms[number])
        return terms

    def _left_of(self, word: str) -> Iterator[str]:
        letters = word[1 : self._width]
        sizes = range(len(letters), len(letters) - self._edits - 1, -1)
        return map("".join, chain.from_iterable(combinations(letters, size) for size in sizes))


def is_near(typed: str, word: Alternative, edits: int) -> bool:
    """At most `edits` letters dropped, added, mistyped or swapped; a beginning may be followed by anything."""
    if not word.is_beginning:
        return OSA.distance(typed, word.text, score_cutoff=edits) <= edits
    size = len(word.text)
    ends = range(size - edits, size + edits + 1)
    return any(OSA.distance(typed[:end], word.text, score_cutoff=edits) <= edits for end in ends)
