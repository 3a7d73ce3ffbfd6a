"""The red flags in a real browser, without script: clean for axe, fitting a phone, from typing to approval."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page

from api.main import create_app
from tests.editors.conftest import APPROVER, EDITOR, PASSWORD, add_people, room_settings
from tests.sms.serving import served
from tests.web import browsing
from tests.web.browsing import NARROW, WIDE, violations
from tests.web.test_pages_in_browser import overflow

FLAGS = "/editors/red-flags"
FIT = f"{FLAGS}/en/baby_fit"
PAGES = (FLAGS, FIT, f"{FLAGS}/ar/baby_not_breathing", f"{FLAGS}/hi/harmless", f"{FIT}/history")
SECONDS = 120_000


@pytest.fixture(params=[pytest.param(NARROW, id="narrow"), pytest.param(WIDE, id="wide")])
def desk(
    request: pytest.FixtureRequest, browser: Browser, sqlite_template: Path, tmp_path: Path
) -> Iterator[tuple[Page, str]]:
    shutil.copy(sqlite_template, tmp_path / "bumpline.db")
    strays: list[str] = []
    app = create_app(room_settings(f"sqlite:///{tmp_path / 'bumpline.db'}"))
    with TestClient(app), served(app) as url:
        add_people(app)
        context = browsing.open_context(browser, url, strays, viewport=request.param)
        page = context.new_page()
        page.set_default_timeout(SECONDS)
        yield page, url
        context.close()
    assert strays == []


def sign_in(page: Page, url: str, email: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{url}/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def look_at(page: Page, name: str) -> None:
    assert violations(page) == [], name
    assert overflow(page) <= 0, name


def test_every_page_is_clean_and_fits_and_a_change_goes_all_the_way(desk: tuple[Page, str]) -> None:
    page, url = desk
    sign_in(page, url, EDITOR)
    for path in PAGES:
        page.goto(url + path)
        look_at(page, path)
    page.goto(f"{url}{FLAGS}/ar/baby_not_breathing")
    page.locator("label[for=phrase-1]").click()
    page.get_by_role("button", name="Change the ticked ones").click()
    assert len(page.locator("#out").input_value()) > 100
    assert page.locator("#native").input_value() == page.locator("#out").input_value()
    look_at(page, "ticked")
    page.goto(url + FIT)
    page.fill("#find", "having")
    page.keyboard.press("Enter")
    page.get_by_text("found").first.wait_for()
    page.fill("#latin", "b*")
    page.get_by_role("button", name="Propose the change").click()
    page.get_by_role("alert").wait_for()
    look_at(page, "a broken phrase")
    page.fill("#latin", "sleep*")
    page.fill("#messages", "my baby sleeps")
    page.fill("#reason", "Heard on Monday")
    page.get_by_role("button", name="Propose the change").click()
    page.get_by_role("heading", name="Ordinary sentences that would be taken for danger").wait_for()
    look_at(page, "false alarms")
    page.locator("label[for=alarms]").click()
    page.get_by_role("button", name="Propose the change").click()
    page.get_by_role("status").get_by_text("Proposed.").wait_for()
    look_at(page, "it waits")
    page.goto(f"{url}{FIT}/history")
    look_at(page, "history")
    sign_in(page, url, APPROVER)
    page.goto(url + FIT)
    page.get_by_role("link", name="Read version 1 and decide").click()
    page.get_by_role("button", name="What does it do?").click()
    page.get_by_role("heading", name="Ordinary sentences that would be taken for danger").wait_for()
    look_at(page, "what it does")
    page.locator("label[for=alarms]").click()
    page.get_by_role("button", name="I have read it: approve").click()
    page.get_by_role("status").get_by_text("Approved.").wait_for()
