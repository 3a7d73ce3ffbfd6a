"""What a check says: where, how grave, why. Pure."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


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


def errors(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.level == "error"]
