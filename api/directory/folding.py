"""Words to search by: without accents, capitals or punctuation. Pure."""

import unicodedata
from collections.abc import Iterable


def folded(text: str) -> str:
    """ "Café Été, Łódź" -> "cafe ete lodz"; marks of scripts other than Latin stay."""
    spread = unicodedata.normalize("NFKD", text).casefold().replace("ł", "l").replace("ß", "ss")
    bare = "".join(c for c in spread if not 0x300 <= ord(c) <= 0x36F)
    kept = (c if unicodedata.category(c)[0] in "LMN" else " " for c in unicodedata.normalize("NFC", bare))
    return " ".join("".join(kept).split())


def search_text(parts: Iterable[str | None]) -> str:
    """All words of `parts`, folded, with a space at both ends so that a word can be found as " word"."""
    return f" {folded(' '.join(part for part in parts if part))} "
