"""What a family typed, made safe to keep: pure."""

import unicodedata

from api.conversations.schemas import TEXT_LIMIT
from api.errors import TextEmpty, TextTooLong

_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def cleaned(text: str) -> str:
    """Without control characters, bidi overrides and half characters; raises TextEmpty or TextTooLong."""
    whole = text.encode("utf-8", "replace").decode()
    if len(whole) > TEXT_LIMIT:
        raise TextTooLong(f"That is {len(whole)} characters. Please send at most {TEXT_LIMIT}.")
    kept = "".join(letter for letter in whole if letter in "\n\t" or _is_shown(letter)).strip()
    if not kept and not whole.strip():
        raise TextEmpty("There are no words in that message. Please write your question.")
    return kept


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit to understand; emoji alone are not."""
    return any(unicodedata.category(letter)[0] in "LN" for letter in text)


def _is_shown(letter: str) -> bool:
    return unicodedata.category(letter) != "Cc" and ord(letter) not in _BIDI
