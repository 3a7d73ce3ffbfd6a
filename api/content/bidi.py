"""Numbers inside right-to-left plain text. Pure."""

import re
import unicodedata

_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")
NO_BREAK_SPACE = "\u00a0"


def is_right_to_left(text: str) -> bool:
    """Whether `text` has a letter that is written from right to left."""
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)


def kept_together(text: str) -> str:
    """`text` with no-break spaces inside numbers.

    The bidirectional algorithm (UAX 9, rules W4 and N1) shows "0116 258 6111" back to front, group by group, in a
    right-to-left line when its groups have plain spaces between them; a no-break space joins them. It costs the same.
    """
    return _BETWEEN_DIGITS.sub(NO_BREAK_SPACE, text)
