"""Numbers with their nouns, dates with their months, as each language says them."""

from datetime import date
from typing import Any

import pytest

from api.content.bidi import is_right_to_left, kept_together
from api.content.dates import spoken_date
from api.content.interface import FileWord, Interface, categories, is_plural, load_interface, wanted_words
from api.content.languages import load_languages
from api.settings import ROOT

LANGUAGES = list(load_languages(ROOT / "content"))
INTERFACE = load_interface(ROOT / "content", ROOT / "locales", LANGUAGES, drafts_allowed=True)


@pytest.mark.parametrize(("count", "said"), [(1, "1 week"), (0, "0 weeks"), (12, "12 weeks")])
def test_english_plurals(count: int, said: str) -> None:
    assert INTERFACE.plural("weeks", count, "en") == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_form_it_needs(language: str) -> None:
    for noun in ("weeks", "days"):
        said = {count: INTERFACE.plural(noun, count, language) for count in range(43)}
        assert all(str(count) in text or count in (0, 1, 2) for count, text in said.items()), said
        if language != "en":
            assert said[12] != INTERFACE.plural(noun, 12, "en")


def test_polish_chooses_among_its_four_forms() -> None:
    words = Interface({"en": {}, "pl": {"weeks.one": "{count} a", "weeks.few": "{count} b", "weeks.many": "{count} c",
                                        "weeks.other": "{count} d"}})  # fmt: skip
    assert [words.plural("weeks", n, "pl") for n in (1, 2, 5, 12, 22)] == ["1 a", "2 b", "5 c", "12 c", "22 b"]


def test_a_language_without_the_noun_says_it_in_english() -> None:
    assert INTERFACE.plural("weeks", 1, "xx") == "1 week"


def test_translators_are_asked_for_their_own_categories() -> None:
    assert categories("ar") == ["zero", "one", "two", "few", "many", "other"]
    wanted = wanted_words({"send": "Send", "weeks.one": "{count} week", "weeks.other": "{count} weeks"}, "ro")
    assert wanted == {
        "send": "Send", "weeks.one": "{count} week", "weeks.few": "{count} weeks", "weeks.other": "{count} weeks",
    }  # fmt: skip
    assert is_plural("weeks.one")
    assert not is_plural("need.cot")


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_have_latin_digits_and_the_language_s_own_month(language: str) -> None:
    said = spoken_date(date(2027, 3, 9), language)
    assert "9" in said
    assert "2027" in said
    assert all(letter.isascii() for letter in said if letter.isdecimal())


def test_numbers_stay_together_in_a_right_to_left_text() -> None:
    assert kept_together("فون 0116 258 6111 پر") == "فون 0116\u00a0258\u00a06111 پر"
    assert is_right_to_left("فون 999")
    assert not is_right_to_left("phone 999 ગુજ")


@pytest.mark.parametrize("drafts_allowed", [False, True])
def test_approved_words_of_todays_english_come_first_then_the_files_then_english(drafts_allowed: bool) -> None:
    english = {name: name.upper() for name in ("old", "both", "file", "draft", "none", "weeks.one", "weeks.other")}
    file = {
        "old": FileWord("file old", "OLD", is_draft=False),
        "both": FileWord("file both", "BOTH", is_draft=False),
        "file": FileWord("file file", "FILE", is_draft=False),
        "draft": FileWord("file draft", "DRAFT", is_draft=True),
        "none": FileWord("file none", "OTHER", is_draft=False),
    }
    words = Interface({"en": english}, {"pl": file}, drafts_allowed=drafts_allowed)
    said = {
        "pl old": {"text": "said old", "made_from": "OLDER"},
        "pl both": {"text": "said both", "made_from": "BOTH"},
        "pl weeks.few": {"text": "said few", "made_from": "WEEKS.OTHER"},
        "uk both": {"text": "said uk", "made_from": "BOTH"},
    }
    words.follow({"interface": said, "summary": {"pl both": {"text": "no", "made_from": "BOTH"}}})
    found = {name: words.text(name, "pl") for name in ("old", "both", "file", "draft", "none")}
    assert found == {
        "old": "file old",
        "both": "said both",
        "file": "file file",
        "draft": "file draft" if drafts_allowed else "DRAFT",
        "none": "NONE",
    }
    assert words.all("pl")["weeks.few"] == "said few"
    assert words.text("both", "uk") == "said uk"
    unusable: Any = {"pl old": None, "pl file": {"text": "x"}, "pl draft": {"text": 5, "made_from": "DRAFT"}}
    words.follow({"interface": {**unusable, **said}})
    assert words.text("both", "pl") == "said both"
    assert words.text("file", "pl") == "file file"
    words.follow({})
    assert words.text("both", "pl") == "file both"
    assert words.text("both", "uk") == "BOTH"
