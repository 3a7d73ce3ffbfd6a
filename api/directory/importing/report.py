"""What an import found, as a table for a spreadsheet and as lines for a terminal. Pure."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from api.web.spreadsheet import harmless

COLUMNS = ("record", "id", "name", "what would happen", "level", "field", "finding")
ACTIONS = {
    "new": "comes in, on hold",
    "same": "nothing to do",
    "update": "is brought up to date",
    "propose": "differences are proposed",
    "refused": "cannot be used",
}
SHOWN = 200
"""Findings that a terminal shows."""


def report_csv(report: Mapping[str, Any]) -> str:
    """One finding a row, with the byte order mark that Excel wants; no cell is a formula."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for record in report.get("records", []):
        plain = [record["number"], record["id"], record["name"], ACTIONS[record["action"]]]
        told = [(f["level"], f["field"], f["message"]) for f in record["findings"]]
        told += [("proposal", change["field"], _change(change)) for change in record["changes"]]
        told += [("duplicate", "", twin["reason"]) for twin in record["twins"]]
        for finding in told or [("", "", "")]:
            rows.writerow([harmless(str(cell)) for cell in (*plain, *finding)])
    return "\ufeff" + written.getvalue()


def lines(report: Mapping[str, Any], *, only_errors: bool = False) -> list[str]:
    """For a terminal: counts, then each finding with its record, errors first."""
    counts = report.get("counts", {})
    found = [
        (finding["level"], f"  {finding['level']}  record {r['number']} {r['name']!r}  {finding['field']}: "
         f"{finding['message']}")
        for r in report.get("records", [])
        for finding in r["findings"]
    ]  # fmt: skip
    wanted = [text for level, text in sorted(found, key=lambda pair: pair[0] != "error")
              if level == "error" or not only_errors]  # fmt: skip
    more = [f"  and {len(wanted) - SHOWN:,} more; the page shows all"] if len(wanted) > SHOWN else []
    summary = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    return [summary, *wanted[:SHOWN], *more]


def _change(change: Mapping[str, Any]) -> str:
    return f"{change['current']} -> {change['proposed']}"
