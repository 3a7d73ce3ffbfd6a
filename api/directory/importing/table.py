"""A table with one service a row, as CSV, into the shape of a feed. Pure."""

import csv
import io
from collections.abc import Callable
from typing import Any

from rapidfuzz import process

from api.directory.importing.findings import Finding, error
from api.directory.importing.openings_text import schedules
from api.errors import Unusable

LIST = ";"
NEUTRALISED = ("'=", "'+", "'-", "'@")
"""How a spreadsheet's formula is made harmless; the apostrophe is not part of the words."""
COLUMNS = {
    "id": "a UUID or your own number; may be left out",
    "name": "required",
    "organisation": "required",
    "status": "required: active, inactive, defunct, temporarily closed",
    "summary": "one or two sentences",
    "phone": "several with ; between them",
    "text_number": "several with ; between them",
    "email": "",
    "url": "",
    "address": "without the postcode",
    "postcode": "",
    "latitude": "",
    "longitude": "",
    "needs": "several with ; between them",
    "categories": "several with ; between them",
    "languages": "several with ; between them: gu; pa",
    "area": "city; county; rutland; uk",
    "referral": "self or professional",
    "referrers": "",
    "eligibility": "",
    "minimum_age": "years",
    "maximum_age": "years",
    "from_week": "week of pregnancy",
    "to_week": "week of pregnancy",
    "cost": "",
    "hours": "in words",
    "opening": "MO-FR 09:00-17:00; SA 10:00-12:00",
    "interpreters": "",
    "alert": "",
}
"""Every column, and a hint for whoever fills it."""
REQUIRED = ("name", "organisation", "status")
EXAMPLE = {
    "name": "Example baby group",
    "organisation": "Example charity",
    "status": "active",
    "summary": "A group for parents with a baby under one. Come as you are.",
    "phone": "0116 496 0000",
    "postcode": "LE1 1AA",
    "address": "Example hall, 1 Example Street, Leicester",
    "languages": "gu; pa",
    "area": "city",
    "referral": "self",
    "cost": "free",
    "opening": "TU 10:00-12:00",
}
PLAIN = {
    "id": "id", "name": "name", "status": "status", "summary": "description", "email": "email", "url": "url",
    "eligibility": "eligibility_description", "minimum_age": "minimum_age", "maximum_age": "maximum_age",
    "cost": "fees_description", "interpreters": "interpretation_services", "alert": "alert",
}  # fmt: skip
OWN = ("referral", "referrers", "from_week", "to_week", "hours")
PLACES = {"address": "addresses.0.address_1", "postcode": "addresses.0.postal_code", "latitude": "latitude",
          "longitude": "longitude"}  # fmt: skip
PATHS = (
    {path: column for column, path in PLAIN.items()}
    | {f"bumpline.{name}": name for name in OWN}
    | {f"service_at_locations.0.location.{path}": column for column, path in PLACES.items()}
    | {"organization.name": "organisation", "organization": "organisation", "phones": "phone", "schedules": "opening",
       "languages": "languages", "service_areas": "area", "attributes": "needs", "service_at_locations": "postcode"}
)  # fmt: skip
"""Where the standard keeps what a column holds, so that a finding can name the column."""


class TableUnusable(Unusable):
    code = "import_unusable"


def template() -> str:
    """An empty table with one example row."""
    written = io.StringIO()
    rows = csv.DictWriter(written, list(COLUMNS), restval="", lineterminator="\r\n")
    rows.writeheader()
    rows.writerow(EXAMPLE)
    return "\ufeff" + written.getvalue()


def is_table(text: str) -> bool:
    """Whether the first line has a column of ours."""
    return bool(set(_header(_lines(text))) & set(COLUMNS))


def read_table(text: str) -> tuple[list[Any], dict[int, list[Finding]]]:
    """Raw services, and what is wrong in a row by its place; raises TableUnusable when a column is not known."""
    rows = csv.reader(_lines(text), delimiter=_delimiter(text), strict=True)
    found: dict[int, list[Finding]] = {}
    services = []
    try:
        header = _header_of(next(rows))
        _refuse_unknown(header)
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            own: list[Finding] = []
            services.append(_service(_row(header, cells, own), own))
            if own:
                found[len(services) - 1] = own
    except csv.Error as fault:
        raise TableUnusable(f"Line {rows.line_num} is broken: {fault}. Save it again as CSV UTF-8.") from fault
    if not services:
        raise TableUnusable("The table has a header but no row. Nothing to import.")
    return services, found


def column_of(path: str) -> str:
    """The column behind a path of the standard; the path itself when there is none."""
    steps = path.split(".")
    for length in range(len(steps), 0, -1):
        column = PATHS.get(".".join(steps[:length]))
        if column:
            return column
    return path


def _lines(text: str) -> list[str]:
    """Excel may put "sep=;" above the header; it says nothing but the separator, which is found by itself."""
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    while lines and (not lines[0].strip(" ,;\t\r\n") or lines[0].casefold().startswith("sep=")):
        lines.pop(0)
    return lines


def _delimiter(text: str) -> str:
    first = _lines(text)[0]
    return max(",;\t", key=first.count)


def _header(lines: list[str]) -> list[str]:
    if not lines:
        return []
    try:
        return _header_of(next(csv.reader(lines[:1], delimiter=max(",;\t", key=lines[0].count))))
    except csv.Error:
        return []


def _header_of(cells: list[str]) -> list[str]:
    names = [cell.strip().casefold().replace(" ", "_").replace("organization", "organisation") for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def _refuse_unknown(header: list[str]) -> None:
    for name in header:
        if name not in COLUMNS:
            near = process.extractOne(name, list(COLUMNS))
            hint = f" Did you mean {near[0]}?" if near and near[1] > 60 else ""
            raise TableUnusable(f'There is no column "{name}".{hint} The columns are: {", ".join(COLUMNS)}.')
    twice = {name for name in header if header.count(name) > 1}
    missing = [name for name in REQUIRED if name not in header]
    if twice or missing:
        what = f"is there twice: {', '.join(sorted(twice))}" if twice else f"is missing: {', '.join(missing)}"
        raise TableUnusable(f"A column {what}. Mend the first line and import again.")


def _row(header: list[str], cells: list[str], found: list[Finding]) -> dict[str, str]:
    if any(cell.strip() for cell in cells[len(header) :]):
        found.append(error("row", "It has more cells than the header. Put quotes around text with a separator in it."))
    values = {name: _cell(cell) for name, cell in zip(header, cells, strict=False)}
    return {name: value for name, value in values.items() if value}


def _cell(text: str) -> str:
    bare = text.replace("\u00a0", " ").strip()
    return bare[1:] if bare.startswith(NEUTRALISED) else bare


def _service(row: dict[str, str], found: list[Finding]) -> dict[str, Any]:
    made: dict[str, Any] = {PLAIN[name]: row[name] for name in PLAIN if name in row}
    if "organisation" in row:
        made["organization"] = {"name": row["organisation"]}
    made["phones"] = [
        {"number": number, "type": kind}
        for column, kind in (("phone", "voice"), ("text_number", "text"))
        for number in _several(row, column)
    ]
    made["languages"] = [{"code": code} for code in _several(row, "languages")]
    made["service_areas"] = [{"name": area} for area in _several(row, "area")]
    made["attributes"] = [
        {"taxonomy_term": {"name": t}} for column in ("needs", "categories") for t in _several(row, column)
    ]
    made["schedules"] = _read(found, "opening", schedules, row.get("opening", ""))
    made["bumpline"] = {name: row[name].casefold() if name == "referral" else row[name] for name in OWN if name in row}
    if any(name in row for name in PLACES):
        made["service_at_locations"] = [{"location": _location(row)}]
    return made


def _location(row: dict[str, str]) -> dict[str, Any]:
    address = {"address_1": row.get("address"), "postal_code": row.get("postcode"), "address_type": "physical"}
    degrees: dict[str, Any] = {name: row[name] for name in ("latitude", "longitude") if name in row}
    return {"location_type": "physical", **degrees, "addresses": [address]}


def _read(found: list[Finding], column: str, reader: Callable[[str], list[Any]], text: str) -> list[Any]:
    try:
        return reader(text)
    except ValueError as fault:
        found.append(error(column, str(fault)))
        return []


def _several(row: dict[str, str], column: str) -> list[str]:
    return [part.strip() for part in row.get(column, "").split(LIST) if part.strip()]
