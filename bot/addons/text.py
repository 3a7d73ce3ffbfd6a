"""How a family's message is read before anything is counted in it."""

import re
import unicodedata

NATIVE_SCRIPTS = {
    "ARABIC": "Arab",
    "BENGALI": "Beng",
    "DEVANAGARI": "Deva",
    "GUJARATI": "Gujr",
    "GURMUKHI": "Guru",
    "TAMIL": "Taml",
}
LATIN = "Latn"

_STRETCHED = re.compile(r"(\w)\1{2,}")
_SPACES = re.compile(r"\s+")
_UNLIKE = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "’": "", "'": "", "\u200c": "", "\u200d": ""})
# Letters of the Arabic script that keyboards and habits exchange.
_ARABIC_ALIKE = str.maketrans("يىئێكةہھەۀأإآٱۆؤڵڕں", "ییییک" + "ه" * 5 + "ا" * 4 + "وولرن")


def as_typed(text: str) -> str:
    """Only case and stretched letters taken away: which letters somebody uses tells the language."""
    return _STRETCHED.sub(r"\1\1", unicodedata.normalize("NFC", text).casefold())


def plain(text: str) -> str:
    """Case, accents of Latin letters, exchanged Arabic letters, stretched letters and odd spaces taken away.

    Vowel signs of Indian scripts stay: they tell words apart.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_UNLIKE).translate(_ARABIC_ALIKE)
    spread = unicodedata.normalize("NFD", folded)
    kept = "".join(letter for letter in spread if not _is_accent(letter))
    squashed = _STRETCHED.sub(r"\1\1", unicodedata.normalize("NFC", kept))
    return _SPACES.sub(" ", squashed).strip()


def script_of(text: str) -> str:
    """ISO 15924 code of the script that most letters of `text` are in; `Latn` when there are none."""
    counts: dict[str, int] = {}
    for letter in text:
        if letter.isalpha():
            block = unicodedata.name(letter, "?").split(" ", 1)[0]
            script = NATIVE_SCRIPTS.get(block, LATIN)
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script]) if counts else LATIN


def _is_accent(letter: str) -> bool:
    code = ord(letter)
    return 0x0300 <= code <= 0x036F or 0x064B <= code <= 0x065F or code in (0x0640, 0x200B, 0x200E, 0x200F, 0xFEFF)
