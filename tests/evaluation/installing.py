"""A retrained model put in place: the model's file first, then all data as one, then the rows of the database.

Interrupted before the data, the earlier ones stay in use; after it, the new ones are, and the next run marks the rows.
"""

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.database import Database
from api.errors import Conflict
from api.launch.model import BOT, MODELS, fingerprint, keep_only, model_path
from api.launch.swapping import JOURNAL, swap
from api.launch.taking_up import announce
from api.retraining import rows
from api.retraining.sentences import Sentence
from tests.evaluation.comparing import Pair, counts

Side = dict[str, Any]


@dataclass(frozen=True)
class Retrained:
    """`folder`: the copy that was learned in; `files`: what differs there; `before`: fingerprint of bot/ then."""

    folder: Path
    files: Mapping[str, str]
    before: str


def install(database: Database, made: Retrained, sentences: Sequence[Sentence], pairs: Sequence[Pair]) -> str:
    """Says in one line what was done. Raises Conflict when bot/ has changed since it was copied."""
    if fingerprint() != made.before:
        raise Conflict("bot/ was changed while the copy learned: run again.")
    old, new = model_path(), MODELS / model_path(made.folder).name
    waiting = new.with_name(f".{new.name}.new")
    shutil.copyfile(model_path(made.folder), waiting)
    waiting.replace(new)
    swap(BOT, made.files, JOURNAL)
    announce(new.name)
    marked = mark(database, sentences, *_figures(old, new, pairs))
    keep_only({old, new})
    changed = f"; {len(sentences) - marked} were changed or taken back meanwhile" if marked != len(sentences) else ""
    return f"{new.name}, {marked} sentences{changed}. A bot started by `make run` loads it now; restart any other"


def mark(database: Database, sentences: Sequence[Sentence], before: Side | None, after: Side) -> int:
    """Marks `sentences` as taken, with a line in the audit log; returns how many were."""
    learned = dict(Counter(f"{sentence.language} {sentence.key}" for sentence in sentences))
    with database.write() as session:
        marked = rows.mark_taken(session, sentences)
        rows.record(session, after["model"], before, {**after, "sentences": learned, "marked": marked})
    return marked


def _figures(old: Path, new: Path, pairs: Sequence[Pair]) -> tuple[Side, Side]:
    """Both sides for the audit log: figure -> [cases that hold, cases that count]."""
    return (
        {"model": old.name, "figures": counts([pair.old for pair in pairs])},
        {"model": new.name, "figures": counts([pair.new for pair in pairs])},
    )
