"""How far a pregnancy is, when a family says so. Pure.

Only a number of weeks beside a word for being pregnant counts: "my baby is 6 weeks" is no pregnancy. Which words those
are is content (languages.yml).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from api.content.languages import Language, plain_words

TERM = timedelta(days=280)
LONGEST_WEEKS = 43
UNIT_FROM_WEEK = 16
"""The Maternity Assessment Unit is for 16 weeks and later; its number is not given before (its own page)."""

_Said = tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]


def first_day_said(text: str, languages: Mapping[str, Language], today: date) -> date | None:
    """The first day of the last period, when `text` says how many weeks pregnant somebody is; else None."""
    weeks_of, week_number, pregnant = _words(tuple(languages.values()))
    plain = f" {plain_words(_with_latin_digits(text))} "
    if not any(f" {word} " in plain for word in pregnant):
        return None
    # "week 24" only when nobody said "24 weeks": in "12 weeks 3 days" the 3 is no week.
    numbers = weeks_of.findall(plain) or week_number.findall(plain)
    found = [int(number) for number in numbers if 0 < int(number) <= LONGEST_WEEKS]
    return today - timedelta(weeks=found[0]) if len(set(found)) == 1 else None


def first_day_of(due_date: str) -> date | None:
    """The first day of the last period that belongs to an ISO due date."""
    try:
        return date.fromisoformat(due_date) - TERM
    except ValueError:
        return None


def weeks_on(day: date, first_day: date | None) -> int | None:
    """Whole weeks of pregnancy on `day`; None when nothing is known or no pregnancy lasts so long."""
    weeks = (day - first_day).days // 7 if first_day else -1
    return weeks if 0 <= weeks <= LONGEST_WEEKS else None


@lru_cache(maxsize=4)
def _words(languages: tuple[Language, ...]) -> _Said:
    weeks = _plain_once(word for language in languages for word in language.weeks)
    pregnant = _plain_once(word for language in languages for word in language.pregnant)
    longest_first = "|".join(map(re.escape, sorted(weeks, key=len, reverse=True)))
    # "12+3 weeks" is written "12 3 weeks" by now: the first number is the weeks.
    before = re.compile(rf"(?<!\d)(?<!\d )(\d{{1,2}})(?: [0-6])? ?(?:{longest_first})(?= )")
    after = re.compile(rf"(?<= )(?:{longest_first}) (\d{{1,2}})(?= )")
    return before, after, frozenset(pregnant)


def _plain_once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(plain_words(word) for word in words))


def _with_latin_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in text)
