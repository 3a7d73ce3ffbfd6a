"""Which revision a family reads: pure, on plain values, because the whole promise hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.content.languages import ENGLISH


@dataclass(frozen=True)
class Candidate:
    """One revision as this decision sees it. `source_hash` is of the English it was made from."""

    id: int
    language: str
    number: int
    source_hash: str
    is_approved: bool
    is_withdrawn: bool
    approved_on: date | None = None


@dataclass(frozen=True)
class Served:
    candidate: Candidate
    fallback_from: str | None


def choose(candidates: Sequence[Candidate], *, language: str, level: str, drafts_allowed: bool) -> Served | None:
    """The revision to serve in `language`, or in English with `fallback_from`, or none.

    `candidates` are the revisions of one key in `language` and English. A translation of a safety message whose
    English has changed is withheld. Drafts are served only in demonstration mode, where each is marked.
    """
    english = _best([c for c in candidates if c.language == ENGLISH], drafts_allowed)
    if language == ENGLISH:
        return Served(english, None) if english else None
    wanted = [c for c in candidates if c.language == language]
    if level == "safety" and english:
        wanted = [c for c in wanted if c.source_hash == english.source_hash]
    own = _best(wanted, drafts_allowed)
    if own:
        return Served(own, None)
    return Served(english, language) if english else None


def _best(candidates: Sequence[Candidate], drafts_allowed: bool) -> Candidate | None:
    newest_first = sorted(candidates, key=lambda c: c.number, reverse=True)
    approved = [c for c in newest_first if c.is_approved and not c.is_withdrawn]
    if approved:
        return approved[0]
    drafts = [c for c in newest_first if not c.is_withdrawn and not c.is_approved]
    return drafts[0] if drafts and drafts_allowed else None
