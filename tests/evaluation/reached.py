"""The best figures landed, per language. `python -m tests.evaluation.reached evaluation-report.json` keeps them."""

import json
import sys
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "reached.json"
ROOM = 0.01
URGENT_ROOM = 0.005
AT_MOST = ("wrong", "false_alarms")
URGENT = ("caught", "right_key")
HELD = ("right", "right_or_asked", "language_right", *URGENT, *AT_MOST)


def at_least(now: float, reached: float, name: str) -> bool:
    """Whether `now` is no worse than `reached` less the room that chance is given."""
    room = URGENT_ROOM if name in URGENT else ROOM
    return now <= reached + room if name in AT_MOST else now >= reached - room


def read_reached() -> dict[str, dict[str, float]]:
    held: dict[str, dict[str, float]] = json.loads(FILE.read_text(encoding="utf-8"))
    return held


def better(report: dict[str, Any], held: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """`held` with every figure of `report` that is better; no figure gets worse."""
    kept = {}
    for language, shares in report["by_language"].items():
        known = held.get(language, {})
        kept[language] = {name: _best(shares[name], known.get(name), name) for name in HELD if name in shares}
    return {**held, **kept}


def _best(new: float, known: float | None, name: str) -> float:
    if known is None:
        return new
    return min(new, known) if name in AT_MOST else max(new, known)


def main() -> None:
    report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    held = read_reached() if FILE.exists() else {}
    FILE.write_text(json.dumps(better(report, held), indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
