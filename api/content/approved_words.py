"""Words of the pages and summaries of services that people approved at the desk, as versions keep them."""

import logging
from typing import Any, Final, Literal, NamedTuple

from api.versions.service import Body, Current

log = logging.getLogger(__name__)
Kind = Literal["interface", "summary"]
PAGE_WORD: Final = "interface"
SUMMARY: Final = "summary"
"""The two kinds of versions. The subject of both is "<language> <key of the word, or id of the service>"."""


class Said(NamedTuple):
    """Words in another language, and the English that they say."""

    text: str
    made_from: str


def subject_of(language: str, name: str) -> str:
    return f"{language} {name}"


def body_of(said: Said) -> Body:
    return said._asdict()


def said_in(body: Body) -> Said:
    return Said(str(body["text"]), str(body["made_from"]))


def approved_words(current: Current, kind: Kind) -> dict[str, dict[str, Said]]:
    """Language -> name -> the newest approved words. A body that is not made of words is left out."""
    found: dict[str, dict[str, Said]] = {}
    for subject, body in current.get(kind, {}).items():
        language, _, name = subject.partition(" ")
        if _is_said(body):
            found.setdefault(language, {})[name] = said_in(body)
        else:
            log.error("the approved words %s of %s cannot be used", subject, kind)
    return found


def _is_said(body: Any) -> bool:
    return isinstance(body, dict) and all(isinstance(body.get(part), str) for part in Said._fields)
