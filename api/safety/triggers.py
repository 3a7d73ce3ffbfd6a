"""Which phrases might be in a message: each waits for its rarest word, so few are looked at."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from api.safety.index import WordIndex
from api.safety.message import Choice, Sequence
from api.safety.patterns import Slot
from api.safety.phrase_files import NOT_DANGER, ReadPhrase


class Pattern(NamedTuple):
    sign: str
    language: str
    text: str
    parts: tuple[Sequence, ...]


class Trigger(NamedTuple):
    """Looked at when the rarest word of a pattern is there: is there the next rarest, and are the others?"""

    second: Choice
    others: Sequence
    pattern: Pattern


class PatternSet:
    def __init__(self, phrases: Iterable[ReadPhrase], index: WordIndex) -> None:
        same: dict[Choice, Choice] = {}  # one object for a list of words used in many phrases
        self._triggers: dict[int, list[Trigger]] = {}
        patterns = [
            Pattern(phrase.sign, phrase.language, phrase.text, _sequences(phrase, index, same)) for phrase in phrases
        ]
        uses = Counter(term for pattern in patterns for part in pattern.parts for choice in part for term in choice)
        for pattern in patterns:
            words = {choice for part in pattern.parts for choice in part}
            first, *rest = sorted(words, key=lambda choice: (sum(uses[term] for term in choice), sorted(choice)))
            trigger = Trigger(rest[0] if rest else first, tuple(rest[1:]), pattern)
            for term in first:
                self._triggers.setdefault(term, []).append(trigger)

    def possible(self, present: frozenset[int]) -> list[Pattern]:
        """Patterns whose every word is present; one may come twice."""
        found = []
        is_absent = present.isdisjoint
        for term in present & self._triggers.keys():
            for second, others, pattern in self._triggers[term]:
                if not is_absent(second) and not any(map(is_absent, others)):
                    found.append(pattern)
        return found


def _sequences(phrase: ReadPhrase, index: WordIndex, same: dict[Choice, Choice]) -> tuple[Sequence, ...]:
    may_be_misspelt = phrase.sign not in NOT_DANGER

    def choice(slot: Slot) -> Choice:
        terms = frozenset(index.add(phrase.language, word, may_be_misspelt=may_be_misspelt) for word in slot)
        return same.setdefault(terms, terms)

    return tuple(tuple(map(choice, part)) for part in phrase.parts)
