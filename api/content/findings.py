"""What a check says: where, how grave, why. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]
SHOWN = 10


@dataclass(frozen=True, order=True)
class Finding:
    """An `error` blocks loading and approval; a `warning` asks a person to look. `field` is "" for the whole key."""

    level: Level
    language: str
    key: str
    field: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.key}.{self.field}" if self.field else self.key
        return f"{self.level}: {self.language} {where}: {self.reason}"


def errors(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.level == "error"]


def refusal(wrong: Sequence[Finding]) -> str:
    """One message for a person: the first errors by place and reason, and how many more there are."""
    lines = [str(finding) for finding in wrong[:SHOWN]]
    more = [f"and {len(wrong) - SHOWN} more (make content-check lists all)"] if len(wrong) > SHOWN else []
    return "\n".join(["Nothing was changed. Mend these words and try again:", *lines, *more])
