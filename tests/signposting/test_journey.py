"""A midwife's journey in a real browser: a cot, LE5, Somali, to a text in Somali, within six clicks. No script runs."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page

from api.main import create_app
from tests.signposting.conftest import MIDWIFE, PASSWORD, add_people, office_settings
from tests.signposting.test_texting import E164
from tests.sms.fake_twilio import FakeTwilio
from tests.sms.serving import served
from tests.web import browsing
from tests.web.browsing import NARROW, WIDE, violations
from tests.web.test_pages_in_browser import overflow

SIZES = [pytest.param(NARROW, id="narrow"), pytest.param(WIDE, id="wide")]


class Desk:
    """A browser at a whole Bumpline whose texts reach a Twilio that remembers."""

    def __init__(self, page: Page, url: str, twilio: FakeTwilio) -> None:
        self.page, self.url, self.twilio, self.clicks = page, url, twilio, 0

    def click(self, role: str, name: str) -> None:
        self.clicks += 1
        self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]


@pytest.fixture(params=SIZES)
def desk(
    request: pytest.FixtureRequest, browser: Browser, sqlite_template: Path, tmp_path: Path
) -> Iterator[tuple[Desk, object]]:
    shutil.copy(sqlite_template, tmp_path / "bumpline.db")
    twilio, strays = FakeTwilio(), list[str]()
    with served(twilio.app()) as address:
        app = create_app(office_settings(f"sqlite:///{tmp_path / 'bumpline.db'}", twilio, address))
        with TestClient(app), served(app) as url:
            add_people(app)
            context = browsing.open_context(browser, url, strays, viewport=request.param)
            yield Desk(context.new_page(), url, twilio), app
            context.close()
    assert strays == []


def test_from_a_cot_to_a_text_in_somali_within_six_clicks(desk: tuple[Desk, object]) -> None:
    at, _ = desk
    page = at.page
    page.goto(f"{at.url}/sign-in")
    page.fill("#email", MIDWIFE)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.select_option("#need", "baby_items")
    page.fill("#postcode", "LE5")
    page.select_option("#language", "so")
    at.click("button", "Search")
    assert violations(page) == []
    assert overflow(page) <= 0
    at.click("link", "Text Baby Basics Leicester to the family")
    page.fill("#number", "07700 900123")
    assert violations(page) == []
    at.click("button", "Show the text")
    assert "refer" not in page.locator(".bubble").first.inner_text()
    assert violations(page) == []
    at.click("checkbox", page.locator("label[for=consent]").inner_text())
    at.click("button", "Send the text")
    page.wait_for_url("**/signposting/texts/*")
    assert at.clicks <= 6
    assert violations(page) == []
    assert at.twilio.to(E164) == []  # the worker sends it; tests/signposting/test_texting.py follows it to Twilio


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in",
        "/signposting/services/uhl_mau?need=maternity&postcode=LE5+4PW",
        "/signposting?need=maternity&postcode=LE5+4PW",
        "/signposting/compare?id=uhl_mau&id=nhs_111",
        "/signposting/sheet?id=uhl_mau&language=ur",
        "/signposting?need=stop_smoking&postcode=LE1+5WW&language=ur",
    ],
)
def test_every_page_is_accessible_and_fits(desk: tuple[Desk, object], path: str) -> None:
    at, _ = desk
    at.page.goto(at.url + path)
    assert violations(at.page) == []
    assert overflow(at.page) <= 0
