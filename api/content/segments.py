"""How many SMS segments a text costs: GSM-7 or UCS-2, packed by grapheme as the networks do. Pure.

Dividing by 67 is wrong for Indic scripts and emoji: no grapheme and no escape pair is split between two segments.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import regex

Encoding = Literal["GSM-7", "UCS-2"]

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")
"""Each costs two septets: an escape and a letter."""

ALONE: dict[Encoding, int] = {"GSM-7": 160, "UCS-2": 70}
JOINED: dict[Encoding, int] = {"GSM-7": 153, "UCS-2": 67}

_GRAPHEME = regex.compile(r"\X")


@dataclass(frozen=True)
class Segments:
    """`units` are septets or UTF-16 units; `forcing` the characters that make the text UCS-2, each once."""

    encoding: Encoding
    units: int
    count: int
    forcing: tuple[str, ...]


def count(text: str) -> Segments:
    """What `text` costs once it is NFC, as it is sent."""
    composed = unicodedata.normalize("NFC", text)
    forcing = tuple(dict.fromkeys(c for c in composed if c not in BASIC and c not in EXTENSION))
    if forcing:
        sizes = [sum(map(_utf16_units, grapheme)) for grapheme in _GRAPHEME.findall(composed)]
        return _counted("UCS-2", _split_giants(sizes), forcing)
    return _counted("GSM-7", [2 if c in EXTENSION else 1 for c in composed], ())


def _counted(encoding: Encoding, sizes: list[int], forcing: tuple[str, ...]) -> Segments:
    units = sum(sizes)
    fits_alone = units <= ALONE[encoding]
    return Segments(encoding, units, min(units, 1) if fits_alone else _packed(sizes, JOINED[encoding]), forcing)


def _packed(sizes: Iterable[int], room: int) -> int:
    segments, free = 0, 0
    for size in sizes:
        if size > free:
            segments, free = segments + 1, room
        free -= size
    return segments


def _utf16_units(character: str) -> int:
    return 2 if ord(character) > 0xFFFF else 1


def _split_giants(sizes: list[int]) -> list[int]:
    """A letter under a heap of marks can be larger than a segment; only then is a grapheme split."""
    room = JOINED["UCS-2"]
    return [part for size in sizes for part in ([size] if size <= room else [room] * (size // room) + [size % room])]
