"""Opening hours in one cell of a table: "MO-FR 09:00-17:00; SA 10:00-12:00". Pure."""

import re
from typing import Any

from api.directory.importing.findings import shown
from api.directory.openings import DAYS

_RULE = re.compile(
    r"^(?P<days>-?[1-5]?[A-Z]{2}(?:\s*[-,]\s*-?[1-5]?[A-Z]{2})*)\s+"
    r"(?P<opens>\d{1,2}:\d{2})\s*[-–]\s*(?P<closes>\d{1,2}:\d{2})(?:\s+(?P<note>.+))?$",
    re.IGNORECASE,
)


def schedules(text: str) -> list[dict[str, Any]]:
    """Raw schedules; raises ValueError naming the part that cannot be read. "2MO" is the second Monday of a month."""
    found = []
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        rule = _RULE.match(part)
        if rule is None:
            raise ValueError(f"{shown(part)} cannot be read. Write MO-FR 09:00-17:00; SA 10:00-12:00.")
        days = [day for piece in rule["days"].upper().split(",") for day in _range(piece.strip())]
        is_monthly = any(len(day) > 2 for day in days)
        found.append({
            "freq": "MONTHLY" if is_monthly else "WEEKLY",
            "byday": ",".join(days),
            "opens_at": rule["opens"],
            "closes_at": rule["closes"],
            "notes": rule["note"],
        })  # fmt: skip
    return found


def _range(piece: str) -> list[str]:
    first, dash, last = piece.partition("-") if not piece.startswith("-") else (piece, "", "")
    if not dash:
        return [first.strip()]
    first, last = first.strip(), last.strip()
    if first not in DAYS or last not in DAYS:
        raise ValueError(f"{shown(piece)} is no range of days. Write MO-FR.")
    begin, end = DAYS.index(first), DAYS.index(last)
    return list(DAYS[begin : end + 1] if begin <= end else [*DAYS[begin:], *DAYS[: end + 1]])
