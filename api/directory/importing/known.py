"""What we know that a record is compared with: our terms, areas, languages and postcodes. Pure, but for its making."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from babel import Locale
from babel.core import get_global

from api.directory.entry import Area
from api.directory.folding import folded
from api.directory.open_referral import TermName, term_id
from api.directory.source import read_categories, read_taxonomy

NATIONAL = {"K02000001", "K03000001", "K04000001", "E92000001"}
"""United Kingdom, Great Britain, England and Wales, England."""
DISTRICTS = {
    "E07000129": "blaby", "E07000130": "charnwood", "E07000131": "harborough", "E07000132": "hinckley and bosworth",
    "E07000133": "melton", "E07000134": "north west leicestershire", "E07000135": "oadby and wigston",
}  # fmt: skip
CODES: dict[str, Area] = {"E06000016": "city", "E10000018": "county", "E06000017": "rutland"}
NAMES: dict[str, tuple[Area, ...]] = {
    "leicester": ("city",), "leicester city": ("city",), "city of leicester": ("city",), "city": ("city",),
    "leicestershire": ("county",), "county": ("county",), "rutland": ("rutland",),
    "leicestershire and rutland": ("county", "rutland"), "llr": ("city", "county", "rutland"),
    "leicester leicestershire and rutland": ("city", "county", "rutland"),
    "leicester and leicestershire": ("city", "county"), "united kingdom": ("uk",), "uk": ("uk",),
    "great britain": ("uk",), "england": ("uk",), "england and wales": ("uk",), "national": ("uk",),
    "nationwide": ("uk",),
}  # fmt: skip
LANGUAGES = {
    "panjabi": "pa", "bengali": "bn", "farsi": "fa", "farsi persian": "fa", "dari": "fa", "sorani": "ckb",
    "kurdish sorani": "ckb", "sorani kurdish": "ckb", "kurmanji": "ku", "mandarin": "zh",
}  # fmt: skip
"""Names in use here that are not those of the Unicode CLDR."""
_CODE = re.compile(r"[EK]\d{8}")


@dataclass(frozen=True)
class Point:
    """The centre of a postcode in WGS84 degrees. `is_local`: in Leicester, Leicestershire or Rutland."""

    lat: float
    lon: float
    is_local: bool


@dataclass(frozen=True)
class Terms:
    """Our needs and categories by everything they may be called: name, key or id of the open feed, folded."""

    needs: Mapping[str, str]
    categories: Mapping[str, str]
    names: Mapping[str, Mapping[str, TermName]]


@dataclass(frozen=True)
class Known:
    """`postcodes`: the exact ones among those that the records name. `origin`: where the records come from."""

    today: date
    origin: str
    terms: Terms
    postcodes: Mapping[str, Point] = field(default_factory=dict)


@cache
def read_terms(folder: Path) -> Terms:
    """The terms of the content folder."""
    needs = {key: TermName(term.label) for key, term in read_taxonomy(folder).items()}
    categories = {c.name: TermName(c.name, c.parent) for c in read_categories(folder)}
    return Terms(
        {folded(alias): key for key, term in needs.items() for alias in (key, term.name, term_id("need", key))},
        {folded(alias): name for name in categories for alias in (name, term_id("dfe", name))},
        {"need": needs, "dfe": categories},
    )


def areas(name: str | None, uri: str | None) -> tuple[Area, ...]:
    """Our areas behind a name or an address of the statistical geography; none when we have no such area."""
    for code in _CODE.findall(uri or ""):
        if code in NATIONAL:
            return ("uk",)
        if code in CODES or code in DISTRICTS:
            return (CODES.get(code, "county"),)
    written = folded(name or "")
    return NAMES.get(written) or (("county",) if is_district(written) else ())


def is_district(name: str | None) -> bool:
    """Whether a name is that of a district of Leicestershire: smaller than any area of ours."""
    written = folded(name or "").removesuffix(" district").removesuffix(" borough").removeprefix("district of ")
    return written in DISTRICTS.values()


def language(code: str | None, name: str | None) -> str | None:
    """The two or three letters of a language by its code or its English name; None when there is no such language."""
    for written in (code, name):
        if not written:
            continue
        wanted = written.strip().replace("_", "-").split("-")[0].casefold()
        wanted = str(get_global("language_aliases").get(wanted, wanted))
        if wanted in _codes():
            return wanted
        if folded(written) in _names():
            return _names()[folded(written)]
    return None


@cache
def _codes() -> frozenset[str]:
    return frozenset(Locale("en").languages)


@cache
def _names() -> dict[str, str]:
    plain = sorted(Locale("en").languages.items(), key=lambda pair: len(pair[0]), reverse=True)
    return {folded(name): code for code, name in plain} | LANGUAGES


def first_words(texts: Iterable[str | None]) -> str | None:
    """The first of `texts` that says something."""
    return next((text for text in texts if text), None)
