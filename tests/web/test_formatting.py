"""Approved text into HTML: safe, whole, and its numbers tappable."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.channels.web.formatting import blocks, dialled, inline, numbers_in
from api.content.source import read_messages
from api.settings import ROOT

TEL = '<bdi dir="ltr"><a href="tel:{}">{}</a></bdi>'


def test_a_blank_line_ends_a_paragraph() -> None:
    assert blocks("One.\n\nTwo.") == "<p>One.</p><p>Two.</p>"


def test_lines_with_a_dash_become_a_list_after_their_sentence() -> None:
    text = "Bring:\n- a card\n- a pen\nThat is all."
    assert blocks(text) == "<p>Bring:</p><ul><li>a card</li><li>a pen</li></ul><p>That is all.</p>"


def test_html_in_a_text_is_shown_and_not_obeyed() -> None:
    assert blocks('<script>alert("1")</script>') == "<p>&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;</p>"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Phone 999 now.", "999"),
        ("phone NHS 111, day or night", "111"),
        ("on 0116 258 6111 (day)", "0116 258 6111"),
        ("phone 0808 2000 247.", "0808 2000 247"),
        ("text 07520 615381.", "07520 615381"),
        ("0300 300 3001, weekdays", "0300 300 3001"),
        ("Childline 0800 1111", "0800 1111"),
        ("Samaritans 116 123", "116 123"),
        ("phone +44 116 258 6111", "+44 116 258 6111"),
        ("હમણાં 999 પર ફોન કરો", "999"),
    ],
)
def test_a_phone_number_can_be_tapped_and_stays_left_to_right(text: str, number: str) -> None:
    assert TEL.format(dialled(number), number) in inline(text)


@pytest.mark.parametrize(
    "text",
    ["LE1 1AA", "38C or more", "16 weeks", "3 March 2027", "1999", "9999", "£1.11", "at 11:11", "1,111 babies", "a999"],
)
def test_other_figures_are_left_alone(text: str) -> None:
    assert numbers_in(text) == []


def test_every_urgent_answer_has_a_number_to_tap() -> None:
    urgent = {k: m for k, m in read_messages(ROOT / "content").items() if k.startswith("urgent/")}
    assert urgent
    assert [key for key, message in urgent.items() if "tel:" not in blocks(message.web)] == []


@given(st.text(max_size=200))
def test_no_text_is_lost_or_read_as_html(text: str) -> None:
    shown = unescape(re.sub(r"<[^>]*>", "", blocks(text)))
    assert "".join(shown.split()) == "".join(without_dashes(text).split())


def without_dashes(text: str) -> str:
    """The words that stay: the dashes of a list go."""
    return "\n".join(line.strip().removeprefix("- ") for line in text.replace("\r\n", "\n").split("\n"))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("وزن 2.5 kg (5.5 lb) یا", 'وزن <bdi dir="ltr">2.5 kg (5.5 lb)</bdi> یا'),
        ("16 سے 20C رکھیں", '16 سے <bdi dir="ltr">20C</bdi> رکھیں'),
        ("at 20C", "at 20C"),
        ("&39a گرم", '&amp;<bdi dir="ltr">39a</bdi> گرم'),
    ],
)
def test_a_measure_stays_left_to_right_in_a_right_to_left_line(text: str, html: str) -> None:
    assert inline(text) == html
