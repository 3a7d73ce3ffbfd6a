"""Bytes of a file or a feed into raw services. Pure; what is no list of services is refused with a reason."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from api.directory.importing.cleaning import cleaned
from api.directory.importing.findings import Finding
from api.directory.importing.table import is_table, read_table
from api.errors import Unusable

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
MOST = 2_500
"""Records in one import: SQLite has one write lock, and texts that come in meanwhile wait at most 10 seconds for it."""
SERVICE_SIGNS = {
    "status", "organization_id", "organization", "schedules", "service_at_locations", "service_areas", "cost_options",
    "minimum_age", "maximum_age", "assured_date", "attributes", "languages", "eligibility_description", "fees",
}  # fmt: skip
"""A service has at least one of these besides id, name and description; no other object of the standard has."""
Format = Literal["feed", "table"]


class FileUnusable(Unusable):
    """A file or feed that cannot be read at all; says why, and what to do."""

    code = "import_unusable"


@dataclass(frozen=True)
class Feed:
    """Raw services in the order they came. `found`: what reading a table already found, by the place of the row."""

    format: Format
    services: list[Any]
    found: dict[int, list[Finding]]


def read_file(data: bytes) -> Feed:
    """The services in `data`: JSON as feeds answer, one service a line, or CSV; raises FileUnusable, TableUnusable."""
    return read_text(decoded(data))


def read_text(text: str) -> Feed:
    """As `read_file`, of text."""
    start = text.lstrip()[:1]
    if not start:
        raise FileUnusable("The file is empty. Choose a file with services in it.")
    if start == "<":
        raise FileUnusable("This is a web page or XML, not a feed. Give the address of its JSON, ending in /services.")
    if start in "{[":
        return Feed("feed", _refuse_too_many(services_in(_json(text))), {})
    if not is_table(text):
        raise FileUnusable("This is neither JSON nor a table with the columns of our template. Download the template.")
    rows, found = read_table(text)
    return Feed("table", _refuse_too_many(rows), found)


def decoded(data: bytes) -> str:
    """`data` as text, a byte order mark left out; raises FileUnusable."""
    if len(data) > LARGEST:
        raise FileUnusable(f"The file is larger than {LARGEST // MEGABYTE} MB. Split it and import the parts.")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise FileUnusable("This is an Excel workbook. Save it as CSV UTF-8 and choose that file.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data:
        raise FileUnusable("This is not UTF-8 text. Save it as UTF-8 (in Excel: CSV UTF-8) and choose it again.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileUnusable(
            f"Line {line} is not UTF-8. Save the file as UTF-8 (in Excel: CSV UTF-8) and choose it again."
        ) from error


def services_in(body: Any) -> list[Any]:
    """The raw services of an answer in any shape; raises FileUnusable when it holds none."""
    items = list(_items(body))
    if not items:
        raise FileUnusable("There is no service in it. Nothing to import.")
    if any(isinstance(item, dict) and isinstance(item.get("service"), dict) for item in items):
        items = _from_locations(items)
    if not any(isinstance(item, dict) and SERVICE_SIGNS & item.keys() for item in items):
        first = items[0]
        seen = ", ".join(sorted(map(str, first))[:8]) if isinstance(first, dict) else type(first).__name__
        raise FileUnusable(f"These are no services (the first has: {seen}). Give the list that /services answers with.")
    return [cleaned(item) for item in items]


def _items(body: Any) -> Iterator[Any]:
    if isinstance(body, list):
        for part in body:
            is_page = isinstance(part, dict) and isinstance(part.get("contents"), list)
            yield from _items(part) if is_page else [part]
    elif isinstance(body, dict) and isinstance(body.get("contents"), list):
        yield from body["contents"]
    elif isinstance(body, dict) and isinstance(body.get("services"), list):
        owner = {name: value for name, value in body.items() if name != "services"}
        for service in body["services"]:
            yield {"organization": owner, **service} if isinstance(service, dict) else service
    elif isinstance(body, dict):
        yield body


def _from_locations(items: list[Any]) -> list[Any]:
    """Services at locations, as services with all their locations; `{"service": ...}` alone is one too."""
    found: dict[str, Any] = {}
    for n, item in enumerate(items):
        inner = item.get("service") if isinstance(item, dict) else None
        if not isinstance(inner, dict):
            found[f"item {n}"] = item
            continue
        service = found.setdefault(str(inner.get("id", f"item {n}")), dict(inner))
        if isinstance(item.get("location"), dict):
            here = {name: item[name] for name in ("id", "service_id", "location_id", "location") if name in item}
            service["service_at_locations"] = [*(service.get("service_at_locations") or []), here]
    return list(found.values())


def _json(text: str) -> Any:
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(line.lstrip()[:1] == "{" and line.rstrip()[-1:] == "}" for line in lines):
        return [_parsed(line, n) for n, line in enumerate(lines, start=1)]
    return _parsed(text, 1)


def _parsed(text: str, first_line: int) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        raise FileUnusable(f"This is not JSON: line {line}, column {error.colno}: {error.msg}.") from error
    except (ValueError, RecursionError) as error:
        raise FileUnusable("This JSON holds a number or a depth that no feed has. Ask who made it.") from error


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _refuse_too_many(services: list[Any]) -> list[Any]:
    if len(services) > MOST:
        raise FileUnusable(f"It holds {len(services):,} services; {MOST:,} is the most. Split it and import the parts.")
    return services
