"""What is typed into staff pages and must not be kept: letters and numbers no database holds, letters nobody sees."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Engine, event

from api.errors import Unusable

LARGEST_NUMBER = 2**31 - 1
"""Of a column; no row has a larger one."""
_by_people: ContextVar[bool] = ContextVar("typed_by_people", default=False)
_HIDDEN = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_JOINERS = frozenset("\u200c\u200d")
"""Persian, Kurdish and the scripts of India need them between two letters."""


@contextmanager
def refusing() -> Iterator[None]:
    """Meanwhile whatever would be stored or looked up, and cannot be, is refused as Unusable.

    At the database, because only there it is known what is kept: so a form refuses it as it refuses anything else, with
    what was typed still in it. Not for families: their words are cleaned, and an answer matters more.
    """
    began = _by_people.set(True)
    try:
        yield
    finally:
        _by_people.reset(began)


def hidden_letter(text: str) -> str:
    """The first letter of `text` that nobody sees or that turns the others round, by number and name; else empty."""
    found = next((letter for n, letter in enumerate(text) if _is_hidden(text, n, letter)), "")
    return f"U+{ord(found):04X} ({unicodedata.name(found, 'a control character')})" if found else ""


def refuse_hidden(text: str) -> str:
    """`text`; raises ValueError naming a letter that nobody sees."""
    if hidden := hidden_letter(text):
        raise ValueError(f"it holds a letter that nobody sees, {hidden}. Type it anew instead of pasting it")
    return text


def _is_hidden(text: str, place: int, letter: str) -> bool:
    if letter in _JOINERS:
        return not all(_may_be_joined(other) for other in (text[place - 1 : place], text[place + 1 : place + 2]))
    return letter in _BLANK or unicodedata.category(letter) in _HIDDEN


def _may_be_joined(letter: str) -> bool:
    return bool(letter) and not letter.isascii() and unicodedata.category(letter)[0] in "LM"


@event.listens_for(Engine, "before_cursor_execute")
def _refuse(_: Any, __: Any, ___: str, parameters: Any, ____: Any, is_many: bool) -> None:
    if _by_people.get():
        # Several rows in one statement may come as one row of values.
        for row in parameters if is_many and not isinstance(parameters, Mapping) else [parameters]:
            values = row.values() if isinstance(row, Mapping) else row or ()
            _refuse_values(values if isinstance(values, Iterable) and not isinstance(values, str) else [values])


def _refuse_values(values: Iterable[Any]) -> None:
    for value in values:
        if isinstance(value, str) and "\x00" in value:
            raise Unusable(
                "There is a letter in it that cannot be kept: the invisible U+0000. It comes with pasting: type that "
                "part anew."
            )
        if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
            raise Unusable("A number in it is too large: there is nothing with that number.")
