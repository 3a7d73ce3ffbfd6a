"""Example sentences of families (bot/data/nlu/<language>/*.yml), each with what its author meant."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from api.safety.phrase_files import LOADER
from api.safety.signs import GRAVITY

_MARKED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
"""A word named for the bot, [LE3](postcode): families write the word alone."""


class Example(NamedTuple):
    """`meant`: "urgent/baby_fit", "safer_sleep/bed_sharing": what the sentence asks or says."""

    language: str
    meant: str
    text: str

    @property
    def is_grave(self) -> bool:
        """Whether the screen should see it: danger, or the loss of a baby."""
        return self.meant in GRAVITY


def languages_with_examples(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*") if path.is_dir())


def read_examples(folder: Path, language: str) -> Iterator[Example]:
    """Every example of a language; none when there are no files."""
    for file in sorted((folder / language).glob("*.yml")):
        for block in (yaml.load(file.read_text(encoding="utf-8"), LOADER) or {}).get("nlu", []):
            for line in str(block.get("examples", "")).splitlines():
                if line.startswith("- "):
                    yield Example(language, str(block.get("intent", "")), _MARKED.sub(r"\1", line[2:]).strip())
