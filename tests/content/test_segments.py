"""What a text costs."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.content.segments import count

GUJARATI = "બાળકને પીઠ પર સુવડાવો. "


@pytest.mark.parametrize(
    ("letter", "length", "segments"),
    [
        ("a", 1, 1), ("a", 160, 1), ("a", 161, 2), ("a", 306, 2), ("a", 307, 3), ("a", 459, 3), ("a", 460, 4),
        ("à", 160, 1), ("à", 161, 2), ("à", 306, 2), ("à", 307, 3),
        ("^", 80, 1), ("^", 81, 2), ("€", 80, 1), ("€", 81, 2), ("^", 152, 2), ("^", 153, 3),
        ("ÿ", 70, 1), ("ÿ", 71, 2), ("ÿ", 134, 2), ("ÿ", 135, 3), ("ł", 70, 1), ("ł", 71, 2),
    ],
)  # fmt: skip
def test_a_text_of_one_letter_costs_what_the_standard_says(letter: str, length: int, segments: int) -> None:
    assert count(letter * length).count == segments


def test_an_escape_pair_is_not_split_between_segments() -> None:
    assert count("a" * 152 + "{" + "a" * 151).count == 2
    assert count("a" * 152 + "{" + "a" * 152).count == 3


def test_an_emoji_with_a_skin_tone_is_not_split_between_segments() -> None:
    cost = count("👍🏽" * 33)
    assert (cost.units, cost.count) == (132, 3)


@pytest.mark.parametrize(("before", "segments"), [(64, 1), (65, 2)])
def test_a_rainbow_flag_stays_whole(before: int, segments: int) -> None:
    assert count("a" * before + "🏳️‍🌈").count == segments


def test_gujarati_costs_more_than_its_length_divided_by_67() -> None:
    text = (GUJARATI * 40)[:402]
    cost = count(text)
    assert cost.encoding == "UCS-2"
    assert cost.count == 7 > -(-cost.units // 67)


def test_an_empty_text_costs_nothing() -> None:
    assert count("").count == 0


def test_the_characters_that_make_a_text_dear_are_named_once_each() -> None:
    assert count("Łóżko, łóżko: 5 €").forcing == ("Ł", "ó", "ż", "ł")


def test_letters_and_marks_apart_cost_the_same_as_composed() -> None:
    text = "à la carte"
    assert count(unicodedata.normalize("NFD", text)) == count(text)
    assert count(text).encoding == "GSM-7"


@given(st.text(max_size=600))
def test_no_text_costs_less_than_its_units_or_more_than_twice(text: str) -> None:
    cost = count(text)
    room = 67 if cost.encoding == "UCS-2" else 153
    assert -(-cost.units // (room + 7)) <= cost.count <= max(1, 2 * -(-cost.units // room))


def test_a_letter_under_a_thousand_marks_is_still_counted() -> None:
    assert count("x" + "\u0301" * 1000).count == -(-1001 // 67)
