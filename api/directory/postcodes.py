"""UK postcodes as people write them, alone or in the middle of a message. Pure."""

import re
import unicodedata

_LOCAL = "LE|DE|NG|CV|PE|NN"
"""The postcode areas of Leicestershire, Rutland and their neighbours: only these are looked for in a part of a text."""
_FULL = re.compile(r"(?<![A-Z0-9])([A-Z]{1,2}[0-9][A-Z0-9]?)[ .\-]{0,3}([0-9][A-Z]{2})(?![A-Z0-9])")
_PART_ALONE = re.compile(r"^\W*([A-Z]{1,2} ?[0-9][A-Z0-9]?)(?:\s+([0-9]))?\W*$")
_PART_INSIDE = re.compile(rf"(?<![A-Z0-9])((?:{_LOCAL})[0-9]{{1,2}})(?:\s+([0-9])(?![0-9A-Z]))?(?![A-Z0-9])")
_MISTYPED = re.compile(r"(?<![A-Z0-9])(LE)([0-9OIL]{1,2})[ .\-]{0,3}([0-9OIL][A-Z0-9]{2})(?![A-Z0-9])")
_DIGIT = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LETTER = str.maketrans({"0": "O", "1": "I"})


def normalise(text: str) -> str | None:
    """The postcode in `text` as "LE1 1AA", or "LE1 1" or "LE1" when that is all there is; None when there is none.

    Digits of any script count, and O for 0 or I for 1 in a local postcode is put right.
    """
    plain = _plain(text)
    full = _FULL.search(plain)
    if full:
        return f"{full[1]} {full[2]}"
    mistyped = _MISTYPED.search(plain)
    if mistyped and any(c.isdigit() for c in mistyped[0]):
        inward = mistyped[3][0].translate(_DIGIT) + mistyped[3][1:].translate(_LETTER)
        return f"LE{mistyped[2].translate(_DIGIT)} {inward}"
    part = _PART_ALONE.match(plain) or _PART_INSIDE.search(plain)
    return " ".join(piece.replace(" ", "") for piece in part.groups() if piece) if part else None


def wider(postcode: str) -> list[str]:
    """`postcode` itself, then its sector, then its outcode: where to look it up, best first."""
    outward, _, inward = postcode.partition(" ")
    sector = f"{outward} {inward[0]}" if inward else outward
    return list(dict.fromkeys([postcode, sector, outward]))


def _plain(text: str) -> str:
    """Capitals, ordinary spaces, digits 0 to 9."""
    wide = unicodedata.normalize("NFKC", text).upper()
    return "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in wide)
