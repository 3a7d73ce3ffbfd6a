"""The project's own cases never leak into training, and are judged as the contract says."""

from pathlib import Path

import pytest
import yaml

from api.retraining.sentences import plain
from api.settings import ROOT
from tests.evaluation.judging import Case, judge
from tests.evaluation.run import read_cases

FILES = sorted(Path(__file__).parent.glob("*.jsonl"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_case_is_a_training_example(path: Path) -> None:
    trained = set()
    for file in (ROOT / "bot" / "data" / "nlu").rglob("*.yml"):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            trained |= {plain(line[2:]) for line in block["examples"].splitlines() if line.startswith("- ")}
    leaked = [case.text for case in read_cases(path) if plain(case.text) in trained]
    assert leaked == []


@pytest.mark.parametrize(
    ("key", "understood", "urgent", "first", "outcome"),
    [
        ("a/b", "a/b", None, "a/b", "right"),
        ("a/b", "a/c", None, "a/c", "wrong"),
        ("a/b", "a/c", None, "conversation/did_you_mean", "asked"),
        ("a/z", "a/c", None, "conversation/did_you_mean", "lost"),
        ("a/b", "a/b", "urgent/baby_fit", "urgent/baby_fit", "false_alarm"),
        ("urgent/baby_fit", "urgent/baby_fit", "urgent/baby_fit", "urgent/baby_fit", "right"),
        ("urgent/baby_fit", "urgent/baby_injury", "urgent/baby_injury", "urgent/baby_injury", "wrong"),
        ("urgent/baby_fit", "a/b", None, "a/b", "missed"),
    ],
)
def test_a_reply_is_judged(key: str, understood: str, urgent: str | None, first: str, outcome: str) -> None:
    reply = {
        "understood": {"key": understood, "language": "en", "alternatives": [{"key": "a/c"}, {"key": "a/b"}]},
        "urgent": {"key": urgent} if urgent else None,
        "messages": [{"key": first}],
    }
    verdict = judge(Case(text="x", lang="en", key=key), reply)
    assert verdict.outcome == outcome
    assert verdict.caught == (urgent is not None)
