"""Which revision a family reads: pure, on plain values, because the whole promise hangs on it.

Of all approvals of one message in one language the newest that has begun counts, and no other: an older one never comes
back by itself. A translation is served only while its English is, and while it says the same in what matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from api.content.languages import ENGLISH

Change = Literal["wording", "meaning", "safety"]
Freshness = Literal["fresh", "stale", "withheld"]
"""Of a translation: says what the English says; says what it said; says what is no longer safe to say."""


@dataclass(frozen=True)
class Decision:
    """One approval of a revision: from when it counts, and when somebody withdrew it."""

    id: int
    begins: datetime
    withdrawn_at: datetime | None = None

    @property
    def is_void(self) -> bool:
        """Planned, and called off before it began: as if it had never been."""
        return self.withdrawn_at is not None and self.withdrawn_at < self.begins


@dataclass(frozen=True)
class Candidate:
    """One revision as this decision sees it. `source_hash` is of the English it was made from.

    `change`: what its editor said an English revision changes; None when nobody said, which counts as meaning.
    """

    id: int
    language: str
    number: int
    source_hash: str
    change: Change | None = None
    decisions: tuple[Decision, ...] = ()

    @property
    def is_decided(self) -> bool:
        return any(not decision.is_void for decision in self.decisions)

    @property
    def is_withdrawn(self) -> bool:
        return any(decision.withdrawn_at and not decision.is_void for decision in self.decisions)


@dataclass(frozen=True)
class Served:
    candidate: Candidate
    is_approved: bool
    fallback_from: str | None
    approved_on: date | None = None


def choose(
    candidates: Sequence[Candidate], *, language: str, level: str, drafts_allowed: bool, now: datetime
) -> Served | None:
    """The revision to serve in `language`, or in English with `fallback_from`, or none.

    `candidates` are the revisions of one key in `language` and English. Drafts are served only in demonstration mode,
    where each is marked.
    """
    originals = [c for c in candidates if c.language == ENGLISH]
    english = _best(originals, drafts_allowed, now)
    if language == ENGLISH or english is None:
        return english
    wanted = [c for c in candidates if c.language == language]
    usable = [c for c in wanted if freshness(c, english.candidate, originals, level) != "withheld"]
    return _own(wanted, usable, drafts_allowed, now) or Served(
        english.candidate, english.is_approved, language, english.approved_on
    )


def freshness(translation: Candidate, english: Candidate, originals: Sequence[Candidate], level: str) -> Freshness:
    """How `translation` stands to the served `english`, by what every revision between the two changed."""
    if translation.source_hash == english.source_hash:
        return "fresh"
    made_from = [c for c in originals if c.source_hash == translation.source_hash]
    if not made_from:
        return "withheld" if level == "safety" else "stale"
    # Where English is approved, what says English that nobody approved, or that was withdrawn, is not read.
    read = [c.number for c in made_from if not english.decisions or (c.is_decided and not c.is_withdrawn)]
    if not read:
        return "withheld"
    nearest = min(read, key=lambda number: abs(number - english.number))
    low, high = sorted((nearest, english.number))
    changes = {c.change or "meaning" for c in originals if low < c.number <= high}
    if changes <= {"wording"}:
        return "fresh"
    return "withheld" if level == "safety" or "safety" in changes else "stale"


def current(candidates: Sequence[Candidate], now: datetime) -> tuple[Candidate, Decision] | None:
    """The newest approval that has begun, withdrawn or not, and its revision."""
    decided = [(c, d) for c in candidates for d in c.decisions if d.begins <= now and not d.is_void]
    return max(decided, key=lambda found: (found[1].begins, found[1].id)) if decided else None


def read_now(candidates: Sequence[Candidate], now: datetime) -> Candidate | None:
    """What work on one language goes by: the approved revision, else the newest draft."""
    decided = current(candidates, now)
    if decided and not decided[0].is_withdrawn:
        return decided[0]
    return max(candidates, key=lambda c: c.number, default=None)


def _best(candidates: Sequence[Candidate], drafts_allowed: bool, now: datetime) -> Served | None:
    return _approved(candidates, now) or _draft(candidates, drafts_allowed, now)


def _own(
    wanted: Sequence[Candidate], usable: Sequence[Candidate], drafts_allowed: bool, now: datetime
) -> Served | None:
    """As `_best`, but only from `usable`: what is withheld does not bring back what it replaced."""
    for served in (_approved(wanted, now), _draft(wanted, drafts_allowed, now)):
        if served and served.candidate in usable:
            return served
    return None


def _approved(candidates: Sequence[Candidate], now: datetime) -> Served | None:
    decided = current(candidates, now)
    if decided is None or decided[0].is_withdrawn:
        return None
    return Served(decided[0], True, None, decided[1].begins.date())


def _draft(candidates: Sequence[Candidate], drafts_allowed: bool, now: datetime) -> Served | None:
    """The newest that nobody has decided on, if it is newer than everything that was decided on."""
    decided = current(candidates, now)
    newer = [c for c in candidates if not c.decisions and (decided is None or c.number > decided[0].number)]
    newest = max(newer, key=lambda c: c.number, default=None)
    return Served(newest, False, None) if newest and drafts_allowed else None
