"""The questions by topic: what belongs there, how far its English is, how many sentences the bot learns it from."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.content import repository
from api.content.languages import ENGLISH, Language
from api.content.questions import KIND
from api.content.standing import Cell, standings
from api.conversations.assembly import Parts
from api.editors.topics.examples import ENOUGH, examples
from api.settings import ROOT
from api.versions import repository as versions
from api.versions.models import Version

NLU = ROOT / "bot" / "data" / "nlu"
TALLEST = 40
"""Sentences that fill a bar; there are often more, and it matters little."""


@dataclass(frozen=True)
class Bar:
    """Sentences of one language. `height`: of 28."""

    language: Language
    count: int

    @property
    def height(self) -> int:
        return max(1, round(28 * min(self.count, TALLEST) / TALLEST)) if self.count else 0

    @property
    def is_few(self) -> bool:
        return self.count < ENOUGH


@dataclass(frozen=True)
class Question:
    """`cell`: its English; None while there is no message. `bars`: none where the bot's folder is not there."""

    key: str
    line: str
    title: str
    cell: Cell | None
    bars: list[Bar]
    proposal: Version | None

    @property
    def few(self) -> int:
        return sum(bar.is_few for bar in self.bars)


def by_topic(session: Session, assembled: Parts, only: str | None = None) -> dict[str, list[Question]]:
    """Every question that counts, then those that were only proposed, under their topics; or the one key `only`."""
    waiting = {row.subject: row for row in versions.waiting(session, KIND)}
    lines = {**{key: row.body["line"] for key, row in waiting.items()}, **assembled.questions.lines}
    ordered = [*assembled.questions.lines, *(key for key in waiting if key not in assembled.questions.lines)]
    ordered = [key for key in ordered if only in (None, key)]
    cells = standings(session, [ENGLISH], ordered).cells
    titles = {row.key: row.title for row in reversed(repository.revisions(session, ordered, [ENGLISH]))}
    known = examples(NLU)
    found: dict[str, list[Question]] = {}
    for key in ordered:
        bars = _bars(known.get(key, {}), assembled.catalogue.languages) if known else []
        made = Question(key, lines[key], titles.get(key, ""), cells.get((key, ENGLISH)), bars, waiting.get(key))
        found.setdefault(key.partition("/")[0], []).append(made)
    return found


def one(session: Session, assembled: Parts, key: str) -> Question | None:
    listed = by_topic(session, assembled, key).values()
    return next((question for questions in listed for question in questions), None)


def _bars(counts: Mapping[str, int], languages: Mapping[str, Language]) -> list[Bar]:
    return [Bar(language, counts.get(code, 0)) for code, language in languages.items()]
