"""UK postcodes as people write them: pure."""

import re

_FULL = re.compile(r"\b([A-Za-z]{1,2}\d[A-Za-z\d]?)\s*(\d[A-Za-z]{2})\b")
_PART = re.compile(r"^\s*([A-Za-z]{1,2}\d[A-Za-z\d]?)\s*(\d)?\s*$")


def normalise(text: str) -> str | None:
    """The postcode in `text` as "LE1 1AA", or "LE1 1" or "LE1" when that is all there is; None when there is none."""
    full = _FULL.search(text)
    if full:
        return f"{full[1]} {full[2]}".upper()
    part = _PART.match(text)
    return " ".join(piece for piece in part.groups() if piece).upper() if part else None


def wider(postcode: str) -> list[str]:
    """`postcode` itself, then its sector, then its outcode: where to look it up, best first."""
    outward, _, inward = postcode.partition(" ")
    sector = f"{outward} {inward[0]}" if inward else outward
    return list(dict.fromkeys([postcode, sector, outward]))
