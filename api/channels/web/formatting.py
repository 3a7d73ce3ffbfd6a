"""Approved text into safe HTML: paragraphs, lists, and phone numbers that can be tapped. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from api.content.bidi import is_right_to_left

BULLET = "- "
_NUMBER = re.compile(
    r"(?<![\w.,:/@+-])(?:(?:\+44[ -]?|0)\d(?:[ -]?\d){8,9}|0800 ?1111|116 ?123|999|111|101)(?![\w/@-]|[.,:]\d)"
)
_MEASURE = re.compile(r"\d[\d.,]* ?[A-Za-z]+\b(?: \(\d[\d.,]* ?[A-Za-z]+\))?")
_LEFT_TO_RIGHT = Markup('<bdi dir="ltr">{}</bdi>')
_TEL = Markup('<bdi dir="ltr"><a href="tel:{}">{}</a></bdi>')


def blocks(text: str) -> Markup:
    """`text` as <p> and <ul>: a blank line ends a paragraph, lines that begin with "- " are a list."""
    return Markup("").join(_block(lines) for lines in _paragraphs(text))


def inline(text: str) -> Markup:
    """`text` on one line, escaped, its phone numbers tappable, its measures ("2.5 kg") left to right."""
    parts: list[Markup] = []
    end = 0
    for found in _NUMBER.finditer(text):
        parts += [_measured(text[end : found.start()]), _TEL.format(dialled(found[0]), found[0])]
        end = found.end()
    return Markup("").join([*parts, _measured(text[end:])])


def _measured(text: str) -> Markup:
    """Without it "2.5 kg (5.5 lb)" in a right-to-left line shows its first number last."""
    if not is_right_to_left(text):
        return escape(text)
    return Markup(_MEASURE.sub(lambda found: _LEFT_TO_RIGHT.format(found[0]), str(escape(text))))


def numbers_in(text: str) -> list[str]:
    """Every phone number in `text`, as written, in order."""
    return _NUMBER.findall(text)


def dialled(number: str) -> str:
    """`number` as a tel: link wants it."""
    return re.sub(r"[^\d+]", "", number)


def _paragraphs(text: str) -> Iterator[list[str]]:
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    for has_words, group in groupby(lines, key=bool):
        if has_words:
            yield list(group)


def _block(lines: Sequence[str]) -> Markup:
    runs = [(is_list, list(run)) for is_list, run in groupby(lines, key=lambda line: line.startswith(BULLET))]
    return Markup("").join(_list(run) if is_list else _paragraph(run) for is_list, run in runs)


def _list(lines: Sequence[str]) -> Markup:
    items = (Markup("<li>{}</li>").format(inline(line.removeprefix(BULLET))) for line in lines)
    return Markup("<ul>{}</ul>").format(Markup("").join(items))


def _paragraph(lines: Sequence[str]) -> Markup:
    return Markup("<p>{}</p>").format(Markup("<br>").join(inline(line) for line in lines))
