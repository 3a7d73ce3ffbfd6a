"""The words of all phrases, found by what a person typed: exact, by beginning, nearly spelt, run together."""

from operator import add

from api.safety.patterns import Alternative
from api.safety.spelling import (
    LONGEST_MISSPELLING,
    ONE_EDIT_FROM,
    SHORTEST_MISSPELLING_OF_LONG,
    TWO_EDITS_FROM,
    NearTable,
    unstretched,
)

Terms = tuple[int, ...]  # tuples of numbers cost the garbage collector nothing; sets would
NONE: Terms = ()
UNKNOWN = (NONE,)

SHORTEST_JOINED, LONGEST_JOINED = 5, 40
SHORTEST_BEGINNING_IN_JOINED, LONGEST_ENDING = 4, 4
LONGEST_SUFFIX = 3  # "chokra" is chokr* with an ending, not "chok ra"
SHORTEST_SPLIT, SHORTEST_SPLIT_OFF_LETTER = 6, 3
SHORTEST_BEGINNING_IN_SPLIT = 6
SHORT = 6
WORDS_REMEMBERED = 50_000


class WordIndex:
    """A term is one word (or beginning) of one language; a typed word stands for any number of terms."""

    def __init__(self) -> None:
        self._language: list[str] = []
        self._spelt_right: set[int] = set()
        self._numbers: dict[tuple[str, Alternative, bool], int] = {}
        self._words: dict[str, Terms] = {}
        self._beginnings: dict[str, Terms] = {}
        self._longest_beginning = 0
        self._heads: set[str] = set()
        self._long_heads: set[str] = set()
        self._near = NearTable(width=ONE_EDIT_FROM, edits=1)
        self._near_long = NearTable(width=SHORTEST_MISSPELLING_OF_LONG, edits=2)
        self._remembered: dict[str, tuple[Terms, ...]] = {}

    def add(self, language: str, word: Alternative, *, may_be_misspelt: bool) -> int:
        """The term for this word. Words that may not be misspelt are kept apart and match as written."""
        known = self._numbers.get((language, word, may_be_misspelt))
        if known is not None:
            return known
        term = self._numbers[language, word, may_be_misspelt] = len(self._language)
        self._language.append(language)
        table = self._beginnings if word.is_beginning else self._words
        table[word.text] = (*table.get(word.text, NONE), term)
        if word.is_beginning:
            self._longest_beginning = max(self._longest_beginning, len(word.text))
            self._heads.add(word.text[:SHORTEST_BEGINNING_IN_JOINED])
            if len(word.text) >= SHORTEST_BEGINNING_IN_SPLIT:
                self._long_heads.add(word.text[:SHORTEST_BEGINNING_IN_SPLIT])
        if not may_be_misspelt:
            self._spelt_right.add(term)
        elif len(word.text) >= TWO_EDITS_FROM:
            self._near_long.add(word, term)
        elif len(word.text) >= ONE_EDIT_FROM + word.is_beginning:
            self._near.add(word, term)
        return term

    def seal(self) -> None:
        """Forgets what only adding needs: a tenth of the screen's memory."""
        self._numbers.clear()
        self._near.seal()
        self._near_long.seal()

    def terms_of(self, words: list[str]) -> list[tuple[Terms, ...]]:
        """What each typed word may stand for: one set of terms, or several when it is words run together."""
        remembered = self._remembered
        return [remembered.get(word) or self._look_up_and_remember(word) for word in words]

    def _look_up_and_remember(self, word: str) -> tuple[Terms, ...]:
        found = self._look_up(word)
        if len(word) <= LONGEST_MISSPELLING:
            if len(self._remembered) >= WORDS_REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = found
        return found

    def terms_of_splits(self, words: list[str]) -> dict[int, Terms]:
        """What each two neighbours stand for as one word ("no t", "breath ing"), by the place of the first."""
        known, heads, size = self._words, self._long_heads, SHORTEST_BEGINNING_IN_SPLIT
        return {
            place: self._split_by_mistake(joined, len(words[place]))
            for place, joined in enumerate(map(add, words, words[1:]))
            if joined in known or joined[:size] in heads
        }

    def _split_by_mistake(self, joined: str, left: int) -> Terms:
        has_stray_letter = left == 1 or len(joined) - left == 1
        if joined.isdigit() or len(joined) < (SHORTEST_SPLIT_OFF_LETTER if has_stray_letter else SHORTEST_SPLIT):
            return NONE
        return self._words.get(joined, NONE) + self._begun(joined, max(left + 1, SHORTEST_BEGINNING_IN_SPLIT))

    def _look_up(self, typed: str) -> tuple[Terms, ...]:
        whole: set[int] = set()
        parts: tuple[Terms, ...] = ()
        for spelling in unstretched(typed):
            exact = self._words.get(spelling, NONE)
            whole.update(exact, self._begun(spelling), self._nearly_spelt(spelling, exact))
            if not (exact or parts or self._begun(spelling, max(SHORTEST_JOINED, len(spelling) - LONGEST_SUFFIX))):
                parts = self._run_together(spelling)
        if parts:
            return tuple(tuple(whole.union(part)) for part in parts)
        return (tuple(whole),) if whole else UNKNOWN

    def _begun(self, word: str, shortest: int = 2) -> Terms:
        found = NONE
        for size in range(shortest, min(len(word), self._longest_beginning) + 1):
            found += self._beginnings.get(word[:size], NONE)
        return found

    def _nearly_spelt(self, word: str, exact: Terms) -> set[int]:
        """A short word known in any language is no misspelling: Urdu "bacha" is not Gujarati "bachao". A longer one
        is none in a language that says it is spelt right: phrases of danger list misspellings too ("breathin")."""
        if not ONE_EDIT_FROM <= len(word) <= LONGEST_MISSPELLING or (exact and len(word) <= SHORT):
            return set()
        near = self._near.terms_near(word)
        if len(word) >= SHORTEST_MISSPELLING_OF_LONG:
            near |= self._near_long.terms_near(word)
        if not (near and exact):
            return near
        spelt_right_in = {self._language[term] for term in exact if term in self._spelt_right}
        return {term for term in near if self._language[term] not in spelt_right_in}

    def _run_together(self, word: str, most: int = 3) -> tuple[Terms, ...]:
        if not SHORTEST_JOINED <= len(word) <= LONGEST_JOINED:
            return ()
        for cut in range(2, len(word) - 1):
            left = self._known(word[:cut])
            if not left:
                continue
            right = self._known(word[cut:])
            rest = (right,) if right else self._run_together(word[cut:], most - 1) if most > 2 else ()
            if rest:
                return (left, *rest)
        return ()

    def _known(self, word: str) -> Terms:
        found = self._words.get(word, NONE)
        if word[:SHORTEST_BEGINNING_IN_JOINED] in self._heads:
            found += self._begun(word, max(SHORTEST_BEGINNING_IN_JOINED, len(word) - LONGEST_ENDING))
        return found
