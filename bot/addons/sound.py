"""How a message sounds, in Latin letters: what makes one word of its many spellings and scripts.

"દૂધ", "दूध", "ਦੁੱਧ", "dudh" and "doodh" share no letters as written; said aloud they are nearly the same. On the
first four languages these two readings took cross-validation from 0.775 to 0.822 (docs/decisions/0010).
"""

import re
from functools import lru_cache

from anyascii import anyascii

from addons.text import plain

KEPT = 4096

_NOT_LETTERS = re.compile(r"[^a-z0-9 ]")
_TWICE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiouy]")
# Ways in which one sound is written, longest first.
_SAME_SOUND = (
    ("ksh", "x"), ("chh", "c"), ("ch", "c"), ("sh", "s"), ("ph", "f"), ("bh", "b"), ("dh", "d"), ("th", "t"),
    ("gh", "g"), ("kh", "k"), ("jh", "j"), ("w", "v"), ("z", "j"), ("q", "k"), ("6", "c"), ("x", "k"),
)  # fmt: skip
_SAME_VOWEL = str.maketrans({"e": "i", "y": "i", "o": "u"})


@lru_cache(maxsize=KEPT)
def sounds(text: str) -> str:
    """One letter for each sound, three vowels: "doodh" and "દૂધ" are both "dud"."""
    return _TWICE.sub(r"\1", _consonants_alike(text).translate(_SAME_VOWEL))


@lru_cache(maxsize=KEPT)
def skeleton(text: str) -> str:
    """The consonants of each word, and its first letter: "saans", "sans" and "سانس" are all "sns"."""
    words = _TWICE.sub(r"\1", _consonants_alike(text)).split()
    return " ".join((word[0] if word[0] not in "aeiou" else "a") + _VOWELS.sub("", word[1:]) for word in words)


def _consonants_alike(text: str) -> str:
    letters = _NOT_LETTERS.sub("", plain(anyascii(plain(text))))
    for written, sound in _SAME_SOUND:
        letters = letters.replace(written, sound)
    return letters
