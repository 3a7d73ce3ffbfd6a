"""Something is wrong with a place that can help: said in the family's language, kept for the editors."""

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import expect
from sqlalchemy import select

from api.directory.trust_models import Report
from api.launch.processes import Stack
from tests.web.browsing import NARROW, violations, word
from tests.web.conftest import MakeContext
from tests.web.forms import parts

PATH = "/service/uhl_mau/report"


def reports(client: TestClient) -> list[Report]:
    with parts(client).database.read() as session:
        return list(session.scalars(select(Report)))


@pytest.mark.parametrize("language", ["en", "gu", "ur"])
def test_a_family_says_what_is_wrong_in_its_language(client: TestClient, language: str) -> None:
    assert word("report_title", language) in client.get(f"{PATH}?lang={language}").text
    done = client.post(PATH, data={"reason": "closed", "detail": " It moved ", "language": language})
    assert word("report_thanks", language) in done.text
    kept = reports(client)
    assert [(r.service_id, r.reason, r.detail, r.reporter) for r in kept] == [
        ("uhl_mau", "closed", "It moved", "family")
    ]


def test_without_a_reason_nothing_is_kept_and_what_was_typed_stays(client: TestClient) -> None:
    answer = client.post(PATH, data={"detail": "wrong floor", "language": "en"})
    assert answer.status_code == 422
    assert word("report_choose") in answer.text
    assert "wrong floor" in answer.text
    assert reports(client) == []


def test_a_form_of_another_site_and_an_entry_on_hold_are_refused(client: TestClient) -> None:
    other = client.post(PATH, data={"reason": "closed"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert other.status_code == 403
    assert client.get("/service/mums_mind/report").status_code == 404
    assert reports(client) == []


@pytest.mark.parametrize("language", ["gu", "ur"])
def test_the_page_is_accessible_without_a_script(open_context: MakeContext, stack: Stack, language: str) -> None:
    page = open_context(viewport=NARROW, java_script_enabled=True).new_page()
    page.goto(f"{stack.url}{PATH}?lang={language}")
    assert violations(page) == []
    page.get_by_label(word("reason_closed", language)).check()
    page.locator("main form button").click()
    expect(page.locator("main .notice")).to_contain_text(word("report_thanks", language))
