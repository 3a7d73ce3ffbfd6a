"""What each message costs as a text, in every language. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.content.segments import count


@dataclass(frozen=True)
class Costs:
    """`segments`: key -> language -> segments of its SMS text."""

    segments: Mapping[str, Mapping[str, int]]
    pence: float

    def total(self, language: str) -> int:
        return sum(row[language] for row in self.segments.values() if language in row)

    def mean(self, language: str) -> float:
        """Pence a message."""
        rows = [row[language] for row in self.segments.values() if language in row]
        return self.pence * sum(rows) / len(rows) if rows else 0.0


def costs(words: Mapping[str, Mapping[str, str]], pence: float) -> Costs:
    """`words`: key -> language -> SMS text."""
    rows = {key: {code: count(text).count for code, text in own.items()} for key, own in words.items()}
    return Costs(rows, pence)


def table(found: Costs, languages: list[str]) -> str:
    """Segments by message and language, then pence."""
    width = max(len(key) for key in found.segments)
    head = f"{'segments':<{width}} " + " ".join(f"{code:>4}" for code in languages)
    rows = [
        f"{key:<{width}} " + " ".join(f"{row.get(code, '-'):>4}" for code in languages)
        for key, row in found.segments.items()
    ]
    totals = f"{'all messages':<{width}} " + " ".join(f"{found.total(code):>4}" for code in languages)
    means = f"{'pence a message':<{width}} " + " ".join(f"{found.mean(code):>4.1f}" for code in languages)
    return "\n".join(
        [head, *rows, "", totals, means, f"at {found.pence:g} pence a segment; choices under a message cost more"]
    )
