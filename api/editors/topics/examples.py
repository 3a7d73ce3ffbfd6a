"""How many example sentences the bot learns each question from, where its folder is there."""

import re
from functools import lru_cache
from pathlib import Path

from api.content.derived import DIALOGUES

ENOUGH = 12
"""Examples that every question should have in every language (CONTRIBUTING.md)."""
_LINE = re.compile(r"^- intent: *(?P<intent>[\w/]+)|^ +- ", re.MULTILINE)
_PLAIN = {name: f"conversation/{name}" for name in DIALOGUES}


def examples(folder: Path) -> dict[str, dict[str, int]]:
    """Key -> language -> sentences in `folder` (bot/data/nlu); {} when there is no such folder."""
    found: dict[str, dict[str, int]] = {}
    for path in sorted(folder.glob("*/*.yml")):
        for key, count in _counted(path, path.stat().st_mtime_ns):
            by_language = found.setdefault(key, {})
            by_language[path.parent.name] = by_language.get(path.parent.name, 0) + count
    return found


@lru_cache(1000)
def _counted(path: Path, changed_at: int) -> tuple[tuple[str, int], ...]:
    """Key and sentences of one file as it was at `changed_at`."""
    counts: dict[str, int] = {}
    key = ""
    for line in _LINE.finditer(path.read_text(encoding="utf-8")):
        if line["intent"]:
            key = _PLAIN.get(line["intent"], line["intent"])
        elif key:
            counts[key] = counts.get(key, 0) + 1
    return tuple(counts.items())
