"""How every message stands in every language: what families read, and what waits for whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from api.content import repository
from api.content.languages import ENGLISH
from api.content.models import Message, Revision
from api.content.serving import Candidate, Decision, Freshness, current, freshness, read_now
from api.content.shelf import candidate
from api.database import now

State = Literal["missing", "draft", "approved", "stale", "withheld", "withdrawn"]
STATES: tuple[State, ...] = ("missing", "draft", "withdrawn", "withheld", "stale", "approved")
"""From the least that families can read to the most."""


@dataclass(frozen=True)
class Cell:
    """One message in one language. `newest` and `served` are revision numbers, 0 for none.

    `state` is of what a person decided last. `waits`: a newer draft waits for approval. `fits`: how the newest words
    stand to the English that families read. `author_id`: of the newest words, None for a machine's.
    """

    key: str
    language: str
    state: State
    newest: int = 0
    served: int = 0
    waits: bool = False
    fits: Freshness = "fresh"
    author_id: str | None = None
    planned: datetime | None = None

    @property
    def is_machine(self) -> bool:
        """No person has written or taken over the newest words."""
        return self.newest > 0 and self.author_id is None


@dataclass(frozen=True)
class Standings:
    """`cells`: (key, language) -> how it stands."""

    messages: Sequence[Message]
    cells: Mapping[tuple[str, str], Cell]

    def progress(self, language: str) -> tuple[int, int]:
        """Messages that are approved and fit in `language`, and all there are."""
        own = [self.cells[message.key, language] for message in self.messages]
        return sum(1 for cell in own if cell.state == "approved" and cell.fits == "fresh"), len(own)


def standings(session: Session, languages: Iterable[str], keys: Sequence[str] | None = None) -> Standings:
    """Every message of `keys` (all of them when none are given) in every one of `languages`."""
    messages = [m for m in repository.messages(session) if keys is None or m.key in keys]
    rows: dict[str, list[Revision]] = {}
    for revision in repository.every_revision(session, [m.key for m in messages] if keys is not None else None):
        rows.setdefault(revision.key, []).append(revision)
    moment, cells = now(), {}
    for message in messages:
        for cell in _cells(message, rows.get(message.key, []), languages, moment):
            cells[message.key, cell.language] = cell
    return Standings(messages, cells)


def _cells(message: Message, rows: Sequence[Revision], languages: Iterable[str], moment: datetime) -> Iterable[Cell]:
    plain = {row.id: candidate(row) for row in rows}
    originals = [c for c in plain.values() if c.language == ENGLISH]
    english = read_now(originals, moment)
    for language in languages:
        own = [row for row in rows if row.language == language]
        if not own:
            yield Cell(message.key, language, "missing")
            continue
        newest = max(own, key=lambda row: row.number)
        yield _cell(message, newest, [plain[row.id] for row in own], english, originals, moment)


def _cell(
    message: Message,
    newest: Revision,
    own: Sequence[Candidate],
    english: Candidate | None,
    originals: Sequence[Candidate],
    moment: datetime,
) -> Cell:
    last = next(c for c in own if c.number == newest.number)
    decided = current(own, moment)
    fits = _fits(last, english, originals, message.level)
    return Cell(
        key=message.key,
        language=newest.language,
        state=_state(decided, fits, english, originals, message.level),
        newest=newest.number,
        served=decided[0].number if decided and not decided[0].is_withdrawn else 0,
        waits=not last.decisions or all(decision.is_void for decision in last.decisions),
        fits=fits,
        author_id=newest.author_id,
        planned=min((d.begins for c in own for d in c.decisions if d.begins > moment and not d.is_void), default=None),
    )


def _state(
    decided: tuple[Candidate, Decision] | None,
    fits: Freshness,
    english: Candidate | None,
    originals: Sequence[Candidate],
    level: str,
) -> State:
    """`fits`: how the newest words fit; what nobody has decided on is judged by them."""
    if decided is None:
        return "draft" if fits == "fresh" else fits
    if decided[0].is_withdrawn:
        return "withdrawn"
    read = _fits(decided[0], english, originals, level)
    return "approved" if read == "fresh" else read


def _fits(own: Candidate, english: Candidate | None, originals: Sequence[Candidate], level: str) -> Freshness:
    if own.language == ENGLISH or english is None:
        return "fresh"
    return freshness(own, english, originals, level)
