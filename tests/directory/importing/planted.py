"""A feed as a council might publish it, with faults planted at places that are remembered."""

import csv
import random
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from api.directory.loading import NOT_PLACES
from api.settings import ROOT

Json = dict[str, Any]
SPACE = UUID("5b1c1f0e-4d3e-4f39-9d3f-6f1a2d3c4b5a")
KINDS = (
    "Stay and play",
    "Baby massage",
    "Feeding group",
    "Bumps club",
    "Toddler singing",
    "Sleep advice",
    "Weaning class",
)
PLACES = ("Aylestone", "Braunstone", "Belgrave", "Evington", "Highfields", "Knighton", "Thurnby", "Wigston", "Oadby")
OWNERS = tuple(f"{place} family trust" for place in PLACES)
AREAS = (("Leicester", "E06000016"), ("Leicestershire", "E10000018"), ("Rutland", "E06000017"))
CATEGORIES = ("Health visiting", "Midwife and maternity", "Parent, baby and toddler groups", "Stopping smoking")
LANGUAGES = ("gu", "pa", "ur", "so", "pl", "bn", "ar")
ELSEWHERE = "10b91e1f-59f1-4c2b-9f0f-000000000000"


@dataclass(frozen=True)
class Fault:
    """`plant` spoils a healthy record; then a finding of `level` must stand at `field`."""

    name: str
    level: str
    field: str
    plant: Callable[[Json], Any]


@dataclass(frozen=True)
class Planted:
    """Where a fault is: the record's place from 1."""

    number: int
    fault: Fault


def feed(count: int, *, today: date, seed: int = 20261126, share: float = 0.4) -> tuple[list[Json], list[Planted]]:
    """`count` records; about `share` of them have one fault each, every kind in turn."""
    chance = random.Random(seed)
    records: list[Json] = []
    planted: list[Planted] = []
    for n in range(count):
        record = healthy(n, chance, today)
        if n and chance.random() < share:
            fault = FAULTS[len(planted) % len(FAULTS)]
            fault.plant(record)
            planted.append(Planted(n + 1, fault))
        records.append(record)
    for one in planted:
        if one.fault.name == "an id that is there twice":
            records[one.number - 1]["id"] = records[0]["id"]
            _own(records[one.number - 1])
    assert {one.fault.name for one in planted} == {fault.name for fault in FAULTS}
    return records, planted


def healthy(n: int, chance: random.Random, today: date) -> Json:
    """A record with nothing to say against it."""
    code, lat, lon = postcodes()[(n * 7) % len(postcodes())]
    area, gss = chance.choice(AREAS)
    place, owner = chance.choice(PLACES), chance.choice(OWNERS)
    record = {
        "id": str(uuid5(SPACE, f"service {n}")),
        "name": f"{chance.choice(KINDS)} {n} in {place}",
        "description": "For parents with a baby. Come as you are; nobody has to book.",
        "status": "active",
        "url": f"https://example.org/groups/{n}",
        "email": f"group{n}@example.org",
        "minimum_age": 0,
        "maximum_age": chance.choice([1, 2, 5]),
        "assured_date": (today - timedelta(days=chance.randrange(0, 80))).isoformat(),
        "last_modified": f"{today - timedelta(days=1)}T10:30:45.123Z",
        "eligibility_description": f"Families who live in {area}",
        "organization": {"id": str(uuid5(SPACE, owner)), "name": owner, "description": owner},
        "phones": [{"id": str(uuid5(SPACE, f"phone {n}")), "number": f"0116 496 {n % 1000:04d}", "type": "voice"}],
        "schedules": [
            {"freq": "WEEKLY", "byday": chance.choice(["MO", "TU,TH", "SA"]), "opens_at": "09:30", "closes_at": "11:30"}
        ],
        "service_at_locations": [{"location": _location(n, place, code, lat, lon)}],
        "languages": [{"name": code, "code": code} for code in chance.sample(LANGUAGES, chance.randrange(0, 3))],
        "cost_options": [{"option": "Everyone", "amount": chance.choice([0, 1.5, 3])}],
        "service_areas": [{"name": area, "uri": f"http://statistics.data.gov.uk/id/statistical-geography/{gss}"}],
        "attributes": [{"link_type": "service_category", "taxonomy_term": {"name": chance.choice(CATEGORIES)}}],
    }
    _own(record)
    return record


@cache
def postcodes() -> list[tuple[str, float, float]]:
    """Those of Leicester, Leicestershire and Rutland, in an order of its own."""
    with (ROOT / "content" / "postcodes" / "le_postcodes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["district_code"] == "E06000016"]
    places = (row for row in rows if row["postcode"].split(" ")[0] not in NOT_PLACES)
    return [(row["postcode"], float(row["lat"]), float(row["lon"])) for row in places]


def _location(n: int, place: str, code: str, lat: float, lon: float) -> Json:
    address = {"address_1": f"{n} Example Street", "city": "Leicester", "state_province": "Leicestershire",
               "postal_code": code, "country": "GB", "address_type": "physical"}  # fmt: skip
    return {"id": str(uuid5(SPACE, f"place {n}")), "location_type": "physical", "name": f"{place} hall {n}",
            "latitude": lat, "longitude": lon, "addresses": [address]}  # fmt: skip


def _own(record: Json) -> None:
    """Every part says whose it is, as feeds do."""
    for name in ("phones", "schedules", "service_at_locations", "languages", "cost_options", "service_areas"):
        for part in record.get(name) or []:
            part["service_id"] = record["id"]


def _put(path: str, value: Any) -> Callable[[Json], None]:
    def plant(record: Json) -> None:
        at: Any = record
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in steps:
            at = at[step]
        at[last] = deepcopy(value)

    return plant


def _drop(*names: str) -> Callable[[Json], None]:
    def plant(record: Json) -> None:
        for name in names:
            record.pop(name, None)

    return plant


def _renamed(record: Json) -> None:
    record["name"] = record["name"].upper()


HERE = "service_at_locations.0.location"
CODE = f"{HERE}.addresses.0.postal_code"
OLD = "2020-01-31"
FUTURE = "2099-01-01"
ERRORS = (
    Fault("no id", "error", "id", _drop("id")),
    Fault("an id that is no UUID", "error", "id", _put("id", "service-17")),
    Fault("an id that is there twice", "error", "id", lambda record: None),
    Fault("no name", "error", "name", _drop("name")),
    Fault("an empty name", "error", "name", _put("name", "  ")),
    Fault("no status", "error", "status", _drop("status")),
    Fault("an unknown status", "error", "status", _put("status", "open")),
    Fault("nobody who runs it", "error", "organization.name", _drop("organization")),
    Fault("a very long organisation", "error", "organization.name", _put("organization.name", "Trust " * 60)),
    Fault("a list for a name", "error", "name", _put("name", ["Stay and play"])),
    Fault("phones that are no list", "error", "phones", _put("phones", "0116 496 0000")),
    Fault("a phone that is no object", "error", "phones.0", _put("phones", ["0116 496 0000"])),
    Fault("a day that does not exist", "error", "assured_date", _put("assured_date", "2026-02-30")),
    Fault("a beginning that is no day", "error", "schedules.0.valid_from", _put("schedules.0.valid_from", "soon")),
    Fault("an end before the beginning", "error", "schedules.0.valid_to",
          lambda r: r["schedules"][0].update(valid_from="2026-09-01", valid_to="2026-08-01")),
    Fault("an hour that does not exist", "error", "schedules.0.opens_at", _put("schedules.0.opens_at", "25:10")),
    Fault("a time in words", "error", "schedules.0.closes_at", _put("schedules.0.closes_at", "noon")),
    Fault("a weekday that does not exist", "error", "schedules.0.byday", _put("schedules.0.byday", "MO,XY")),
    Fault("an interval of nothing", "error", "schedules.0.interval", _put("schedules.0.interval", 0)),
    Fault("a minimum above the maximum", "error", "minimum_age",
          lambda r: r.update(minimum_age=18, maximum_age=5)),
    Fault("an age below nothing", "error", "minimum_age", _put("minimum_age", -1)),
    Fault("an age above any", "error", "maximum_age", _put("maximum_age", 400)),
    Fault("an age in words", "error", "maximum_age", _put("maximum_age", "toddlers")),
    Fault("a cost below nothing", "error", "cost_options.0.amount", _put("cost_options.0.amount", -3)),
    Fault("a cost in words", "error", "cost_options.0.amount", _put("cost_options.0.amount", "three pounds")),
    Fault("a broken e-mail", "error", "email", _put("email", "group at example.org")),
    Fault("a broken link", "error", "url", _put("url", "www.example.org")),
    Fault("a place outside the country", "error", f"{HERE}.latitude", _put(f"{HERE}.latitude", 12.5)),
    Fault("a longitude outside the country", "error", f"{HERE}.longitude", _put(f"{HERE}.longitude", 101)),
    Fault("a place that is another service's", "error", "service_at_locations.0.service_id",
          _put("service_at_locations.0.service_id", ELSEWHERE)),
    Fault("a phone that is another service's", "error", "phones.0.service_id",
          _put("phones.0.service_id", ELSEWHERE)),
    Fault("a location that is another", "error", "service_at_locations.0.location_id",
          _put("service_at_locations.0.location_id", ELSEWHERE)),
)  # fmt: skip
WARNINGS = (
    Fault("no way to reach it", "warning", "phones", _drop("phones", "email", "url")),
    Fault("no description", "warning", "description", _drop("description")),
    Fault("a very long description", "warning", "description", _put("description", "We sing and play. " * 60)),
    Fault("a description in HTML", "warning", "description", _put("description", "<p>We sing &amp; play</p>")),
    Fault("nobody checked it", "warning", "assured_date", _drop("assured_date")),
    Fault("checked long ago", "warning", "assured_date", _put("assured_date", OLD)),
    Fault("checked in the future", "warning", "assured_date", _put("assured_date", FUTURE)),
    Fault("never changed", "warning", "last_modified", _drop("last_modified")),
    Fault("changed in the future", "warning", "last_modified", _put("last_modified", f"{FUTURE}T00:00:00Z")),
    Fault("changed on no day", "warning", "last_modified", _put("last_modified", "lately")),
    Fault("no hours", "warning", "schedules", _drop("schedules")),
    Fault("hours that only words can say", "warning", "schedules.0", _put("schedules", [{"description": "Mornings"}])),
    Fault("hours that have ended", "warning", "schedules.0.valid_to", _put("schedules.0.valid_to", OLD)),
    Fault("hours into the night", "warning", "schedules.0.closes_at", _put("schedules.0.closes_at", "02:00")),
    Fault("no term", "warning", "attributes", _drop("attributes")),
    Fault("a term that nobody knows", "warning", "attributes",
          _put("attributes.0.taxonomy_term.name", "Falconry")),
    Fault("no area", "warning", "service_areas", _drop("service_areas")),
    Fault("an area elsewhere", "warning", "service_areas.0", _put("service_areas", [{"name": "Atlantis"}])),
    Fault("an area smaller than ours", "warning", "service_areas.0", _put("service_areas", [{"name": "Blaby"}])),
    Fault("no postcode", "warning", CODE, _put(CODE, None)),
    Fault("text for a postcode", "warning", CODE, _put(CODE, "near the park")),
    Fault("a postcode that is none", "warning", CODE, _put(CODE, "LE77 9ZZ")),
    Fault("a postcode elsewhere", "warning", CODE, _put(CODE, "SW1A 1AA")),
    Fault("coordinates far from the postcode", "warning", HERE, _put(f"{HERE}.latitude", 52.9)),
    Fault("half of the coordinates", "warning", HERE, _put(f"{HERE}.longitude", None)),
    Fault("a location that is only an id", "warning", HERE, _put(HERE, None)),
    Fault("a number that cannot be dialled", "warning", "phones.0.number", _put("phones.0.number", "0116 49")),
    Fault("a phone without a number", "warning", "phones.0", _put("phones.0.number", "")),
    Fault("a fax", "warning", "phones.0.type", _put("phones.0.type", "fax")),
    Fault("a language that is none", "warning", "languages.0.code", _put("languages", [{"code": "klingonese"}])),
    Fault("a name in capitals", "warning", "name", _renamed),
    Fault("a very long name", "warning", "name", _put("name", "A group for everybody " * 8)),
    Fault("a person's name", "warning", "contacts.0.name", _put("contacts", [{"name": "Ann Persona"}])),
    Fault("a person's address", "warning", "contacts.0.email",
          _put("contacts", [{"title": "Lead", "email": "ann.persona@example.org"}])),
    Fault("another currency", "warning", "cost_options.0.currency",
          lambda r: r["cost_options"][0].update(amount=4, currency="EUR")),
)  # fmt: skip
FAULTS = ERRORS + WARNINGS
