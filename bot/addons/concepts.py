"""Words of one meaning in every language: what is learnt from one language helps another.

"halib", "dudh", "lapte" and "milk" share no letters; the lexicon (bot/data/concepts) says that all are `milk`.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Iterator

from addons.sound import sounds

SHORTEST_BEGINNING = 3
LONGEST_PHRASE = 3
MOST_PAIRED = 10


class Lexicon:
    """Reads the concepts in a text, alone and in pairs; can be kept with a trained model."""

    def __init__(self, lines: list[str]) -> None:
        self._words: dict[str, set[str]] = {}
        self._beginnings: dict[str, set[str]] = {}
        for line in lines:
            concept, _, entries = line.partition(":")
            for entry in filter(None, map(str.strip, entries.split(","))):
                self._add(concept.strip(), entry)

    def __call__(self, text: str) -> list[str]:
        """Every concept in the order it comes, then each pair of different concepts, whatever their order."""
        found = list(dict.fromkeys(self._concepts(sounds(text).split())))
        pairs = combinations(sorted(found[:MOST_PAIRED]), 2)
        return found + [f"{one} {other}" for one, other in pairs]

    def _add(self, concept: str, entry: str) -> None:
        said = sounds(entry.rstrip("*"))
        is_beginning = entry.endswith("*") and len(said) >= SHORTEST_BEGINNING
        if said:
            table = self._beginnings if is_beginning else self._words
            table.setdefault(said, set()).add(concept)

    def _concepts(self, words: list[str]) -> Iterator[str]:
        for place in range(len(words)):
            for size in range(1, min(LONGEST_PHRASE, len(words) - place) + 1):
                phrase = " ".join(words[place : place + size])
                yield from sorted(self._words.get(phrase, ()))
                for length in range(SHORTEST_BEGINNING, len(phrase) + 1):
                    yield from sorted(self._beginnings.get(phrase[:length], ()))


def read_lexicon(folder: Path) -> Lexicon:
    """The lexicon of `folder`/<language>.txt: `concept: word, word*, two words` a line."""
    files = sorted(folder.glob("*.txt"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return Lexicon([line for line in lines if ":" in line and not line.startswith("#")])
