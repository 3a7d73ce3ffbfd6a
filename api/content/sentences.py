"""How long sentences are and how hard they are to read. Pure.

The hard rule is 20 words a sentence. The reading grade is advice only: formulas know nothing of meaning.
"""

import re

LONGEST = 20
"""Words in an English sentence."""
EASY_GRADE = 6.0
"""Flesch-Kincaid grade of an eleven-year-old reader."""

_END = re.compile(r"(?:[.?!…]|[।؟۔|])+(?:\s|$)|\n")
_VOWELS = re.compile(r"[aeiouy]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def sentences(text: str) -> list[str]:
    """Sentences and list lines of `text`, in any of our scripts."""
    return [part.strip() for part in _END.split(text) if part.strip(" -")]


def too_long(text: str, longest: int = LONGEST) -> list[str]:
    return [sentence for sentence in sentences(text) if len(sentence.split()) > longest]


def reading_grade(text: str) -> float:
    """Flesch-Kincaid grade of an English `text` (Kincaid and others, 1975): 0.39 w/s + 11.8 syl/w - 15.59."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / max(1, len(sentences(text))) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    low = word.casefold()
    groups = len(_VOWELS.findall(low))
    silent = low.endswith("e") and not low.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)
