"""What CLDR knows of the languages of the world, to begin the entry of a new one with. Pure."""

from collections.abc import Container
from functools import cache

from babel import Locale, localedata
from babel.core import get_global

from api.content.language_rules import CODE
from api.content.languages import Language
from api.content.scripts import LATIN, direction_of, scripts


def known() -> dict[str, str]:
    """Code -> English name, by name: every language of CLDR that has a code of its own."""
    return dict(_known())


def is_known(code: str) -> bool:
    """Whether CLDR knows how `code` writes dates and counts; English stands in otherwise."""
    return localedata.exists(code)


def begun(code: str) -> Language:
    """The entry as far as CLDR can fill it in; every field may be changed."""
    script = _script(code)
    name = Locale.parse(code).display_name if is_known(code) else None
    return Language(
        code=code,
        name_in_english=dict(_known()).get(code, ""),
        name=f"{name[:1].upper()}{name[1:]}" if name else "",
        direction=direction_of(script),
        script=script,
    )


def addable(offered: Container[str]) -> dict[str, str]:
    """`known()` without those that are on offer."""
    return {code: name for code, name in _known() if code not in offered}


def _script(code: str) -> str:
    likely = get_global("likely_subtags").get(code)
    parts = likely.split("_") if likely else []
    return parts[1] if len(parts) > 1 and parts[0] == code and parts[1] in scripts() else LATIN


@cache
def _known() -> tuple[tuple[str, str], ...]:
    named = ((code, str(name)) for code, name in Locale("en").languages.items() if CODE.fullmatch(code))
    return tuple(sorted(named, key=lambda pair: pair[1].casefold()))
