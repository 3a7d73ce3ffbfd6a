"""The open feed against every official schema, page by page, and what must never be in it."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.directory.official import example, schema_faults
from tests.web.conftest import client, make_client

__all__ = ["client", "make_client"]
BASE = "/open-referral/v3"
LISTS = {
    "services": ("service_list", "service"),
    "taxonomies": ("taxonomy_list", "taxonomy"),
    "taxonomy_terms": ("taxonomy_term_list", "taxonomy_term"),
    "service_at_locations": ("service_at_location_list", "service_at_location"),
    "organizations": ("organization_list", "organization"),
}
ENVELOPE = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}


def read(client: TestClient, path: str) -> Any:
    answer = client.get(f"{BASE}{path}", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    return answer.json()


@pytest.mark.parametrize("name", ["service_full", "organization_full", "taxonomy", "taxonomy_term"])
def test_the_schemas_accept_the_official_examples(name: str) -> None:
    assert schema_faults(example(name), name.removesuffix("_full")) == []


def test_the_schemas_refuse_what_is_wrong() -> None:
    body = {**example("service_full"), "url": "not a link", "status": "open"}
    assert len(schema_faults(body, "service")) >= 1
    assert schema_faults({"name": "x"}, "service")


@pytest.mark.parametrize("path", ["", "/"])
def test_the_feed_says_which_version_it_speaks(client: TestClient, path: str) -> None:
    body = read(client, path)
    assert body["version"] == "HSDS-UK-3.0"
    assert schema_faults(body, "api_details") == []


@pytest.mark.parametrize("kind", LISTS)
def test_every_page_and_every_entry_passes_its_official_schema(client: TestClient, kind: str) -> None:
    list_schema, entry_schema = LISTS[kind]
    first = read(client, f"/{kind}?page=1&per_page=20")
    assert set(first) == ENVELOPE
    assert first["total_items"] > 0
    for page in range(1, first["total_pages"] + 1):
        body = read(client, f"/{kind}?page={page}&per_page=20")
        assert schema_faults(body, list_schema) == []
        assert body["last_page"] is (page == first["total_pages"])
        for entry in body["contents"]:
            assert schema_faults(read(client, f"/{kind}/{entry['id']}"), entry_schema) == []
    assert read(client, f"/{kind}?page=999")["empty"] is True


def test_the_full_list_passes_too_and_leaves_out_what_says_nothing(client: TestClient) -> None:
    for service in read(client, "/services?full=true&per_page=100")["contents"]:
        assert schema_faults(service, "service") == []
        assert _empties(service) == []


def test_only_what_families_may_see_is_published(client: TestClient) -> None:
    names = {service["name"] for service in read(client, "/services?per_page=200")["contents"]}
    assert "Maternity Assessment Unit" in names
    assert "Mum's Mind text line" not in names  # on hold
    assert "LLR Safer Sleeping Risk Assessment Toolkit" not in names  # for professionals
    assert len(names) == 43


def test_parameters_narrow_together(client: TestClient) -> None:
    everything = read(client, "/services?per_page=200")
    assert read(client, "/services?modified_after=2099-01-01")["empty"] is True
    assert read(client, "/services?modified_after=2020-01-01T00:00:00Z")["total_items"] == everything["total_items"]
    found = read(client, "/services?search=Mosés baskets")["contents"]
    assert [service["name"] for service in found] == ["Baby Basics Leicester"]
    owner = found[0]["organization_id"]
    assert read(client, f"/services?organization_id={owner}&search=smoke")["empty"] is True
    minimal = read(client, "/services?minimal=true")["contents"][0]
    assert set(minimal) == {"id", "name", "status", "last_modified"}


def test_places_within_a_distance_of_a_postcode(client: TestClient) -> None:
    near = read(client, "/service_at_locations?postcode=LE1 5WW&proximity=500")["total_items"]
    far = read(client, "/service_at_locations?postcode=LE1 5WW&proximity=50000")["total_items"]
    assert 0 < near < far


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/services?modified_after=yesterday", 422),
        ("/services?page=0", 422),
        ("/services/none", 404),
        ("/service_at_locations?postcode=hello", 422),
    ],
)
def test_a_wrong_question_gets_a_clear_answer_that_any_site_may_read(
    client: TestClient, path: str, status: int
) -> None:
    answer = client.get(f"{BASE}{path}")
    assert answer.status_code == status
    assert answer.json()["error"]["message"]
    assert answer.headers["access-control-allow-origin"] == "*"


def _empties(body: Any) -> list[Any]:
    if isinstance(body, dict):
        own = [name for name, value in body.items() if value is None or value == "" or value == []]
        return own + [found for value in body.values() for found in _empties(value)]
    return [found for item in body for found in _empties(item)] if isinstance(body, list) else []
