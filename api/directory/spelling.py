"""Words that were searched for, as the directory spells them."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.directory.folding import folded
from api.directory.models import Service

LONGEST = 12
"""Words of one search that are looked at."""
STAMP = select(
    select(func.count()).select_from(Service).scalar_subquery(),
    select(func.max(Service.last_modified)).scalar_subquery(),  # apart, an index answers it
)


@dataclass
class Vocabulary:
    """Every word of the directory, in order; read again when the directory has changed."""

    _stamp: object = field(default=None, init=False)
    _words: tuple[str, ...] = field(default=(), init=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def spellings(self, session: Session, text: str) -> tuple[tuple[str, ...], ...]:
        """For each word of `text` the beginnings to look for: itself, or what is nearest to it when nobody has it."""
        asked = list(dict.fromkeys(folded(text).split()))[:LONGEST]
        if not asked:
            return ()
        words = self._known(session)
        return tuple(_nearest(word, words) for word in asked if len(word) > 1 or word.isdigit())

    def _known(self, session: Session) -> tuple[str, ...]:
        stamp = session.execute(STAMP).one()
        with self._lock:
            if self._stamp != tuple(stamp):
                texts: Iterable[str] = session.scalars(select(Service.search_text))
                self._words = tuple(sorted({word for text in texts for word in text.split()}))
                self._stamp = tuple(stamp)
            return self._words


def _nearest(word: str, words: Sequence[str]) -> tuple[str, ...]:
    first = bisect_left(words, word)
    if first < len(words) and words[first].startswith(word):
        return (word,)
    allowed = 1 if len(word) < 6 else 2
    likely = process.extract(word, words, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=5)
    return tuple(known for known, _, _ in likely) or (word,)
