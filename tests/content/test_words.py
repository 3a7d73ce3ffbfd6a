"""The starter pack itself: every word in every language, checked."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from api.content.bidi import is_right_to_left
from api.content.checks import SEGMENTS
from api.content.facts import phones
from api.content.findings import errors
from api.content.languages import load_languages
from api.content.pack import Checked, check_pack
from api.content.segments import count
from api.content.source import read_messages, read_translations
from api.settings import ROOT

CONTENT, LOCALES = ROOT / "content", ROOT / "locales"
LANGUAGES = load_languages(CONTENT)
MESSAGES = read_messages(CONTENT)


@cache
def pack() -> dict[str, Checked]:
    return {checked.language: checked for checked in check_pack(CONTENT, LOCALES)}


def words_in(language: str) -> Iterable[tuple[str, str]]:
    """(key.field, text) of every message."""
    if language == "en":
        return [(f"{key}.{field}", text) for key, source in MESSAGES.items() for field, text in source.words.items()]
    found = read_translations(LOCALES, language)
    return [(f"{key}.{field}", entry.msgstr) for key, fields in found.items() for field, entry in fields.items()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_language_have_no_error(language: str) -> None:
    assert list(map(str, errors(pack()[language].findings))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_complete(language: str) -> None:
    assert pack()[language].done == pack()[language].wanted
    assert pack()[language].wanted["messages"] == 3 * len(MESSAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_fit_their_segments_as_they_are_sent(language: str) -> None:
    for name, text in words_in(language):
        if name.endswith(".sms"):
            limit = SEGMENTS["urgent" if name.startswith("urgent/") else "other"]
            assert count(text).count <= limit, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_is_marked_as_drafted(language: str) -> None:
    if language != "en":
        for key, fields in read_translations(LOCALES, language).items():
            assert all(entry.fuzzy for entry in fields.values()), f"{key} in {language}: approval is not given in files"


@pytest.mark.parametrize("language", LANGUAGES)
def test_direction_is_the_direction_of_the_letters(language: str) -> None:
    for name, text in words_in(language):
        assert is_right_to_left(text) == (LANGUAGES[language].direction == "rtl"), f"{name} in {language}"


def test_danger_before_16_weeks_is_not_sent_to_the_assessment_unit_alone() -> None:
    """The unit takes calls from 16 weeks (guidance 0.7): whoever names its number names another way too."""
    for key, source in MESSAGES.items():
        said = phones(source.words["web"])
        if "01162586111" in said and "16 weeks" in source.words["web"]:
            assert {"999", "111"} & set(said), key


@pytest.mark.parametrize("wrong", ["left side", "count 10", "count ten", "doppler", "PH11", "UAVA"])
def test_advice_that_is_no_longer_right_is_nowhere(wrong: str) -> None:
    for name, text in words_in("en"):
        is_named_to_refuse = "do not" in text.casefold() or "even if" in text.casefold()
        assert wrong.casefold() not in text.casefold() or is_named_to_refuse, name


@pytest.mark.parametrize("path", sorted((CONTENT / "messages").glob("*.yml")), ids=lambda path: path.stem)
def test_promises_are_not_made(path: Path) -> None:
    """Nothing here keeps a secret for certain, and nobody here gives a diagnosis."""
    text = path.read_text(encoding="utf-8").casefold()
    for promise in ("strictly confidential", "completely confidential", "we will never tell", "we promise", "you have "
                    "sepsis", "your diagnosis is"):  # fmt: skip
        assert promise not in text
