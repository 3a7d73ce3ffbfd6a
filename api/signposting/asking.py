"""What a professional looks for, from the address of the page: every field as typed, with what is wrong with it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query
from sqlalchemy.orm import Session

from api.directory import service as directory
from api.directory.search import Wanted
from api.directory.spelling import Vocabulary
from api.errors import Unusable

vocabulary = Vocabulary()
Typed = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True)
class Asked:
    """The fields of the search form as they were typed; empty text means: not asked."""

    need: str = ""
    postcode: str = ""
    text: str = ""
    spoken: str = ""
    language: str = ""
    open: str = ""
    day: str = ""
    weeks: str = ""
    age: str = ""
    self_referral: str = ""
    free: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(value for name, value in vars(self).items() if name != "language")

    @property
    def query(self) -> str:
        """The address that asks the same again."""
        return urlencode({name: value for name, value in vars(self).items() if value})


def asked(
    need: Typed = "",
    postcode: Typed = "",
    text: Typed = "",
    spoken: Typed = "",
    language: Typed = "",
    open: Typed = "",
    day: Typed = "",
    weeks: Typed = "",
    age: Typed = "",
    self_referral: Typed = "",
    free: Typed = "",
) -> Asked:
    return Asked(need, postcode, text, spoken, language, open, day, weeks, age, self_referral, free)


def wanted(session: Session, asked: Asked) -> tuple[Wanted, dict[str, str]]:
    """The search that `asked` means, and the problem of every field that could not be used."""
    problems: dict[str, str] = {}
    found = Wanted(
        need=asked.need or None,
        spoken=asked.spoken or None,
        self_referral=bool(asked.self_referral),
        free=bool(asked.free),
        open_now=True if asked.open == "now" else None,
        open_on=_day(asked.day, problems),
        weeks=_number("weeks", asked.weeks, 42, problems),
        age=_number("age", asked.age, 120, problems),
        audience="professional",
    )
    if asked.postcode:
        try:
            found = replace(found, near=directory.locate(session, asked.postcode))
        except Unusable as error:
            problems["postcode"] = error.message
    return directory.with_words(session, found, vocabulary, asked.text), problems


def _day(text: str, problems: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        problems["day"] = "Write the day like 2026-12-01."
        return None


def _number(name: str, text: str, most: int, problems: dict[str, str]) -> int | None:
    if not text:
        return None
    if text.isascii() and text.strip().isdigit() and int(text) <= most:
        return int(text)
    problems[name] = f"Write a whole number from 0 to {most}."
    return None
