"""A message as positions of terms, so that phrases can be followed through it."""

from collections.abc import Iterable
from itertools import chain

from api.safety.index import Terms, WordIndex

Choice = frozenset[int]  # the terms that may stand for one word of a phrase
Sequence = tuple[Choice, ...]


class Message:
    """Positions are bits of one number. A word that is several run together takes several positions."""

    def __init__(self, sentences: list[list[str]], index: WordIndex) -> None:
        self._meanings: list[Terms] = []
        self._at: dict[int, int] = {}
        self._positions: dict[Choice, int] = {}
        self.sentences: list[int] = []  # every position of a sentence
        self.harmless = 0
        self.harmless_starts = 0
        self.negations = 0
        for words in sentences:
            start = len(self._meanings)
            self._read(words, index)
            self.sentences.append((1 << len(self._meanings)) - (1 << start))
        self.present = frozenset(chain.from_iterable(self._meanings))

    def _read(self, words: list[str], index: WordIndex) -> None:
        meanings = index.terms_of(words)
        for place, as_one in index.terms_of_splits(words).items():
            meanings[place] = tuple(terms + as_one for terms in meanings[place])
        self._meanings.extend(chain.from_iterable(meanings))

    def locate(self, choices: Iterable[Choice]) -> None:
        """Finds where these words of phrases stand; `positions` knows only what was located."""
        wanted = self.present.intersection(frozenset().union(*choices))
        at = dict.fromkeys(wanted, 0)
        for position, terms in enumerate(self._meanings):
            for term in wanted.intersection(terms):
                at[term] |= 1 << position
        self._at = at

    def positions(self, choice: Choice) -> int:
        found = self._positions.get(choice)
        if found is None:
            found = 0
            for term in choice & self._at.keys():
                found |= self._at[term]
            self._positions[choice] = found
        return found
