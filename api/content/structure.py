"""What every English message needs besides words: a source, people who answer for it, choices that lead on. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping

from api.content.findings import Finding
from api.content.languages import ENGLISH
from api.content.source import MessageSource

LEADS_ON = (2, 3)
"""How many choices should lead on from a health answer; after danger or a loss there may be none."""
_ADDRESS = re.compile(r"https://\S+")


def check_structure(topics: Iterable[str], sources: Mapping[str, MessageSource]) -> Iterator[Finding]:
    """`topics`: every key that can be asked."""
    for key in topics:
        if key not in sources:
            yield Finding("error", ENGLISH, key, "", "has no message in content/messages")
    for key, source in sources.items():
        reasons = [*_people(source), *_choices(source, sources)]
        if not key.startswith("conversation/"):
            reasons += _origin(source)
        for reason in reasons:
            yield Finding("error", ENGLISH, key, "", reason)
        if not key.startswith(("conversation/", "urgent/")) and not LEADS_ON[0] <= len(source.choices) <= LEADS_ON[1]:
            yield Finding("warning", ENGLISH, key, "", "two or three choices should lead on")


def _people(source: MessageSource) -> Iterator[str]:
    if not (source.owner.strip() and source.approver.strip()):
        yield "name the roles of owner and approver"


def _choices(source: MessageSource, sources: Mapping[str, MessageSource]) -> Iterator[str]:
    if unknown := [choice for choice in source.choices if choice not in sources]:
        yield f"choices that do not exist: {', '.join(unknown)}"


def _origin(source: MessageSource) -> Iterator[str]:
    if not source.sources:
        yield "name a source"
    if source.review_by is None:
        yield "give a review date"
    if not all(_ADDRESS.fullmatch(link.url) for link in source.sources):
        yield "a source needs an https address"
