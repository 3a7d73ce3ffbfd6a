from pathlib import Path

import pytest

from api.safety import RedFlagFileIsWrong, load_screen
from tests.safety.small_screen import write_phrases

ONE_PHRASE = "language: en\nsigns:\n  urgent/baby_fit:\n    latin:\n      - {phrase}\n"

BROKEN = {
    '"not breath*ing"': "keep only one \\*",
    '"b*"': "too short a beginning",
    '"not||breathing"': "take that \\| out",
    '"blue & "': "one side of an &",
    '""': "the phrase is empty",
    '"!!! help"': "is not one word",
    "999": "put quotes around it",
    "no": "put quotes around it",
}


@pytest.mark.parametrize(("phrase", "advice"), BROKEN.items())
def test_a_broken_phrase_is_refused_with_its_place_and_how_to_mend_it(tmp_path: Path, phrase: str, advice: str) -> None:
    write_phrases(tmp_path, en=ONE_PHRASE.format(phrase=phrase))
    with pytest.raises(RedFlagFileIsWrong, match=advice) as error:
        load_screen(tmp_path)
    assert "en.yml, urgent/baby_fit" in str(error.value)


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        ("language: pl\nsigns: {}\n", "language: en"),
        ("language: en\n", "`signs` is missing"),
        ("language: en\nsigns: {urgent/baby_sneezes: {latin: [a b]}}\n", "baby_sneezes: no such sign"),
        ("language: en\nsigns: {urgent/baby_fit: [fit]}\n", "two lists, `native` and `latin`"),
        ("language: en\nsigns: {urgent/baby_fit: {latin: fit}}\n", "write a list"),
        ("language: en\nsigns: {}\nharmles: {}\n", "write only language, signs"),
        (
            "language: en\nsigns:\n  urgent/baby_fit:\n    latin:\n      - & fit\n      - *fit\n",
            "cannot be read as YAML",
        ),
        ("- a\n", "write only language, signs"),
    ],
)
def test_a_broken_file_is_refused_with_how_to_mend_it(tmp_path: Path, content: str, advice: str) -> None:
    write_phrases(tmp_path, en=content)
    with pytest.raises(RedFlagFileIsWrong, match=r"en\.yml") as error:
        load_screen(tmp_path)
    assert advice in str(error.value)


def test_a_folder_without_phrases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RedFlagFileIsWrong, match="at least one language"):
        load_screen(tmp_path)


def test_a_language_may_leave_signs_and_lists_empty(tmp_path: Path) -> None:
    write_phrases(tmp_path, en="language: en\nsigns: {urgent/baby_fit: {native: , latin: [having a fit]}}\n")
    assert load_screen(tmp_path).screen("she is having a fit") is not None
