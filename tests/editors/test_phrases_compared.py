"""One comparison at a time, remembered by its whole question; and what happens when none can be made."""

from dataclasses import replace
from pathlib import Path

import pytest

from api.editors.red_flags import comparing
from api.editors.red_flags.comparing import Busy, Failed, Question, Ticks, compared, marks, seen_already, unchecked
from tests.safety.small_screen import ENGLISH, write_phrases


@pytest.fixture
def question(tmp_path: Path) -> Question:
    folder = write_phrases(tmp_path, en=ENGLISH)
    body = {"native": [], "latin": ["gone limp"]}
    return Question(str(folder), {}, "en urgent/baby_fit", body, examples=str(tmp_path / "none"))


def test_a_question_is_asked_once_and_its_messages_apart(question: Question, monkeypatch: pytest.MonkeyPatch) -> None:
    assert seen_already(question) is None
    first = compared(replace(question, messages=("she has gone limp",)))
    assert first.looked_at == {"grave": 0, "ordinary": 0, "others": 0, "others_ordinary": 0}
    assert [one.text for one in first.tried if one.after] == ["she has gone limp"]
    with comparing._one_at_a_time:
        monkeypatch.setattr(comparing, "WAIT", 0.01)
        about_examples = compared(question)
        assert about_examples.tried == []
        with pytest.raises(Busy):
            compared(replace(question, messages=("another",)))
        with pytest.raises(Busy):
            compared(replace(question, approved={"en harmless": {"latin": ["gone home"]}}))


def test_what_cannot_be_found_out_is_told_and_asks_for_a_tick(question: Question, tmp_path: Path) -> None:
    with pytest.raises(Failed):
        compared(replace(question, folder=str(tmp_path / "nowhere")))
    assert Ticks().missing(None) == ["unknown"]
    assert Ticks(**marks(None)).missing(None) == []
    nobody = compared(question)
    assert Ticks(**marks(None)).missing(nobody) == ["unknown"], "a tick holds for what was shown"
    assert Ticks(**marks(nobody)).missing(nobody) == []
    with pytest.raises(Failed):
        compared(replace(question, body={"latin": ["b*"]}))


@pytest.mark.parametrize(
    ("subject", "phrases", "doubt"),
    [
        ("en urgent/baby_not_breathing", [], "emptied"),
        ("en urgent/baby_not_breathing", ["blue & baby"], ""),
        ("en urgent/baby_fit", [], ""),
        ("en harmless", [], ""),
        ("ti urgent/baby_fit", ["gone limp"], "no_examples"),
    ],
)
def test_what_no_example_can_say_asks_for_a_tick(
    question: Question, tmp_path: Path, subject: str, phrases: list[str], doubt: str
) -> None:
    (tmp_path / "none" / "en").mkdir(parents=True)
    fits = "nlu:\n- intent: urgent/baby_fit\n  examples: |\n    - she is shaking\n"
    (tmp_path / "none" / "en" / "urgent.yml").write_text(fits, encoding="utf-8")
    found = compared(replace(question, subject=subject, body={"native": [], "latin": phrases}))
    assert unchecked(found) == doubt
    assert marks(found) == ({"unknown": doubt} if doubt else {})
