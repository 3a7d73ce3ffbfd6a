"""What became of something, for reading: field by field, and word by word where a text changed. Pure."""

import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

LONGEST = 1500
"""Pieces above which a text is shown whole, before and after: comparing takes the square of it."""
_PIECES = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """`kind`: same, gone or new."""

    kind: str
    text: str


@dataclass(frozen=True)
class Changed:
    """One field; `field` is empty when the whole is one value."""

    field: str
    pieces: tuple[Piece, ...]


def changes(before: Any, after: Any) -> list[Changed]:
    """Fields that differ, in the order of `before` and then of `after`."""
    if not isinstance(before, dict | None) or not isinstance(after, dict | None):
        return [Changed("", pieces(_text(before), _text(after)))] if before != after else []
    was, became = before or {}, after or {}
    fields = [*was, *(name for name in became if name not in was)]
    compared = (Changed(name, pieces(_text(was.get(name)), _text(became.get(name)))) for name in fields)
    return [change for change in compared if any(piece.kind != "same" for piece in change.pieces)]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both in one row; those "gone" and "same" together are `before`, "new" and "same" are `after`."""
    was, became = _PIECES.findall(before), _PIECES.findall(after)
    if len(was) + len(became) > LONGEST:
        return tuple(Piece(kind, text) for kind, text in (("gone", before), ("new", after)) if text)
    found: list[Piece] = []
    for tag, start, end, other_start, other_end in SequenceMatcher(None, was, became, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(was[start:end])))
            continue
        found += [
            Piece(kind, "".join(words))
            for kind, words in (("gone", was[start:end]), ("new", became[other_start:other_end]))
            if words
        ]
    return tuple(found)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
