"""The table of offered sentences: read, and marked as taken together with a line in the audit log."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.accounts import audit
from api.content.models import TrainingExample
from api.database import now
from api.retraining.sentences import Sentence

COMMAND = "make retrain"


def offered(session: Session) -> list[Sentence]:
    """What no training has taken yet, oldest first."""
    query = select(TrainingExample).where(TrainingExample.taken_at.is_(None)).order_by(TrainingExample.id)
    return [_sentence(row) for row in session.scalars(query)]


def mark_taken(session: Session, sentences: Sequence[Sentence]) -> int:
    """How many were marked: not those that an editor took back or changed while the bot learned."""
    wanted = {sentence.id: sentence for sentence in sentences}
    query = select(TrainingExample).where(TrainingExample.taken_at.is_(None)).with_for_update()
    rows = [row for row in session.scalars(query) if wanted.get(row.id) == _sentence(row)]
    for row in rows:
        row.taken_at = now()
    return len(rows)


def record(session: Session, model: str, before: dict[str, Any] | None, after: dict[str, Any]) -> None:
    """Says in the audit log that `model` is in use. `before` and `after`: its predecessor and itself, with figures."""
    audit.record(session, by=COMMAND, what="model.retrained", subject=model, before=before, after=after)


def _sentence(row: TrainingExample) -> Sentence:
    return Sentence(row.id, row.key, row.language, " ".join(row.text.split()))
