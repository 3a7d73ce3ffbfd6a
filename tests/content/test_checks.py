"""Each check finds its fault, names it, and leaves good words alone."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.content.checks import check_words
from api.content.facts import first_phone, links, numbers, phones
from api.content.glossary import Term, Word, missing_terms
from api.content.languages import load_languages
from api.content.scripts import forbidden, letters_outside
from api.content.sentences import reading_grade, sentences, too_long
from api.settings import ROOT

LANGUAGES = load_languages(ROOT / "content")
KEY, URGENT = "support/housing", "urgent/baby_fit"
ENGLISH = {
    "title": "Who can help?",
    "web": "Phone 0116 258 6111 within 6 weeks. See https://nhs.uk/help. It is {day}.",
    "sms": "Phone 0116 258 6111.",
}
GUJARATI = {
    "title": "કોણ મદદ કરે?",
    "web": "6 અઠવાડિયાંમાં 0116 258 6111 પર ફોન કરો. જુઓ https://nhs.uk/help. આજે {day} છે.",
    "sms": "0116 258 6111 પર ફોન કરો.",
}


def reasons(changed: dict[str, str], key: str = KEY, language: str = "gu", level: str = "error") -> str:
    words = {**(GUJARATI if language == "gu" else ENGLISH), **changed}
    found = check_words(key, words, ENGLISH, LANGUAGES[language])
    return "; ".join(finding.reason for finding in found if finding.level == level)


def test_good_words_have_no_finding() -> None:
    assert check_words(KEY, GUJARATI, ENGLISH, LANGUAGES["gu"]) == []
    assert check_words(KEY, ENGLISH, ENGLISH, LANGUAGES["en"]) == []


@pytest.mark.parametrize(
    ("field", "words", "reason"),
    [
        ("title", " ", "no words"),
        ("title", "ક" * 61, "61 characters; at most 60"),
        ("title", "Who can help?", "hardly a letter is in the script"),
        ("title", "कौन मदद કરે?", "letters of another script: क"),
        ("sms", "ફોન કરો.", "phone numbers missing: 01162586111"),
        ("sms", "0116 258 6112 પર ફોન કરો.", "phone numbers that the English does not have: 01162586112"),
        ("sms", "૦૧૧૬ ૨૫૮ ૬૧૧૧ પર ફોન કરો.", "digits must be 0 to 9"),
        ("sms", "0116 258 6111 " + "પર ફોન કરો " * 20, "SMS segments (UCS-2); at most 3"),
        ("web", GUJARATI["web"].replace("6 અ", "8 અ"), "numbers that the English does not have: 8"),
        ("web", GUJARATI["web"].replace("6 અ", "છ અ"), "numbers missing: 6"),
        ("web", GUJARATI["web"].replace("{day}", "{date}"), "placeholders must be ['day'], not ['date']"),
        ("web", GUJARATI["web"].replace("nhs.uk", "nhs.com"), "links must be ['https://nhs.uk/help']"),
        ("title", "કોણ મદદ\nકરે?", "a title is one line"),
        ("title", "Phone now and ask for help, બેન", "hardly a letter"),
        ("web", GUJARATI["web"] + " {day", "a brace that belongs to no placeholder"),
        ("web", GUJARATI["web"] + " { day }", "a brace that belongs to no placeholder"),
        ("web", GUJARATI["web"] + " evil.com/steal", "links must be"),
        ("web", GUJARATI["web"] + " HTTPS://evil.net", "links must be"),
        ("web", GUJARATI["web"] + " evil.xyz", "links must be"),
        ("web", GUJARATI["web"] + " me@evil.com", "links must be"),
        ("web", GUJARATI["web"] + " 6½", "digits must be 0 to 9"),
        ("web", GUJARATI["web"] + " 1,5", "numbers that the English does not have: 1,5"),
        ("web", GUJARATI["web"] + "\u2028", "invisible characters U+2028"),
        ("web", GUJARATI["web"] + "\u034f", "invisible characters U+034F"),
        ("web", GUJARATI["web"] + "\u202e", "invisible characters U+202E"),
        ("web", GUJARATI["web"] + "\u200b", "invisible characters U+200B"),
        ("web", GUJARATI["web"] + "e\u0301", "not in NFC"),
    ],
)
def test_a_fault_is_found_and_named(field: str, words: str, reason: str) -> None:
    assert reason in reasons({field: words})


def test_an_english_sentence_has_at_most_20_words() -> None:
    assert "a sentence of 21 words" in reasons({"title": "Help", "web": " ".join(["word"] * 21)}, language="en")
    assert reasons({"web": " ".join(["word"] * 20)}, language="en") == ""


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("હમણાં જ 999 પર ફોન કરો.", ""),
        ("હમણાં જ 111 પર ફોન કરો.", "must lead with 999, not 111"),
        ("બાળકને તાણ આવે તો ગભરાશો નહીં. 999 પર ફોન કરો.", "must lead with the number"),
        ("હમણાં જ મદદ માગો.", "must name the number"),
    ],
)
def test_an_urgent_message_leads_with_its_number(words: str, reason: str) -> None:
    english = {"web": "Phone 999 now."}
    found = "; ".join(f.reason for f in check_words(URGENT, {"web": words}, english, LANGUAGES["gu"]))
    assert reason in found
    assert bool(found) == bool(reason)


def test_a_translation_that_is_the_english_is_found() -> None:
    long = "Please phone the midwife today and ask her to help you with feeding your baby."
    found = check_words(KEY, {"web": long}, {"web": long}, LANGUAGES["pl"])
    assert [f.reason for f in found] == ["the words are the English ones"]


def test_the_glossary_only_advises() -> None:
    term = Term(forms=("midwife",), words={"pl": Word(use="położna", forms=("położn",))})
    assert missing_terms("Ask your midwife.", "Zapytaj położną.", "pl", {"midwife": term}) == []
    assert missing_terms("Ask your midwife.", "Zapytaj lekarza.", "pl", {"midwife": term}) == [("midwife", "położna")]
    assert missing_terms("Ask the doctor.", "Zapytaj lekarza.", "pl", {"midwife": term}) == []
    arabic = Term(forms=("midwife",), words={"ar": Word(use="قابلة", forms=("قابلة",))})
    assert missing_terms("Ask your midwife.", "اسألي القابلة", "ar", {"midwife": arabic}) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Phone 0116 258 6111 or 111.", ["01162586111", "111"]),
        ("999 పర, 0116\u00a0258\u00a06111", ["999", "01162586111"]),
        ("Samaritans 116 123, Childline 0800 1111", ["116123", "08001111"]),
        ("1999 babies, 11.1 kg, 9991", []),
        ("£999 or 999% or A999", []),
        ("999-க்கு, (111/999)", ["999", "111", "999"]),
        ("+44 116 258 6111", ["+441162586111"]),
    ],
)
def test_phone_numbers_are_found(text: str, found: list[str]) -> None:
    assert phones(text) == found


def test_the_first_number_is_the_one_that_stands_first() -> None:
    assert first_phone("Phone 999 now, or 0116 258 6111") == ("999", 6)
    assert first_phone("no number") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see evil.xyz", ["evil.xyz"]),
        ("evil.zip, now", ["evil.zip"]),
        ("at bit.ly/x2.", ["bit.ly/x2"]),
        ("evil.example/x", ["evil.example/x"]),
        ("EVIL.LIVE or Evil.Xyz", ["EVIL.LIVE", "Evil.Xyz"]),
        ("ask me@evil.foo", ["me@evil.foo"]),
        ("પેજevil.xyzપેજ", ["evil.xyz"]),
        ("evil.co.in.Then rest", ["evil.co.in"]),
        ("e.g. at 9 a.m. or 9.30am, 9.am, in the U.K.", []),
        ("Keep the baby warm.It is best.Call us, i.e.at once.", []),
        ("0.5ml.Give 1.5kg and/or 12.5 km/h", []),
    ],
)
def test_an_address_without_https_is_a_link_whatever_its_ending(text: str, found: list[str]) -> None:
    assert links(text) == found


def test_looking_for_links_takes_no_longer_for_odd_text() -> None:
    began = perf_counter()
    for odd in ("a." * 2500, "a" * 5000, "a-" * 2500 + "!", "x@" * 2500, "." * 5000):
        links(odd)
        numbers(odd)
    assert perf_counter() - began < 2


def test_links_and_numbers() -> None:
    assert links("See https://a.uk/b, or www.c.uk.") == ["https://a.uk/b", "www.c.uk"]
    assert links("Is it at d.org.uk/e? Or HTTPS://F.org!") == ["d.org.uk/e", "HTTPS://F.org"]
    assert numbers("1,5 and 12,000") == {"1,5", "12000"}
    assert numbers("16 to 20C, 2.5 kg, 1,000 g, phone 0116 258 6111") == {"16", "20", "2.5", "1000"}


@given(st.text(max_size=300))
def test_no_text_breaks_a_check(text: str) -> None:
    for language in ("en", "gu", "ar"):
        for finding in check_words(KEY, {"web": text, "sms": text, "title": text}, ENGLISH, LANGUAGES[language]):
            assert finding.reason


def test_letters_and_marks() -> None:
    assert letters_outside("abc ગુજ 123", "Gujr") == []
    assert letters_outside("abc हिं", "Gujr") == ["ह"]
    assert forbidden("a\u200db\u200c\n") == []
    assert forbidden("a\u200f\u2067\t") == ["U+200F", "U+2067", "U+0009"]


def test_sentences_end_in_every_script() -> None:
    assert sentences("One. Two? تین۔ چار؟ पाँच। - six\n- seven") == [
        "One", "Two", "تین", "چار", "पाँच", "- six", "- seven",
    ]  # fmt: skip
    assert too_long("one two three", 2) == ["one two three"]


def test_the_reading_grade_knows_easy_from_hard() -> None:
    easy = reading_grade("Put your baby on their back. Keep the cot clear.")
    hard = reading_grade("Gestational hypertension necessitates multidisciplinary antenatal surveillance immediately.")
    assert easy < 3 < 15 < hard
    assert reading_grade("") == 0
