import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from api.safety import Finding, RedFlagScreen

DANGER = [
    "my baby is not breathing",
    "isnt brething",
    "baby has a fever",
    "he hits me",
    "pregnant and bleeding",
    "stopped kicking since the morning",
    "he is threatening us",
    "saans nahi le raha",
    "zyc mi sie nie chce",
]
WORDS = [
    *" ".join(DANGER).split(),
    "no",
    "normally",
    "walking",
    "\u0301",
    ".",
    "?",
    "سانس",
    "نہیں",
    "શ્વાસ",
    "નથી",
    "😭",
]
SAFE_MARKS = list(",;:-()\"*#/~\u200b\u202e\u2060'\u2019😭")
relaxed = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@relaxed
@given(text=st.text(st.characters(), max_size=400))
@example(text="\ud800 not \udfff breathing")
@example(text="\x00\x1b[2J")
@example(text="a" * 10_000)
@example(text="\u0301\u0316" * 5_000)
@example(text="." * 10_000 + "x")
@example(text="notbreathing" * 800)
def test_any_text_gets_an_answer(small_screen: RedFlagScreen, text: str) -> None:
    assert isinstance(small_screen.screen(text), Finding | None)


@relaxed
@given(words=st.lists(st.sampled_from(WORDS), max_size=60), gap=st.sampled_from([" ", "", "\n", ". "]))
def test_any_jumble_of_its_own_words_gets_an_answer(small_screen: RedFlagScreen, words: list[str], gap: str) -> None:
    assert isinstance(small_screen.screen(gap.join(words)), Finding | None)


@relaxed
@given(data=st.data(), danger=st.sampled_from(DANGER))
def test_capitals_never_lose_a_finding(small_screen: RedFlagScreen, data: st.DataObject, danger: str) -> None:
    capitals = data.draw(st.lists(st.booleans(), min_size=len(danger), max_size=len(danger)))
    typed = "".join(c.upper() if up else c for c, up in zip(danger, capitals, strict=True))
    assert small_screen.screen(typed) is not None


@relaxed
@given(danger=st.sampled_from(DANGER), where=st.integers(0, 200), times=st.integers(3, 30))
def test_a_stretched_letter_never_loses_a_finding(
    small_screen: RedFlagScreen, danger: str, where: int, times: int
) -> None:
    where %= len(danger)
    typed = danger[:where] + danger[where] * times + danger[where + 1 :]
    assert small_screen.screen(typed) is not None


@relaxed
@given(danger=st.sampled_from(DANGER), marks=st.lists(st.sampled_from(SAFE_MARKS), min_size=1, max_size=6))
def test_punctuation_between_words_never_loses_a_finding(
    small_screen: RedFlagScreen, danger: str, marks: list[str]
) -> None:
    extra = "".join(marks)
    assert small_screen.screen(extra + danger.replace(" ", f"{extra} ") + extra + "!!!") is not None


@relaxed
@given(danger=st.sampled_from(DANGER), before=st.text(max_size=60), after=st.text(max_size=60))
def test_what_stands_before_or_after_never_hides_danger(
    small_screen: RedFlagScreen, danger: str, before: str, after: str
) -> None:
    assert small_screen.screen(f"{before} , {danger} , {after}") is not None


def test_an_error_inside_is_not_swallowed(small_screen: RedFlagScreen) -> None:
    with pytest.raises(AttributeError):
        small_screen.screen(None)  # type: ignore[arg-type]
