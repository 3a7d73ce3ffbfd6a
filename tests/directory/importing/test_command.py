"""`python -m api.cli import`: a dry run by default, written only when told to."""

import json
import random
from pathlib import Path

import pytest

from api import cli
from api.settings import get_settings
from tests.directory.importing.conftest import Desk, today
from tests.directory.importing.planted import feed, healthy


@pytest.fixture(autouse=True)
def own_database(monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    get_settings.cache_clear()


def written(folder: Path, records: object) -> str:
    path = folder / "council.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return str(path)


def test_a_dry_run_prints_the_report_and_writes_nothing(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = desk.entries()
    records, planted = feed(200, today=today(), share=0.9)
    assert cli.main(["import", written(tmp_path, records)]) == 0
    said = capsys.readouterr().out
    assert "200 records" in said
    assert f"record {planted[0].number} " in said
    assert "Nothing was written" in said
    assert desk.entries() == before


def test_with_errors_nothing_is_written_unless_they_are_left_out(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = desk.entries()
    good = healthy(1, random.Random(1), today())
    path = written(tmp_path, [good, {**good, "id": "none"}])
    assert cli.main(["import", path, "--apply"]) == 1
    assert "1 record has an error" in capsys.readouterr().err
    assert desk.entries() == before
    assert cli.main(["import", path, "--apply", "--leave-out-errors"]) == 0
    assert "can be undone" in capsys.readouterr().out
    assert set(desk.entries()) - set(before) == {good["id"]}


@pytest.mark.parametrize(
    ("source", "reason"),
    [("nowhere.json", "cannot be read"), ("http://10.0.0.1/", "private network"), ("http://127.0.0.1:9/", "answer")],
)
def test_what_cannot_be_read_is_said(source: str, reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", source]) == 1
    assert reason in capsys.readouterr().err
