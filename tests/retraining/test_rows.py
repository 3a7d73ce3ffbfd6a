"""The rows that editors added, on both databases: read, marked once, and recorded."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from api.accounts.models import AuditEntry
from api.content.models import TrainingExample
from api.database import Database, now
from api.launch.swapping import alone
from api.retraining import rows
from api.retraining.sentences import Sentence
from api.settings import ROOT
from tests.evaluation.installing import mark
from tests.evaluation.retrain import FOLDER


def add(database: Database, text: str, *, key: str = "safer_sleep/dummies", taken: bool = False) -> None:
    taken_at = now() if taken else None
    row = TrainingExample(key=key, language="en", text=text, added_by="An Editor", added_at=now(), taken_at=taken_at)
    with database.write() as session:
        session.add(row)


def offered(database: Database) -> list[Sentence]:
    with database.read() as session:
        return rows.offered(session)


def test_what_no_training_has_taken_is_offered_in_one_line(database: Database) -> None:
    add(database, "first\n  one")
    add(database, "second", taken=True)
    add(database, "third")
    assert [sentence.text for sentence in offered(database)] == ["first one", "third"]


def test_marking_leaves_out_what_an_editor_changed_or_took_back_meanwhile(database: Database) -> None:
    for text in ("stays", "changed", "taken back", "left out"):
        add(database, text)
    learned = offered(database)[:3]
    with database.write() as session:
        held = {row.text: row for row in session.scalars(select(TrainingExample))}
        held["changed"].key = "urgent/baby_fit"
        session.delete(held["taken back"])
    assert mark(database, learned, {"model": "old"}, {"model": "new"}) == 1
    assert [sentence.text for sentence in offered(database)] == ["changed", "left out"]
    with database.read() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.what == "model.retrained")).one()
    assert (entry.by_name, entry.subject, entry.before) == ("make retrain", "new", {"model": "old"})
    assert entry.after == {"model": "new", "sentences": {"en safer_sleep/dummies": 3}, "marked": 1}


def retrain(database_url: str, dry: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "DATABASE_URL": database_url, "DRY": dry, "CASES": ""}
    command = [sys.executable, "-m", "tests.evaluation.retrain"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_dry_run_says_what_would_be_learned_and_disturbs_no_retraining(database: Database, database_url: str) -> None:
    add(database, "zzz is he allowed a binky zzz")
    add(database, "who can say this", key="no/such")
    with at_work() as others:
        done = retrain(database_url, dry="1")
        assert others.exists()
    assert done.returncode == 0, done.stderr
    assert "To learn: 1 sentences (en 1)." in done.stdout
    assert "en no/such: 'who can say this': there is no such question" in done.stdout
    assert "data/nlu/en/safer_sleep.yml" in done.stdout
    assert len(offered(database)) == 2


def test_a_second_retraining_is_refused_and_leaves_the_work_of_the_first(database_url: str) -> None:
    with at_work() as others:
        done = retrain(database_url, dry="")
        assert others.exists()
    assert done.returncode == 1
    assert done.stderr.startswith("Nothing was put in place. Another retraining is at work here")


@contextmanager
def at_work() -> Iterator[Path]:
    """As while another retraining learns: its copy, and the folder held."""
    with alone(FOLDER, waits=False), tempfile.TemporaryDirectory(dir=FOLDER.parent) as folder:
        Path(folder).rename(FOLDER)
        yield FOLDER
        FOLDER.rename(folder)
