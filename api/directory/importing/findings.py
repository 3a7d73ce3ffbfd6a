"""What is wrong with a record, for a person to mend. Pure."""

from dataclasses import dataclass
from typing import Any, Literal

Level = Literal["error", "warning"]
LONGEST = 60
"""Characters of somebody else's value that a finding repeats."""


@dataclass(frozen=True)
class Finding:
    """`field`: where in the record ("schedules.0.opens_at"). An error: the record cannot be used."""

    level: Level
    field: str
    message: str

    def as_json(self) -> dict[str, str]:
        return {"level": self.level, "field": self.field, "message": self.message}


def error(field: str, message: str) -> Finding:
    return Finding("error", field, message)


def warning(field: str, message: str) -> Finding:
    return Finding("warning", field, message)


def shown(value: Any) -> str:
    """Somebody else's value inside a sentence of ours: in quotes, on one line, not too long."""
    text = " ".join(str(value).split())
    return f'"{text}"' if len(text) <= LONGEST else f'"{text[:LONGEST]}..."'
