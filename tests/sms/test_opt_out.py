"""Words that end and begin texts."""

import pytest

from api.channels.sms.opt_out import asked_to
from api.content.languages import load_languages
from api.settings import ROOT

LANGUAGES = load_languages(ROOT / "content")
EVERY_STOP = [(code, word) for code, language in LANGUAGES.items() for word in language.stop]
EVERY_START = [(code, word) for code, language in LANGUAGES.items() for word in language.start]


@pytest.mark.parametrize(("language", "word"), EVERY_STOP)
def test_every_stop_word_stops_in_its_language(language: str, word: str) -> None:
    asked = asked_to(f"  {word.upper()}! ", LANGUAGES)
    assert asked is not None
    assert asked.wish == "stop"
    assert language in asked.languages


@pytest.mark.parametrize(("language", "word"), EVERY_START)
def test_every_start_word_starts_again_in_its_language(language: str, word: str) -> None:
    asked = asked_to(f"{word}.", LANGUAGES)
    assert asked is not None
    assert asked.wish == "start"
    assert language in asked.languages


@pytest.mark.parametrize(
    "text",
    [
        "how do I stop smoking",
        "when can I start solids",
        "stop he is hitting me",
        "the end of my tether",
        "",
        "!!",
        "1",
    ],
)
def test_a_sentence_with_such_a_word_in_it_is_an_ordinary_message(text: str) -> None:
    assert asked_to(text, LANGUAGES) is None


def test_english_stop_is_confirmed_in_the_family_s_own_language() -> None:
    asked = asked_to("STOP", LANGUAGES)
    assert asked is not None
    assert [asked.answer_in(own) for own in ("gu", "ur", "en", None)] == ["gu", "ur", "en", "en"]


def test_a_stop_in_another_language_is_confirmed_in_that_language() -> None:
    asked = asked_to("wypisz mnie", LANGUAGES)
    assert asked is not None
    assert asked.answer_in("en") == "pl"
