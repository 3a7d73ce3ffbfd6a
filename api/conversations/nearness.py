"""Sentences that ask nearly the same, put together by their words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz, process

from api.content.languages import plain_words

NEAR = 75
"""Of 100: how alike the words of two sentences must be, in any order."""


@dataclass(frozen=True)
class Sentence:
    """One that a family wrote in the turn `turn_id`; `why` it has no answer."""

    turn_id: str
    said: str
    why: str
    at: datetime


def near(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """`sentences`, newest first, in groups: the largest first, each begun by its newest."""
    groups: list[list[Sentence]] = []
    first: list[str] = []
    for sentence in sentences:
        words = plain_words(sentence.said)
        found = process.extractOne(words, first, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR) if words else None
        if found is None:
            groups.append([sentence])
            first.append(words)
        else:
            groups[found[2]].append(sentence)
    return sorted(groups, key=len, reverse=True)
