"""The pure middle of a conversation: choices, languages, texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.content.languages import load_languages, named_in
from api.conversations.choices import Choice, chosen, offer
from api.conversations.languages import Heard, hear_script, settle
from api.conversations.texts import cleaned, has_words
from api.errors import TextEmpty, TextTooLong
from api.settings import ROOT

LANGUAGES = load_languages(ROOT / "content")
BED, COT = Choice("Can my baby sleep in our bed?", "safer_sleep/bed_sharing"), Choice("No cot", "safer_sleep/no_cot")


def test_a_digit_chooses_from_the_newest_offer_only() -> None:
    offered = offer([COT], offer([BED], []))
    assert chosen("1", offered) == Choice("No cot", "safer_sleep/no_cot", {}, 1)
    assert chosen("2", offered) is None


def test_an_old_button_still_works_by_its_words() -> None:
    found = chosen("can my baby sleep in our bed", offer([COT], offer([BED], [])))
    assert found is not None
    assert found.key == "safer_sleep/bed_sharing"


@given(st.text(max_size=50))
def test_choosing_never_fails(text: str) -> None:
    chosen(text, offer([BED, COT], []))


def test_a_message_never_changes_the_family_s_language_by_itself() -> None:
    first = settle(Heard("pl", "Latn", True), kept="gu", other=None, other_count=0, default="en", languages=LANGUAGES)
    assert (first.answer_in, first.keep, first.ask_about) == ("gu", "gu", None)
    second = settle(Heard("pl", "Latn", True), kept="gu", other="pl", other_count=1, default="en", languages=LANGUAGES)
    assert (second.answer_in, second.keep, second.ask_about) == ("gu", "gu", "pl")


def test_one_word_does_not_settle_a_language() -> None:
    settled = settle(
        Heard("ur", "Latn", False), kept=None, other=None, other_count=0, default="en", languages=LANGUAGES
    )
    assert (settled.answer_in, settled.keep) == ("en", None)


@pytest.mark.parametrize(("text", "code"), [("કેમ છો", "gu"), ("کیا حال ہے", "ur"), ("hello", None), ("123", None)])
def test_letters_alone_name_a_language_where_only_one_uses_them(text: str, code: str | None) -> None:
    assert hear_script(text, LANGUAGES).code == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [("talk to me in Gujarati", ["gu"]), ("ગુજરાતીમાં વાત કરો", ["gu"]), ("po polsku prosze", ["pl"]), ("hello", [])],
)
def test_languages_are_named_in_any_language(text: str, codes: list[str]) -> None:
    assert named_in(text, LANGUAGES) == codes


@given(st.text(min_size=1, max_size=1600))
def test_any_text_is_cleaned_or_refused(text: str) -> None:
    try:
        kept = cleaned(text)
    except TextEmpty:
        assert not text.strip()
        return
    kept.encode("utf-8")
    assert "\x00" not in kept
    has_words(kept)


def test_half_a_character_and_control_characters_do_no_harm() -> None:
    assert "\x00" not in cleaned("a\x00b\ud800c\u202e")


def test_1600_characters_pass_and_1601_do_not() -> None:
    assert len(cleaned("a" * 1600)) == 1600
    with pytest.raises(TextTooLong):
        cleaned("a" * 1601)


def test_languages_that_sound_alike_are_asked_about_once() -> None:
    heard = Heard("hi", "Latn", True)
    first = settle(heard, kept=None, other=None, other_count=0, default="en", languages=LANGUAGES)
    assert (first.answer_in, first.keep, first.ask_script) == ("hi", "hi", "ur")
    later = settle(Heard("ur", "Latn", True), kept="hi", other=None, other_count=0, default="en", languages=LANGUAGES)
    assert (later.answer_in, later.ask_script, later.other_count) == ("hi", None, 0)


@pytest.mark.parametrize(
    ("text", "code"),
    [("گرم است", "fa"), ("ماذا أفعل", "ar"), ("چۆنیت باشیت", "ckb"), ("یہ ٹھیک ہے", "ur"), ("سلام", None)],
)
def test_letters_tell_the_languages_of_one_script_apart(text: str, code: str | None) -> None:
    heard = hear_script(text, LANGUAGES)
    assert (heard.code, heard.sure) == (code, False)
