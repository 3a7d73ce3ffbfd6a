"""The records of an import, one by one: read, judged, converted. Nothing is compared with the directory yet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from api.directory.entry import ServiceEntry
from api.directory.ids import is_uuid, lasting_id
from api.directory.importing.duplicates import Twin
from api.directory.importing.findings import Finding, error, warning
from api.directory.importing.known import Known, Point, Terms
from api.directory.importing.oruk import convert
from api.directory.importing.places import postcodes_of
from api.directory.importing.quality import judged
from api.directory.importing.reading import Feed
from api.directory.importing.records import Record, read_record
from api.directory.importing.table import column_of

Action = Literal["new", "same", "update", "propose", "refused"]
Postcodes = Callable[[Iterable[str]], Mapping[str, Point]]


@dataclass(frozen=True)
class Difference:
    """One field in which an import differs from the directory; values as JSON."""

    field: str
    current: Any
    proposed: Any


@dataclass
class Line:
    """One record. `number`: its place, from 1. `said`: the fields it says something about.

    `action`: what importing it would do. `entry` is None, and the action "refused", when it has an error.
    """

    number: int
    id: str
    name: str
    entry: ServiceEntry | None
    said: frozenset[str]
    findings: list[Finding]
    action: Action = "refused"
    changes: list[Difference] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        return any(finding.level == "error" for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "id": self.entry.id if self.entry else self.id,
            "name": self.name,
            "action": self.action,
            "findings": [finding.as_json() for finding in self.findings],
            "changes": [vars(change) for change in self.changes],
            "twins": [vars(twin) for twin in self.twins],
        }


def read_lines(feed: Feed, origin: str, terms: Terms, postcodes: Postcodes, today: date) -> tuple[list[Line], Known]:
    """Every record of `feed`, with what is wrong with it; and what it was judged by."""
    is_table = feed.format == "table"
    raws = [_with_id(raw, origin) for raw in feed.services] if is_table else feed.services
    records = [read_record(raw) for raw in raws]
    codes = {code for record, _ in records for code in postcodes_of(record)}
    known = Known(today, origin, terms, postcodes(codes))
    seen: dict[str, int] = {}
    lines = []
    for n, (record, found) in enumerate(records):
        line = _line(n + 1, record, [*found, *feed.found.get(n, [])], known)
        line.findings += _twice(record, seen, n + 1)
        if is_table:
            line.findings = _by_column(line.findings, feed.services[n])
        line.entry = None if line.has_errors else line.entry
        lines.append(line)
    return lines, known


def _line(number: int, record: Record, found: list[Finding], known: Known) -> Line:
    converted = convert(record, record.id or "", known)
    own = [finding for finding in converted.findings if finding.field not in {f.field for f in found}]
    findings = [*found, *judged(record, found, known.today), *own]
    return Line(number, record.id or "", record.name or "", converted.entry, converted.said, findings)


def _twice(record: Record, seen: dict[str, int], number: int) -> list[Finding]:
    if record.id is None:
        return []
    first = seen.setdefault(record.id, number)
    return [] if first == number else [error("id", f"Record {first} has the same id. Give each service its own.")]


def _with_id(raw: Any, origin: str) -> Any:
    """A row's own number becomes a lasting id; without one the row is known by who runs what, and where."""
    if not isinstance(raw, dict):
        return raw
    written = str(raw.get("id") or "")
    if is_uuid(written.lower()):
        return raw
    names = [str(raw.get("name") or ""), str((raw.get("organization") or {}).get("name") or ""), _postcode(raw)]
    key = ("row", origin, written) if written else ("unnumbered row", origin, *names)
    return {**raw, "id": lasting_id("import", *key)}


def _postcode(raw: dict[str, Any]) -> str:
    places = raw.get("service_at_locations") or [{}]
    addresses = places[0].get("location", {}).get("addresses") or [{}]
    return str(addresses[0].get("postal_code") or "")


def _by_column(findings: Sequence[Finding], raw: Any) -> list[Finding]:
    """A table has no column for when somebody checked it, so that is not missed."""
    kept = [replace(f, field=column_of(f.field)) for f in findings if f.field not in ("assured_date", "last_modified")]
    if isinstance(raw, dict) and not raw.get("id"):
        kept.append(warning("id", "Without an id a row whose name changes is taken for a new service. Give it one."))
    return kept
