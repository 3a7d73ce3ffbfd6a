"""One spelling for what people type in many ways: capitals, accents, letter variants, invisible characters."""

import sys
import unicodedata

import regex

SHORT_SENTENCE = 4
LONG_TEXT = 400

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_ASCII_WORD = regex.compile(r"[a-z0-9]+")
_STOPS = ".!?\u06d4\u061f\u0964\u0965\u3002"
_SENTENCE_END = regex.compile(rf"(?<![{_STOPS}])[{_STOPS}]++(?=\s|$)")
# Sorting a long run of combining marks is quadratic inside unicodedata.normalize, so long texts have them cut.
_LONG_RUN_OF_MARKS = regex.compile(r"(\p{M}{4})\p{M}+")

_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
_DIRECTION = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_VARIATION_SELECTORS = "".join(map(chr, range(0xFE00, 0xFE10)))
_APOSTROPHES = "'`\u00b4\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u2032\u05f3\ua78c"
_LATIN_ACCENTS = "".join(map(chr, range(0x300, 0x370)))
_ARABIC_MARKS = "\u0640\u0670" + "".join(map(chr, (*range(0x64B, 0x660), *range(0x6D6, 0x6DD), *range(0x6DF, 0x6E9))))
_NUKTAS = "\u093c\u09bc\u0a3c\u0abc"

_LETTERS = {
    "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t",
    "\u064a": "ی", "\u0649": "ی", "\u06cd": "ی", "\u06d0": "ی", "\u06ce": "ی",
    "\u0643": "ک", "\u06aa": "ک",
    "\u0647": "ہ", "\u06be": "ہ", "\u0629": "ہ", "\u06c3": "ہ", "\u06d5": "ہ",
    "\u0671": "ا",
    "\u0901": "\u0902", "\u0a81": "\u0a82",
}  # fmt: skip


def _folding_table() -> dict[str, str]:
    dropped = _INVISIBLE + _DIRECTION + _VARIATION_SELECTORS + _APOSTROPHES + _LATIN_ACCENTS + _ARABIC_MARKS + _NUKTAS
    table = dict.fromkeys(dropped, "") | _LETTERS
    for letter in map(chr, range(0x80, sys.maxunicode + 1)):
        digit = unicodedata.decimal(letter, None)
        if digit is not None:
            table[letter] = str(digit)
    return table


_FOLDED = _folding_table()


def fold(text: str) -> str:
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    if len(text) > LONG_TEXT:
        text = _LONG_RUN_OF_MARKS.sub(r"\1", text)
    # Accents are decomposed and dropped; Indic vowel signs are separate characters and survive.
    text = unicodedata.normalize("NFKD", text).casefold()
    for letter in _FOLDED.keys() & set(text):
        text = text.replace(letter, _FOLDED[letter])
    return text


def read_sentences(text: str) -> list[list[str]]:
    """The words of each sentence. A burst of a few words ("Baby. Limp. Help!") joins the sentence beside it."""
    folded = fold(text)
    word = _ASCII_WORD if folded.isascii() else _WORD
    sentences: list[list[str]] = [[]]
    for run in _SENTENCE_END.split(folded):
        words = word.findall(run)
        if min(len(words), len(sentences[-1])) < SHORT_SENTENCE:
            sentences[-1] += words
        else:
            sentences.append(words)
    return sentences
