"""Our counts against Twilio's own calculator (npm sms-segments-calculator 1.3.0)."""

import json
import random
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from api.content.segments import BASIC, EXTENSION, count
from api.content.source import read_messages, read_translations
from api.settings import ROOT

ORACLE = Path(__file__).parent / "oracle"
SCRIPTS = {
    "gujarati": [chr(c) for c in range(0x0A85, 0x0AD0)],
    "urdu": list("ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیے۔؟"),
    "polish": list("aąbcćdeęfghijklłmnńoóprsśtuwyzźż ,."),
    "emoji": ["👍", "👍🏽", "🏳️‍🌈", "👩‍👧", "🇬🇧", "❤️", "a", " "],
}


def ask_oracle(texts: list[str]) -> list[tuple[str, int]]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed, so Twilio's calculator cannot be asked")
    if not (ORACLE / "node_modules" / "sms-segments-calculator").is_dir():
        pytest.skip("Twilio's calculator is not installed: run npm install in tests/content/oracle")
    asked = subprocess.run(
        [node, "count.js"], cwd=ORACLE, input=json.dumps(texts), capture_output=True, text=True, check=True, timeout=60
    )
    return [(encoding, segments) for encoding, segments in json.loads(asked.stdout)]


def made_of(letters: list[str], how_many: int, seed: int) -> list[str]:
    """NFC, because that is how we send."""
    dice = random.Random(seed)
    drawn = ("".join(dice.choices(letters, k=dice.randint(1, 480))) for _ in range(how_many))
    return [unicodedata.normalize("NFC", text) for text in drawn]


def test_gsm_texts_are_counted_exactly_as_twilio_counts_them() -> None:
    letters = sorted(BASIC - {"\r"}) + sorted(EXTENSION) * 3
    texts = made_of(letters, 1000, seed=1)
    assert [(count(t).encoding, count(t).count) for t in texts] == ask_oracle(texts)


@pytest.mark.parametrize("script", SCRIPTS)
def test_other_texts_are_within_one_segment_of_twilio(script: str) -> None:
    texts = made_of(SCRIPTS[script], 500, seed=2)
    asked = ask_oracle(texts)
    assert [count(t).encoding for t in texts] == [encoding for encoding, _ in asked]
    apart = [abs(count(t).count - segments) for t, (_, segments) in zip(texts, asked, strict=True)]
    assert max(apart) <= 1


def test_every_message_we_ship_is_counted_as_twilio_counts_it() -> None:
    texts = [entry.words["sms"] for entry in read_messages(ROOT / "content").values()]
    for language in ("gu", "ur", "pl"):
        found = read_translations(ROOT / "locales", language)
        texts += [unicodedata.normalize("NFC", e["sms"].msgstr) for e in found.values() if "sms" in e]
    assert [count(t).count for t in texts] == [segments for _, segments in ask_oracle(texts)]
