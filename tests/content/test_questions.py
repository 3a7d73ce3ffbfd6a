"""What can be asked: the file and what was approved, written into one another."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from api.content.files.topics_file import lines_of, with_questions
from api.content.questions import Questions, refuse_key, refuse_line
from api.content.source import read_topics
from api.errors import Unusable
from api.settings import ROOT

TEXT = (ROOT / "content" / "topics.yml").read_text(encoding="utf-8")
KEYS = read_topics(ROOT / "content")
LINE = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=60)
SLUG = st.from_regex(r"[a-z][a-z0-9]{1,8}(_[a-z]{2,5})?", fullmatch=True)
NEW_KEY = st.tuples(st.sampled_from(["support", "safer_sleep", "travel", "urgency"]), SLUG).map("/".join)
YAML_11 = {"yes", "no", "on", "off", "null", "true", "false"}


def test_the_file_comes_back_byte_for_byte() -> None:
    assert with_questions(TEXT, {}) == TEXT
    assert with_questions(TEXT, {key: {"line": line} for key, line in lines_of(TEXT).items()}) == TEXT
    assert list(lines_of(TEXT)) == KEYS


def test_a_line_changes_where_it_stands_and_comments_survive() -> None:
    written = with_questions(TEXT, {"urgent/baby_fit": {"line": 'Fit: "999" # now'}})
    changed = [(a, b) for a, b in zip(TEXT.splitlines(), written.splitlines(), strict=True) if a != b]
    assert len(changed) == 1
    assert lines_of(written)["urgent/baby_fit"] == 'Fit: "999" # now'
    assert "# always answered first" in written


def test_new_questions_stand_at_the_end_of_their_topic_and_a_new_topic_before_danger() -> None:
    written = with_questions(TEXT, {"support/new_one": {"line": "A"}, "travel/flying": {"line": "B"}})
    keys = list(lines_of(written))
    assert keys.index("support/new_one") == keys.index("support/dads_and_partners") + 1
    assert keys.index("travel/flying") == keys.index("urgent/baby_not_breathing") - 1
    assert set(TEXT.splitlines()) < set(written.splitlines())


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), LINE, max_size=4), st.dictionaries(NEW_KEY, LINE, max_size=4))
def test_whatever_was_approved_is_read_back(changed: dict[str, str], new: dict[str, str]) -> None:
    wanted = {key: line for key, line in {**changed, **new}.items() if key.split("/")[1] not in YAML_11}
    written = with_questions(TEXT, {key: {"line": line} for key, line in wanted.items()})
    assert lines_of(written) == {**lines_of(TEXT), **wanted}
    assert yaml.safe_load(written)


def test_the_running_program_has_what_the_export_will_have() -> None:
    questions = Questions(ROOT / "content")
    assert questions.keys == tuple(KEYS)
    approved = {"travel/flying": {"line": "Fly", "title": "May I fly?", "level": "safety"}}
    questions.follow({"question": approved})
    assert questions.keys == tuple(lines_of(with_questions(TEXT, approved)))
    assert questions.lines["travel/flying"] == "Fly"


@pytest.mark.parametrize("unusable", [None, [], {}, {"line": 5}, {"line": ""}, {"line": "two\nlines"}])
def test_one_body_that_cannot_be_used_stops_no_other(unusable: Any) -> None:
    questions = Questions(ROOT / "content")
    bodies = {"travel/flying": {"line": "Fly"}, "travel/sailing": unusable, KEYS[0]: unusable, "no key": {"line": "A"}}
    questions.follow({"question": bodies})
    assert questions.lines == {**lines_of(TEXT), "travel/flying": "Fly"}


@pytest.mark.parametrize(
    "key",
    ["urgent/new", "conversation/new", "find_service/new", "support/no", "support/Bad", "a b/c", "support/", "/x",
     "support/health_visitor", "support/9lives", "support/" + "a" * 41],
)  # fmt: skip
def test_a_key_that_would_break_something_is_refused(key: str) -> None:
    with pytest.raises(Unusable):
        refuse_key(key, KEYS)


@pytest.mark.parametrize("line", ["", " ", "two\nlines", "x" * 201, "turned \u202e round"])
def test_a_line_is_one_line(line: str) -> None:
    with pytest.raises(Unusable):
        refuse_line(line)
    refuse_line("Flying, visas: what to ask first.")
    refuse_key("travel/flying", KEYS)
