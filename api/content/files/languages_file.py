"""content/languages.yml with what was approved at the desk: entries that did not change stay byte for byte. Pure."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from api.content.languages import Language

_ENTRY = re.compile(r"^- ", re.MULTILINE)
NAMES = (
    "name_in_english", "name", "direction", "script", "letters", "also", "stop", "start", "sounds_like", "weeks",
    "pregnant",
)  # fmt: skip
"""The order of an entry's fields; those without words are left out."""


def with_languages(text: str, wanted: Mapping[str, Language]) -> str:
    """`text` of the file with every language of `wanted`: changed entries written anew, new ones at the end."""
    starts = [found.start() for found in _ENTRY.finditer(text)]
    blocks = [text[begin:end] for begin, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    there: dict[str, str] = {}
    for block in blocks:
        entry = yaml.safe_load(block)[0]
        own = wanted.get(entry["code"])
        is_same = own is None or own == Language.model_validate(entry)
        there[entry["code"]] = block if is_same or own is None else _written(own)
    new = [_written(language) for code, language in wanted.items() if code not in there]
    head = text[: starts[0]] if starts else text
    return _ended(head) + "".join(map(_ended, there.values())) + "".join(new)


def _written(language: Language) -> str:
    fields = [(name, getattr(language, name)) for name in NAMES]
    lines = [f"  {name}: {_scalar(value)}" for name, value in fields if value]
    return "\n".join([f"- code: {_scalar(language.code)}", *lines, ""])


def _scalar(value: Any) -> str:
    """On one line, in quotes where YAML would read something else (`no`, `on`)."""
    plain = list(value) if isinstance(value, tuple) else value
    dumped = yaml.safe_dump([plain], allow_unicode=True, default_flow_style=True, width=float("inf"))
    return dumped.strip()[1:-1]


def _ended(block: str) -> str:
    return block if not block or block.endswith("\n") else f"{block}\n"
