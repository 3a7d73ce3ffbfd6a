"""The official examples of the standard: what they hold is read, and what is wrong in them is named."""

import json
from typing import Any

import pytest

from api.directory.importing.reading import FileUnusable, read_file
from tests.directory.importing.conftest import Desk
from tests.directory.official import FOLDER, example

LOCATION = "service_at_locations.0.location"
IN_FULL = {
    f"{LOCATION}.latitude", f"{LOCATION}.longitude", f"{LOCATION}.addresses.0.postal_code", "assured_date",
    "contacts.0.name", "schedules.0.bymonthday", "schedules.0.valid_to", "service_areas.0", "attributes",
}  # fmt: skip


@pytest.mark.parametrize("name", ["service_full", "organization_full", "service_at_location_full"])
def test_each_fault_of_a_full_example_is_named(desk: Desk, name: str) -> None:
    report = desk.report(desk.read((FOLDER / "examples" / f"{name}.json").read_bytes(), f"{name}.json"))
    record = report["records"][0]
    assert {finding["field"] for finding in record["findings"]} == IN_FULL
    errors = {f["field"] for f in record["findings"] if f["level"] == "error"}
    assert errors == {f"{LOCATION}.latitude", f"{LOCATION}.longitude"}
    assert record["action"] == "refused"


def test_the_full_example_comes_in_once_its_coordinates_are_put_right(desk: Desk) -> None:
    service = example("service_full")
    service["service_at_locations"][0]["location"] |= {"latitude": 52.63, "longitude": -1.13}
    desk.bring([service])
    entry = desk.entries()["ac148810-d857-441c-9679-408f346de14b"]
    assert entry.organisation == "Example Organization Inc."
    assert [(row.byday, row.opens_at, row.closes_at) for row in entry.schedules] == [(["TH", "FR"], "10:00", "18:00")]
    assert (entry.minimum_age, entry.maximum_age, entry.status, entry.listing) == (12, 100, "active", "hold")
    assert [contact.model_dump() for contact in entry.contacts] == [
        {"name": None, "title": "Reception Manager", "email": None, "phone": None}
    ]
    assert entry.locations[0].address == "1-30 Main Street, MyCity, ABC 1234"
    assert entry.locations[0].accessibility[0].details == (
        "Switch hearing aid to T-coil to access the induction loop facility."
    )
    assert (entry.cost_options[0].amount, entry.cost) == (35, "fees_description")
    assert entry.assured_on is None
    assert "The feed says it was checked on 1 January 2005." in (entry.provenance.gaps or "")


def test_the_short_list_comes_in_and_says_what_is_missing(desk: Desk) -> None:
    desk.bring((FOLDER / "examples" / "service_list.json").read_bytes(), "list.json")
    gaps = desk.entries()["ac148810-d857-441c-9679-408f346de14b"].provenance.gaps or ""
    assert "Missing: a phone number, an address, opening hours, the area it serves" in gaps


@pytest.mark.parametrize("name", ["organization_list", "taxonomy", "taxonomy_list", "taxonomy_term"])
def test_what_is_no_service_is_refused(name: str) -> None:
    with pytest.raises(FileUnusable, match="These are no services"):
        read_file((FOLDER / "examples" / f"{name}.json").read_bytes())


def shapes() -> dict[str, Any]:
    service, location = example("service_full"), example("service_at_location_list")
    page = {"total_items": 1, "total_pages": 1, "contents": [service]}
    lines = "\n".join(json.dumps({**service, "id": f"{n}"}) for n in range(3))
    return {
        "a page": (page, 1),
        "a list": ([service, {**service, "id": "b"}], 2),
        "pages": ([page, page], 2),
        "one service": (service, 1),
        "a wrapped service": ({"service": service}, 1),
        "services at locations": (location, 1),
        "an organisation with services": (example("organization_full"), 1),
        "lines": (lines, 3),
        "a byte order mark": ("\ufeff" + json.dumps(service), 1),
    }


@pytest.mark.parametrize("shape", shapes())
def test_every_shape_of_an_answer_is_read(shape: str) -> None:
    body, count = shapes()[shape]
    text = body if isinstance(body, str) else json.dumps(body)
    assert len(read_file(text.encode()).services) == count


def test_a_service_at_two_locations_is_one_service() -> None:
    link = example("service_at_location_list")["contents"][0]
    other = {**link, "id": "2", "location": {**link["location"], "name": "Library"}}
    services = read_file(json.dumps([link, other]).encode()).services
    assert [place["location"]["name"] for place in services[0]["service_at_locations"]] == [
        "MyCity Civic Center",
        "Library",
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<!doctype html><title>Services</title>", "web page"),
        (b'{"contents": [', "not JSON: line 1"),
        (b'{"contents": []}', "no service"),
        (b"[1, 2, 3]", "no services"),
        (b'{"id": 1, "status": NaN}', "number or a depth"),
        (b"[" * 100_000, "number or a depth"),
        (b"\xff\xfe{\x00}\x00", "not UTF-8"),
        (b'{"name": "caf\xe9"}', "Line 1 is not UTF-8"),
        (b"PK\x03\x04workbook", "Excel workbook"),
        (b"hello there", "neither JSON nor a table"),
        (b"[" + b" " * (20 * 1024 * 1024) + b"]", "larger than 20 MB"),
        (json.dumps([{"status": "active"}] * 10_001).encode(), "10,001 services"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(FileUnusable, match=reason):
        read_file(data)
