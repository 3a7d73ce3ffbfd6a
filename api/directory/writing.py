"""A service as YAML, always in one form, so that a difference between two files is a difference of facts. Pure."""

from collections.abc import Mapping
from typing import Any

import yaml

from api.directory.entry import ServiceEntry
from api.directory.source import OrganisationSource

HEADER = "# One service, in the form `make export` writes. Edit here, then `make load`. Facts: see provenance.\n"
ORGANISATIONS = (
    "# Who runs the services: one line each. Facts only; a charity or company number only when it was read.\n"
)
IN_LINE = {"needs", "area", "languages", "byday", "bymonthday"}
"""Short lists of codes stay on one line."""
ORDINARY = (("freq", "WEEKLY"), ("interval", 1))
QUOTED = {"opens_at", "closes_at", "number"}


class _Dumper(yaml.SafeDumper):
    """Lists set in, mappings in the order given."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


class _Codes(list[Any]):
    """A list written on one line."""


class _Quoted(str):
    """Text always in quotes: a time or a number that YAML, or a reader, might take for something else."""


_Dumper.add_representer(
    _Codes, lambda dumper, codes: dumper.represent_sequence("tag:yaml.org,2002:seq", codes, flow_style=True)
)
_Dumper.add_representer(_Quoted, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def service_text(entry: ServiceEntry) -> str:
    """The file of `entry`: fields that say nothing are left out, but for `assured_on`."""
    kept = _without_defaults(entry.model_dump(mode="python"), entry)
    kept["assured_on"] = entry.assured_on
    ordered = {name: kept[name] for name in ServiceEntry.model_fields if name in kept}
    return HEADER + _dumped(_marked(ordered))


def organisations_text(known: Mapping[str, OrganisationSource]) -> str:
    """content/organisations.yml, by name."""
    said = {name: known[name].model_dump(exclude_defaults=True) for name in sorted(known)}
    return ORGANISATIONS + _dumped(said)


def _dumped(data: Any) -> str:
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000))


def _without_defaults(data: dict[str, Any], entry: ServiceEntry) -> dict[str, Any]:
    fields = ServiceEntry.model_fields
    return {name: value for name, value in data.items() if fields[name].is_required() or value != fields[name].default}


def _marked(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        # Inside an entry, an empty field says nothing; a schedule's ordinary frequency goes without saying.
        kept = {k: v for k, v in value.items() if not _says_nothing(k, v)}
        return {k: _marked(v, k) for k, v in kept.items()}
    if isinstance(value, list):
        marked = [_marked(item) for item in value]
        return _Codes(marked) if name in IN_LINE else marked
    if name in QUOTED and value is not None:
        return _Quoted(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _says_nothing(name: str, value: Any) -> bool:
    if name == "assured_on":
        return False
    is_empty = value is None or (value == [] and name != "sources")
    return is_empty or (name, value) in ORDINARY
