"""When a new model may take the place of the one in use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation import differences
from tests.evaluation.comparing import WOBBLE, Pair, below_floor, newly_wrong, paired, worse
from tests.evaluation.figures import Result
from tests.evaluation.judging import GRAVEST, LOSS, Case, Outcome, Verdict

PLAIN = "safer_sleep/dummies"
Change = tuple[Outcome, Outcome]
OUTCOMES: st.SearchStrategy[Outcome] = st.sampled_from(["right", "asked", "wrong", "lost", "false_alarm"])


def result(number: int, outcome: Outcome, key: str = PLAIN, lang: str = "en") -> Result:
    caught = outcome in ("right", "wrong") if key.startswith("urgent/") else outcome == "false_alarm"
    verdict = Verdict(outcome, "said", caught, True, language=lang)
    return Result(Case(text=f"case {number}", lang=lang, key=key), verdict, 1.0)


def pairs(*changes: Change, key: str = PLAIN, lang: str = "en") -> list[Pair]:
    return [Pair(result(n, old, key, lang), result(n, new, key, lang)) for n, (old, new) in enumerate(changes)]


def times(number: int, change: Change) -> list[Change]:
    return [change] * number


@given(st.lists(OUTCOMES, max_size=30))
def test_a_model_is_never_worse_than_itself(outcomes: list[Outcome]) -> None:
    assert worse(pairs(*((one, one) for one in outcomes))) == []


@given(st.lists(st.tuples(OUTCOMES, OUTCOMES), max_size=30))
def test_what_is_put_in_place_is_never_worse_over_all_languages(changes: list[Change]) -> None:
    if not worse(pairs(*changes)):
        old, new = [change[0] for change in changes], [change[1] for change in changes]
        assert new.count("right") >= old.count("right")
        assert new.count("wrong") <= old.count("wrong")
        assert new.count("false_alarm") <= old.count("false_alarm")


def test_one_right_answer_fewer_over_all_languages_is_refused() -> None:
    assert worse(pairs(("right", "asked"), ("right", "right")))[0].startswith(
        "all languages: questions answered right 2"
    )


@pytest.mark.parametrize(("fallen", "is_refused"), [(WOBBLE, False), (WOBBLE + 1, True)])
def test_a_language_may_wobble_by_a_case_or_two_when_others_gain(fallen: int, is_refused: bool) -> None:
    lost, gained = times(fallen, ("right", "asked")), times(9, ("asked", "right"))
    found = pairs(*lost, lang="gu") + pairs(*gained, lang="en")
    assert [reason.startswith("gu: ") for reason in worse(found)] == ([True] if is_refused else [])


@pytest.mark.parametrize("key", [*GRAVEST, "urgent/baby_ill"])
def test_a_danger_no_longer_caught_is_refused_though_others_are_caught_now(key: str) -> None:
    found = pairs(("right", "missed"), *times(5, ("missed", "right")), key=key)
    assert worse(found) == ["en: danger no longer caught: 'case 0'"]


def test_danger_and_loss_have_no_wobble_in_any_language() -> None:
    gained = pairs(*times(9, ("wrong", "right")), key=LOSS, lang="en")
    assert any(
        "gu: loss of a baby" in reason for reason in worse(gained + pairs(("right", "lost"), key=LOSS, lang="gu"))
    )


def test_a_case_without_a_reply_is_refused() -> None:
    assert worse(pairs(("wrong", "failed"), ("wrong", "right"))) != []


def test_figures_under_what_was_reached_are_named() -> None:
    answered = [result(n, "right" if n < 80 else "wrong") for n in range(100)]
    assert below_floor(answered, {"en": {"right": 0.80, "wrong": 0.19}, "gu": {"right": 1.0}}) == []
    assert below_floor(answered, {"en": {"right": 0.82}}) == ["en: right 0.8000, and 0.8200 was reached"]


def test_the_gravest_of_what_went_wrong_is_shown_first() -> None:
    found = pairs(("right", "asked"), ("asked", "wrong")) + pairs(("right", "missed"), key="urgent/baby_fit")
    assert [pair.new.verdict.outcome for pair in newly_wrong(found)] == ["missed", "wrong", "asked"]
    lines = list(differences.examples(found * 10))
    assert (len(lines), lines[0], lines[-1]) == (22, "30 cases are answered worse than before:", "  and 10 more")


def test_tables_name_every_figure_and_every_language() -> None:
    found = pairs(("right", "asked"), ("wrong", "right")) + pairs(("right", "right"), key="urgent/baby_fit", lang="gu")
    assert any("wrong answer given" in line and "-1" in line for line in differences.overall(found))
    assert [line.split()[0] for line in list(differences.languages(found))[1:]] == ["en", "gu"]


def test_two_models_asked_different_cases_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="different cases"):
        paired([result(1, "right")], [result(2, "right")])
