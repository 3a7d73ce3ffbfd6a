"""What differs between two texts, word by word. Pure."""

import re
from difflib import SequenceMatcher
from typing import Literal

Part = tuple[Literal["same", "gone", "new"], str]
_PIECE = re.compile(r"\s+|\S+")


def word_diff(old: str, new: str) -> list[Part]:
    """The parts of both texts in order; "same" and "new" together are `new`, "same" and "gone" are `old`."""
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    found: list[Part] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(before[a:b])))
            continue
        found += [("gone", "".join(before[a:b]))] if b > a else []
        found += [("new", "".join(after[c:d]))] if d > c else []
    return found
