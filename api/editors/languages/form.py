"""A language as the form holds it: texts in, a language out, and back. Pure."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Form

from api.content.language_rules import LISTS
from api.content.languages import Language

Line = Annotated[str, Form(max_length=200)]
Lines = Annotated[str, Form(max_length=8000)]
Number = Annotated[int, Form(ge=0, le=100_000)]
Chosen = Annotated[list[str] | None, Form(max_length=100)]
PLAIN = ("name_in_english", "name", "direction", "script", "letters")
LABELS = {
    "name_in_english": "Name in English",
    "name": "Its own name",
    "direction": "Direction",
    "script": "Script",
    "letters": "Letters of its own",
    "also": "What people call it",
    "stop": "Words for STOP",
    "start": "Words for START",
    "weeks": "Words for weeks",
    "pregnant": "Words for pregnant",
    "sounds_like": "Sounds like",
}


class Typed:
    """What came with the form. `weaker`: ticked when words for STOP may go."""

    def __init__(
        self, name_in_english: Line = "", name: Line = "", direction: Line = "", script: Line = "", letters: Line = "",
        also: Lines = "", stop: Lines = "", start: Lines = "", weeks: Lines = "", pregnant: Lines = "",
        sounds_like: Chosen = None, base: Number = 0, reason: Line = "", weaker: Line = "",
    ) -> None:  # fmt: skip
        plain = (name_in_english, name, direction, script, letters)
        self.fields: dict[str, Any] = dict(zip(PLAIN, plain, strict=True))
        self.fields |= dict(zip(LISTS, (also, stop, start, weeks, pregnant), strict=True))
        self.fields["sounds_like"] = sounds_like or []
        self.base, self.reason, self.is_weaker = base, reason, bool(weaker)


def shown(language: Language) -> dict[str, Any]:
    """The fields as the form shows them: lists as lines."""
    lists = {name: "\n".join(getattr(language, name)) for name in LISTS}
    return {**{name: getattr(language, name) for name in PLAIN}, **lists, "sounds_like": list(language.sounds_like)}


def read(code: str, fields: Mapping[str, Any]) -> Language:
    """What the fields say: one word a line, each once, without spaces around."""
    plain = {name: " ".join(fields[name].split()) for name in PLAIN}
    lists = {name: tuple(dict.fromkeys(_lines(fields[name]))) for name in LISTS}
    return Language(code=code, **plain, **lists, sounds_like=tuple(fields["sounds_like"]))


def differences(before: Language | None, after: Language) -> list[tuple[str, list[str], list[str]]]:
    """(Label, what goes, what comes) of every field that differs."""
    found = []
    for name, label in LABELS.items():
        old, new = (_as_list(getattr(one, name)) if one else [] for one in (before, after))
        if old != new:
            found.append((label, [w for w in old if w not in new], [w for w in new if w not in old]))
    return found


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _as_list(value: str | tuple[str, ...]) -> list[str]:
    return list(value) if isinstance(value, tuple) else [value] if value else []
