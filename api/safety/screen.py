from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from api.safety.index import WordIndex
from api.safety.matching import is_in, mark_harmless, mark_negations
from api.safety.message import Message
from api.safety.normalise import read_sentences
from api.safety.phrase_files import (
    HARMLESS,
    NEGATIONS,
    NOT_DANGER,
    SPELT_RIGHT,
    Approved,
    ReadPhrase,
    read_folder,
)
from api.safety.signs import GRAVITY, LOSS
from api.safety.triggers import Pattern, PatternSet

DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Finding:
    """`phrase` is as the editors wrote it, never the family's words. `language`: of most phrases found.

    `all_keys`: gravest first; the loss of a baby (`support/baby_loss`) is found too and comes last.
    """

    key: str
    language: str
    phrase: str
    all_keys: tuple[str, ...]

    @property
    def is_urgent(self) -> bool:
        return self.key != LOSS

    @property
    def is_loss(self) -> bool:
        return LOSS in self.all_keys


class RedFlagScreen:
    def __init__(self, phrases: list[ReadPhrase]) -> None:
        by_sign: dict[str, list[ReadPhrase]] = defaultdict(list)
        for phrase in phrases:
            by_sign[phrase.sign if phrase.sign in NOT_DANGER else DANGER].append(phrase)
        self._index = WordIndex()
        self._harmless = PatternSet(by_sign[HARMLESS], self._index)
        self._danger = PatternSet(by_sign[DANGER], self._index)
        self._negations = PatternSet(by_sign[NEGATIONS], self._index)
        PatternSet(by_sign[SPELT_RIGHT], self._index)  # makes the words known, no more
        self._index.seal()

    def screen(self, text: str) -> Finding | None:
        """An error here is not caught: whoever asks must take it as danger possible."""
        message = Message(read_sentences(text), self._index)
        possible = self._danger.possible(message.present)
        if not possible:
            return None
        harmless = self._harmless.possible(message.present)
        negations = self._negations.possible(message.present)
        message.locate(
            choice for pattern in possible + harmless + negations for part in pattern.parts for choice in part
        )
        mark_negations(negations, message)
        for pattern in harmless:
            mark_harmless(pattern, message)
        found = [pattern for pattern in possible if is_in(pattern, message)]
        if not found:
            return None
        gravest = max(found, key=_weight)
        keys = sorted({pattern.sign for pattern in found}, key=GRAVITY.__getitem__, reverse=True)
        return Finding(keys[0], _language(found, gravest), gravest.text, tuple(keys))


def _weight(pattern: Pattern) -> tuple[int, int, str]:
    """Of equally grave phrases the one with most words tells the language best; the text settles ties."""
    return GRAVITY[pattern.sign], sum(map(len, pattern.parts)), pattern.text


def _language(found: list[Pattern], gravest: Pattern) -> str:
    """The language most of the phrases found are in: one look-alike in another language does not decide."""
    counts = Counter(pattern.language for pattern in found)
    return max(counts, key=lambda language: (counts[language], language == gravest.language))


def load_screen(folder: Path, approved: Approved | None = None) -> RedFlagScreen:
    """The phrases of the files in `folder`, the lists of `approved` in place of theirs; raises RedFlagFileIsWrong."""
    return RedFlagScreen(read_folder(folder, approved))
