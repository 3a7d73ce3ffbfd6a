"""What must hold for the phrase files of every language."""

from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest

from api.safety import RedFlagScreen
from api.safety.phrase_files import NOT_DANGER, ReadPhrase, read_folder
from api.safety.signs import GRAVEST_FIRST
from tests.safety.conftest import RED_FLAGS

LANGUAGES = sorted(file.stem for file in RED_FLAGS.glob("*.yml"))
PHRASES = read_folder(RED_FLAGS)


def ways_to_type(phrase: ReadPhrase) -> Iterator[str]:
    """The phrase with the first or the last of each choice of words, its parts forwards and backwards."""
    for choice, parts in product((0, -1), (phrase.parts, phrase.parts[::-1])):
        yield ", ".join(" ".join(slot[choice].text for slot in part) for part in parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sign_has_phrases(language: str) -> None:
    signs = {phrase.sign for phrase in PHRASES if phrase.language == language}
    assert signs >= set(GRAVEST_FIRST)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_harmless_phrase_hides_a_danger_phrase(screen: RedFlagScreen, language: str) -> None:
    phrases = [phrase for phrase in PHRASES if phrase.language == language and phrase.sign not in NOT_DANGER]
    assert [phrase.text for phrase in phrases if not any(map(screen.screen, ways_to_type(phrase)))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_is_written_twice_under_one_sign(language: str) -> None:
    written = Counter((phrase.sign, phrase.text.lower()) for phrase in PHRASES if phrase.language == language)
    assert [phrase for phrase, times in written.items() if times > 1] == []
