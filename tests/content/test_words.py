"""The starter pack itself: what can be checked without a reader."""

import re
import unicodedata
from pathlib import Path

import polib
import pytest

from api.content.languages import load_languages
from api.content.placeholders import placeholders
from api.content.segments import count
from api.content.source import read_messages
from api.settings import ROOT

CONTENT = ROOT / "content"
MESSAGES = read_messages(CONTENT)
LANGUAGES = [code for code in load_languages(CONTENT) if code != "en"]
SEGMENTS = {"urgent": 2, "other": 3}
NUMBER = re.compile(r"\d[\d ]*\d|\d")
PHONE = re.compile(r"\b0\d[\d ]{8,12}\d\b|\b999\b|\b111\b")


@pytest.mark.parametrize("key", MESSAGES)
def test_an_english_text_fits_its_parts(key: str) -> None:
    limit = SEGMENTS["urgent" if key.startswith("urgent/") else "other"]
    assert count(MESSAGES[key].words["sms"]).count <= limit


@pytest.mark.parametrize("key", MESSAGES)
def test_no_english_sentence_is_longer_than_20_words(key: str) -> None:
    for sentence in re.split(r"[.?!\n]+(?:\s|$)", MESSAGES[key].words["web"]):
        assert len(sentence.split()) <= 20, sentence


@pytest.mark.parametrize("key", [key for key in MESSAGES if key.startswith("urgent/")])
def test_an_urgent_message_leads_with_the_number_to_call(key: str) -> None:
    first = {"maternity_unit": "0116 258 6111"}.get(MESSAGES[key].contact or "", MESSAGES[key].contact or "")
    for field in ("web", "sms"):
        found = PHONE.search(MESSAGES[key].words[field])
        assert found is not None
        assert found[0] == first
        assert found.start() < 15


@pytest.mark.parametrize("key", [k for k in MESSAGES if not k.startswith("conversation/")])
def test_every_health_answer_names_its_source(key: str) -> None:
    source = MESSAGES[key]
    assert source.sources
    assert source.review_by
    assert all(link.url.startswith("https://") for link in source.sources)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_numbers_names_and_size(language: str) -> None:
    script = load_languages(CONTENT)[language].script
    for entry in polib.pofile(str(ROOT / "locales" / language / "LC_MESSAGES" / "messages.po")):
        where = f"{entry.msgctxt} in {language}"
        assert placeholders(entry.msgid) == placeholders(entry.msgstr), where
        assert unicodedata.is_normalized("NFC", entry.msgstr), where
        assert not re.search(r"[\u202a-\u202e\u2066-\u2069]", entry.msgstr), f"bidi override: {where}"
        assert not [c for c in entry.msgstr if unicodedata.category(c) == "Nd" and not c.isascii()], where
        if script != "Latn" and not entry.msgctxt.endswith(".sms"):
            assert any(ord(c) > 0x590 for c in entry.msgstr), f"not translated: {where}"
        missing = set(PHONE.findall(entry.msgid)) - set(PHONE.findall(entry.msgstr))
        if not entry.msgctxt.endswith(".sms"):
            assert not missing, f"{missing} missing: {where}"
        if entry.msgctxt.endswith(".sms"):
            limit = SEGMENTS["urgent" if entry.msgctxt.startswith("urgent/") else "other"]
            assert count(entry.msgstr).count <= limit, where


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_urgent_translation_leads_with_the_number(language: str) -> None:
    for entry in polib.pofile(str(ROOT / "locales" / language / "LC_MESSAGES" / "messages.po")):
        if entry.msgctxt.startswith("urgent/") and not entry.msgctxt.endswith(".title"):
            english, own = PHONE.search(entry.msgid), PHONE.search(entry.msgstr)
            assert english is not None
            assert own is not None, entry.msgctxt
            assert own[0] == english[0], entry.msgctxt
            assert own.start() < 25, entry.msgctxt


@pytest.mark.parametrize("path", sorted((CONTENT / "messages").glob("*.yml")), ids=lambda path: path.stem)
def test_every_title_is_a_choice_of_its_own(path: Path) -> None:
    titles = [source.title.casefold() for source in MESSAGES.values()]
    assert len(titles) == len(set(titles))
