"""Choices offered to a family, and which one a text means: pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from api.content.languages import plain_words

KEPT = 40


@dataclass(frozen=True)
class Choice:
    """`label` is also what is sent to choose it; `number` is its digit in the newest offer, 0 in an older one."""

    label: str
    key: str
    entities: Mapping[str, str] = field(default_factory=dict)
    number: int = 0

    def stored(self) -> dict[str, Any]:
        return {**asdict(self), "entities": dict(self.entities)}


def offer(new: Sequence[Choice], earlier: Sequence[Choice]) -> list[Choice]:
    """`new` with digits from 1; earlier choices stay choosable by their words, so an old button still works."""
    numbered = [Choice(c.label, c.key, c.entities, number) for number, c in enumerate(new, start=1)]
    labels = {plain_words(choice.label) for choice in new}
    older = [Choice(c.label, c.key, c.entities, 0) for c in earlier if plain_words(c.label) not in labels]
    return (numbered + older)[:KEPT]


def chosen(text: str, offered: Sequence[Choice]) -> Choice | None:
    """The choice that `text` is the digit or the words of."""
    said = plain_words(text)
    if said.isdecimal() and len(said) <= 2:
        return next((choice for choice in offered if choice.number == int(said)), None)
    return next((choice for choice in offered if plain_words(choice.label) == said), None) if said else None


def restore(stored: Sequence[Mapping[str, Any]]) -> list[Choice]:
    return [Choice(c["label"], c["key"], c["entities"], c["number"]) for c in stored]
