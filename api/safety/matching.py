"""Finds phrases in a message: for each phrase its rarest word is the trigger, so few phrases are looked at."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from api.safety.index import Terms, WordIndex
from api.safety.patterns import Slot
from api.safety.phrase_files import HARMLESS, ReadPhrase

WORDS_BETWEEN = 2

Sequence = tuple[Terms, ...]


class Pattern(NamedTuple):
    sign: str
    language: str
    text: str
    parts: tuple[Sequence, ...]
    needed: Sequence  # every word of every part, rarest first


class Message:
    """Where each term stands. Positions are bits of one number, so a phrase is followed by shifting."""

    def __init__(self, sentences: list[list[str]], index: WordIndex) -> None:
        self._at: dict[int, int] = {}
        self._positions: dict[Terms, int] = {}
        self.harmless = 0
        self.harmless_starts = 0
        self.sentences: list[int] = []
        position = 1
        for words in sentences:
            after = self._read(words, index, position)
            self.sentences.append(after - position)  # every position of the sentence
            position = after
        self.present = frozenset(self._at)

    def _read(self, words: list[str], index: WordIndex, position: int) -> int:
        splits = index.terms_of_splits(words)
        for place, meanings in enumerate(index.terms_of(words)):
            if place in splits:
                self._add(splits[place], position)
            for terms in meanings:
                if terms:
                    self._add(terms, position)
                position <<= 1
        return position

    def _add(self, terms: Terms, position: int) -> None:
        at = self._at
        for term in terms:
            at[term] = at.get(term, 0) | position

    def positions(self, terms: Terms) -> int:
        found = self._positions.get(terms)
        if found is None:
            found = 0
            for term in terms & self.present:
                found |= self._at[term]
            self._positions[terms] = found
        return found


class PatternSet:
    def __init__(self, phrases: Iterable[ReadPhrase], index: WordIndex) -> None:
        self._index = index
        self._same: dict[Terms, Terms] = {}
        drafts = [(phrase, self._sequences(phrase)) for phrase in phrases]
        uses = Counter(term for _, parts in drafts for part in parts for terms in part for term in terms)
        self._triggered: dict[int, list[Pattern]] = {}
        for phrase, parts in drafts:
            every = {terms for part in parts for terms in part}
            needed = sorted(every, key=lambda terms: (sum(uses[term] for term in terms), sorted(terms)))
            pattern = Pattern(phrase.sign, phrase.language, phrase.text, parts, tuple(needed))
            for term in needed[0]:
                self._triggered.setdefault(term, []).append(pattern)

    def _sequences(self, phrase: ReadPhrase) -> tuple[Sequence, ...]:
        return tuple(tuple(self._terms(slot, phrase) for slot in part) for part in phrase.parts)

    def _terms(self, slot: Slot, phrase: ReadPhrase) -> Terms:
        is_danger = phrase.sign != HARMLESS
        terms = frozenset(self._index.add(phrase.language, word, may_be_misspelt=is_danger) for word in slot)
        return self._same.setdefault(terms, terms)  # one object for a list of words used in many phrases

    def possible(self, message: Message) -> Iterator[Pattern]:
        """Patterns whose every word is somewhere in the message; one may come twice."""
        is_absent = message.present.isdisjoint
        for term in message.present & self._triggered.keys():
            for pattern in self._triggered[term]:
                for terms in pattern.needed:
                    if is_absent(terms):
                        break
                else:
                    yield pattern


def is_in(pattern: Pattern, message: Message) -> bool:
    ends = [_danger_ends(part, message) for part in pattern.parts]
    return all(ends) and (len(ends) == 1 or bool(_sentences_with(ends, message)))


def mark_harmless(pattern: Pattern, message: Message) -> None:
    ends = [_adjacent_ends(part, message) for part in pattern.parts]
    within = _sentences_with(ends, message)
    for part, part_ends in zip(pattern.parts, ends, strict=True):
        start = (part_ends & within) >> (len(part) - 1)
        message.harmless_starts |= start
        for offset in range(len(part)):
            message.harmless |= start << offset


def _sentences_with(ends: list[int], message: Message) -> int:
    within = 0
    for sentence in message.sentences:
        if all(sentence & part_ends for part_ends in ends):
            within |= sentence
    return within


def _adjacent_ends(part: Sequence, message: Message) -> int:
    """A harmless phrase allows nothing between its words: "no, she is bleeding" is not "no bleeding"."""
    ends = message.positions(part[0])
    for terms in part[1:]:
        ends = (ends << 1) & message.positions(terms)
    return ends


def _danger_ends(part: Sequence, message: Message) -> int:
    """Words inside a harmless phrase do not count, unless the danger begins in the word before it:
    "not breathing" in "not breathing normally" stands, though "breathing normally" is harmless."""
    harmless = message.harmless
    entered = message.harmless_starts | harmless << 1
    ends = message.positions(part[0]) & ~harmless
    for terms in part[1:]:
        after = ends << 1
        near = after
        for _ in range(WORDS_BETWEEN):
            near |= near << 1
        ends = message.positions(terms) & (near & ~harmless | after & entered)
    return ends
