"""Rules of the pages that can be read off their files."""

import re

import yaml

from api.settings import ROOT

WEB = ROOT / "api" / "web"
TEMPLATES = {path.name: path.read_text(encoding="utf-8") for path in (WEB / "templates" / "families").rglob("*.*")}
CSS = (WEB / "static" / "chat.css").read_text(encoding="utf-8")
SCRIPTS = (WEB / "static" / "chat.js").read_text(encoding="utf-8") + TEMPLATES["embed.js"]
FILES = [*(ROOT / "api" / "channels" / "web").glob("*.py"), ROOT / "api" / "conversations" / "places.py"]
CODE = "".join(path.read_text(encoding="utf-8") for path in FILES)
WORDS = {
    key: text
    for key, text in yaml.safe_load((ROOT / "content" / "interface.yml").read_text(encoding="utf-8")).items()
    if isinstance(text, str)
}
"""Numbers with their nouns are said in messages, not on pages."""


def test_every_word_of_the_pages_is_used_and_every_word_used_exists() -> None:
    everything = "".join(TEMPLATES.values()) + CODE
    asked = set(re.findall(r"w\.(?:text|html)\(\s*[\"'](\w+)[\"']", everything))
    named = {key for key in WORDS if f'"{key}"' in everything or f"'{key}'" in everything}
    assert asked - set(WORDS) == set()
    assert set(WORDS) - named == set()


def test_no_word_of_a_page_is_written_in_a_template() -> None:
    for name, text in TEMPLATES.items():
        if name.endswith(".html"):
            bare = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", " ", text, flags=re.DOTALL)
            assert re.findall(r"[A-Za-z]{2,}", bare.replace("Bumpline", "")) == [], name


def test_no_sentence_is_written_in_a_script() -> None:
    bare = re.sub(r"//.*|`[^`]*`|/\*.*?\*/", "", SCRIPTS)
    quoted = re.findall(r'"([^"\n]*)"', bare)
    assert [text for text in quoted if re.search(r"[A-Z][a-z]+ [a-z]+ [a-z]+", text)] == []


def test_words_are_plain_and_straight_quoted() -> None:
    for key, text in WORDS.items():
        assert not re.search("[\u2018\u2019\u201c\u201d\u2013\u2014\u2026!]", text), key
        for sentence in re.split(r"[.?!] ", text):
            assert len(sentence.split()) <= 20, key


def test_the_style_knows_no_left_or_right() -> None:
    css = CSS + TEMPLATES["embed.js"]
    assert re.findall(r"(?<![\w-])(?:[\w-]*-)?(?:left|right)(?![\w-])", css) == []


def test_nothing_is_written_inside_the_page_that_the_policy_forbids() -> None:
    for name, text in TEMPLATES.items():
        if name.endswith(".html"):
            assert not re.search(r"\sstyle=|<style|\son\w+=|<script>|javascript:", text), name
