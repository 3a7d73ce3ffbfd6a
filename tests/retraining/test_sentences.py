"""Which offered sentences are learned: none twice, none that measures the bot, none that nobody can ask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.retraining import sentences
from api.retraining.sentences import Bounds, Sentence, plain, said, sort_out

KEYS = ("safer_sleep/dummies", "urgent/baby_fit")
BOUNDS = Bounds(
    taught={"is a dummy ok": {"safer_sleep/dummies"}},
    evaluated={"when can he have a dummy"},
    keys=set(KEYS),
    languages={"en", "gu"},
)
TEXTS = st.one_of(
    st.sampled_from(["Is a dummy OK?", "when can he have a DUMMY", "shakes", "Shakes!"]), st.text(max_size=8)
)
OFFERED = st.lists(
    st.builds(
        Sentence, st.integers(1), st.sampled_from([*KEYS, "no/such"]), st.sampled_from(["en", "gu", "xx"]), TEXTS
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


def one(text: str, key: str = KEYS[0], language: str = "en", number: int = 1) -> Sentence:
    return Sentence(number, key, language, text)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        (one("When can he have a dummy??"), sentences.EVALUATED),
        (one("ＷＨＥＮ can he have a dummy", "no/such"), sentences.EVALUATED),
        (one("what is this", "no/such"), sentences.NO_KEY),
        (one("what is this", language="xx"), sentences.NO_LANGUAGE),
        (one("is a dummy ok", KEYS[1]), sentences.OTHER_KEY),
        (one("🤰 ?!"), sentences.NO_WORDS),
        (one("a\x07bell"), sentences.UNPRINTABLE),
    ],
)
def test_a_sentence_is_skipped_and_the_reason_said(sentence: Sentence, reason: str) -> None:
    found = sort_out([sentence], BOUNDS)
    assert (found.taken, found.known, dict(found.skipped)) == ([], [], {reason: [sentence]})
    assert f"Skipped 1: {reason}." in said(found)


def test_what_is_taught_already_is_done_with_in_any_language() -> None:
    offered = [one("Is a DUMMY ok?"), one("is a dummy - ok", language="gu", number=2)]
    assert sort_out(offered, BOUNDS).known == offered


def test_the_same_sentence_for_two_questions_is_learned_for_neither() -> None:
    offered = [one("he shakes"), one("He shakes!", KEYS[1], number=2)]
    assert sort_out(offered, BOUNDS).skipped == {sentences.TWO_KEYS: offered}


def test_two_that_differ_in_marks_alone_are_learned_once() -> None:
    offered = [one("he shakes"), one("He shakes!", number=2)]
    found = sort_out(offered, BOUNDS)
    assert (found.taken, found.known) == ([offered[0]], [offered[1]])


@given(OFFERED)
def test_every_sentence_is_in_one_place_and_nothing_leaks(offered: list[Sentence]) -> None:
    found = sort_out(offered, BOUNDS)
    everywhere = [*found.taken, *found.known, *(s for skipped in found.skipped.values() for s in skipped)]
    assert {sentence.id for sentence in everywhere} == {sentence.id for sentence in offered}
    assert len(everywhere) == len(offered)
    texts = [plain(sentence.text) for sentence in found.taken]
    assert len(set(texts)) == len(texts)
    assert not set(texts) & ({*BOUNDS.taught, *BOUNDS.evaluated, ""})
    assert {sentence.key for sentence in found.taken} <= set(KEYS)
