"""An entry as the fields of a form, and back. Pure.

A field is named by its way through the entry, "phones.0.number"; so is every fault that the entry's model finds.
"""

from collections.abc import Mapping
from typing import Any

from babel import Locale

from api.directory.entry import ServiceEntry

Fields = dict[str, str | list[str]]
MANY = ("needs", "categories", "area", "byday")
"""Fields of which several values may be ticked."""
LINES = "provenance.sources"
LANGUAGES = "languages"
MONTH_DAYS = "bymonthday"
WEEK = "week"
"""Which week of the month a day is in: "" for every week, "1" to "5", "-1" for the last."""


def fields(entry: ServiceEntry) -> Fields:
    """Every field of `entry` as it stands in the form."""
    return _flat(_shown(entry.model_dump(mode="json")))


def empty_fields() -> Fields:
    """The form of an entry that is not there yet."""
    return {"status": "active", "listing": "hold", "referral": "self", "area": ["city"], "provenance.confidence": "low"}


def typed(form: Mapping[str, list[str]]) -> dict[str, Any]:
    """What was typed, as the data of an entry: rows in which nothing was typed are left out."""
    data = _nested(form)
    data[LANGUAGES] = [_code(name) for name in _split(str(data.get(LANGUAGES, "")))]
    data["schedules"] = [_schedule(row) for row in data.get("schedules", [])]
    data["provenance"] = {"sources": [], **data.get("provenance", {})}
    data["provenance"]["sources"] = [
        line.strip() for line in str(form.get(LINES, [""])[0]).splitlines() if line.strip()
    ]
    return data


def retyped(data: dict[str, Any]) -> Fields:
    """The form again with what was typed, good or not."""
    return _flat(_shown(data))


def rows(shown: Fields, name: str) -> int:
    """How many rows of the list `name` stand in the form."""
    deep = name.count(".") + 1
    found = {key.split(".")[deep] for key in shown if key.startswith(f"{name}.")}
    return len(found)


def _shown(data: dict[str, Any]) -> dict[str, Any]:
    """The few fields that a person writes otherwise than the entry keeps them."""
    names = Locale("en").languages
    said = {LANGUAGES: ", ".join(names.get(code, code) for code in data.get(LANGUAGES) or [])}
    provenance = data.get("provenance") or {}
    said_sources = "\n".join(provenance.get("sources") or [])
    schedules = [part for row in data.get("schedules") or [] for part in _by_week(row)]
    return data | said | {"schedules": schedules, "provenance": provenance | {"sources": said_sources}}


def _by_week(row: dict[str, Any]) -> list[dict[str, Any]]:
    """One row for each week of the month that the days are in: {"byday": ["2MO"]} is Monday of week 2."""
    days: list[str] = row.get("byday") or []
    plain = {name: value for name, value in row.items() if name != "freq"}
    plain[MONTH_DAYS] = ", ".join(map(str, row.get(MONTH_DAYS) or []))
    weeks = list(dict.fromkeys(day[:-2] for day in days)) or [""]
    return [plain | {"byday": [d[-2:] for d in days if d[:-2] == week], WEEK: week} for week in weeks]


def _schedule(row: dict[str, Any]) -> dict[str, Any]:
    week = str(row.pop(WEEK, ""))
    days = _split(str(row.pop(MONTH_DAYS, "")))
    made = row | {"byday": [f"{week}{day}" for day in row.get("byday", [])], MONTH_DAYS: days}
    return made | {"freq": "MONTHLY" if week or days else "WEEKLY"}


def _flat(value: Any, name: str = "") -> Fields:
    if isinstance(value, dict):
        inside = [(f"{name}.{key}" if name else str(key), part) for key, part in value.items()]
    elif isinstance(value, list) and name.rpartition(".")[2] not in MANY:
        inside = [(f"{name}.{n}", part) for n, part in enumerate(value)]
    elif isinstance(value, list):
        return {name: [str(part) for part in value]}
    else:
        return {name: "" if value is None else _number(value)}
    found: Fields = {}
    for key, part in inside:
        found |= _flat(part, key)
    return found


def _number(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _nested(form: Mapping[str, list[str]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, values in form.items():
        if name == LINES:
            continue
        # A browser ends the lines of a form with a carriage return too.
        said = [value.strip().replace("\r\n", "\n") for value in values if value.strip()]
        if said:
            _put(made, name.split("."), said if name.rpartition(".")[2] in MANY else said[0])
    tidy = _without_gaps(made)
    assert isinstance(tidy, dict)
    return tidy


def _put(into: dict[str, Any], way: list[str], value: Any) -> None:
    for step in way[:-1]:
        into = into.setdefault(step, {})
    into[way[-1]] = value


def _without_gaps(value: Any) -> Any:
    """Mappings whose keys are all numbers become lists, in order; nothing says what a row's old number was."""
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        kept = [_without_gaps(value[key]) for key in sorted(value, key=int)]
        return [row for row in kept if not isinstance(row, dict) or _is_said(row)]
    return {key: _without_gaps(part) for key, part in value.items()}


def _is_said(row: dict[str, Any]) -> bool:
    """A row with nothing but what the form itself chose is empty."""
    return bool(set(row) - {WEEK})


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]


def _code(name: str) -> str:
    """The code of a language's English name; what is neither name nor code stays, to be refused by name."""
    names: dict[str, str] = {written.casefold(): code for code, written in Locale("en").languages.items()}
    return names.get(name.casefold(), name)
