"""The official Open Referral UK 3.0 schemas, read from files as the official validator reads them from its site."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

FOLDER = Path(__file__).parent / "open_referral"
SITE = "https://openreferraluk.org/specifications/3.0/schema/"


def example(name: str) -> Any:
    return json.loads((FOLDER / "examples" / f"{name}.json").read_text(encoding="utf-8"))


def schema_faults(body: Any, schema: str) -> list[str]:
    """What the schema called `schema` finds wrong in `body`, formats included."""
    return [f"{error.json_path}: {error.message}" for error in _validator(schema).iter_errors(body)]


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = json.loads((FOLDER / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    checker = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator(schema, registry=_registry(), format_checker=checker)


@cache
def _registry() -> Registry[Any]:
    paths = (FOLDER / "schema").glob("*.json")
    made = (
        (f"{SITE}{p.name}", Resource.from_contents(json.loads(p.read_text(encoding="utf-8")), DRAFT202012))
        for p in paths
    )
    return Registry[Any]().with_resources(made)
