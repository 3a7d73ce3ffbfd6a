"""The red flags in a real browser, without script: clean for axe, fitting a phone, from typing to approval."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, ViewportSize

from api.main import create_app
from api.settings import Settings
from tests.editors.conftest import APPROVER, EDITOR, PASSWORD, add_people, room_settings
from tests.editors.test_red_flags import BREATHING, small_content
from tests.sms.serving import served
from tests.web import browsing
from tests.web.browsing import NARROW, WIDE, violations
from tests.web.test_pages_in_browser import overflow

FLAGS = "/editors/red-flags"
PAGES = (FLAGS, f"{FLAGS}/en/harmless", f"{FLAGS}/ar/baby_not_breathing", f"{FLAGS}/hi/baby_fit/history")
ALARMS = "Ordinary sentences that would be taken for danger"
LONG = 120_000


VIEWPORTS = pytest.mark.parametrize("viewport", [pytest.param(NARROW, id="narrow"), pytest.param(WIDE, id="wide")])


@contextmanager
def opened(browser: Browser, settings: Settings, viewport: ViewportSize) -> Iterator[tuple[Page, str]]:
    strays: list[str] = []
    app = create_app(settings)
    with TestClient(app), served(app) as url:
        add_people(app)
        context = browsing.open_context(browser, url, strays, viewport=viewport)
        page = context.new_page()
        page.set_default_timeout(LONG)
        yield page, url
        context.close()
    assert strays == []


@pytest.fixture
def settings(sqlite_template: Path, tmp_path: Path) -> Settings:
    shutil.copy(sqlite_template, tmp_path / "bumpline.db")
    return room_settings(f"sqlite:///{tmp_path / 'bumpline.db'}")


def sign_in(page: Page, url: str, email: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{url}/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def look_at(page: Page, name: str) -> None:
    assert violations(page) == [], name
    assert overflow(page) <= 0, name


@VIEWPORTS
def test_every_page_is_clean_and_fits(browser: Browser, settings: Settings, viewport: ViewportSize) -> None:
    with opened(browser, settings, viewport) as (page, url):
        sign_in(page, url, EDITOR)
        for path in PAGES:
            page.goto(url + path)
            look_at(page, path)
        page.goto(f"{url}{FLAGS}/ar/baby_not_breathing")
        page.locator("label[for=phrase-1]").click()
        page.get_by_role("button", name="Change the ticked ones").click()
        page.get_by_text("To be taken out").wait_for()
        assert len(page.locator("#out").input_value()) > 100
        assert page.locator("#native").input_value() == page.locator("#out").input_value()
        look_at(page, "ticked")


@pytest.mark.slow
@VIEWPORTS
def test_a_change_goes_from_typing_to_approval(
    browser: Browser, settings: Settings, viewport: ViewportSize, tmp_path: Path
) -> None:
    few = settings.model_copy(update={"content_folder": small_content(tmp_path)})
    with opened(browser, few, viewport) as (page, url):
        sign_in(page, url, EDITOR)
        propose(page, url + BREATHING)
        page.goto(f"{url}{BREATHING}/history")
        look_at(page, "history")
        sign_in(page, url, APPROVER)
        page.goto(url + BREATHING)
        page.get_by_role("link", name="Read version 1 and decide").click()
        page.get_by_role("button", name="What does it do?").click()
        page.get_by_role("heading", name=ALARMS).wait_for()
        look_at(page, "what it does")
        page.locator("label[for=alarms]").click()
        page.get_by_role("button", name="I have read it: approve").click()
        page.get_by_role("status").get_by_text("Approved.").wait_for()


def propose(page: Page, address: str) -> None:
    """Finds, mistypes, mends, tries, ticks and proposes, with every page on the way looked at."""
    page.goto(address)
    page.fill("#find", "blue")
    page.keyboard.press("Enter")
    page.get_by_text("1 phrase found").wait_for()
    page.fill("#latin", "b*")
    page.get_by_role("button", name="Propose the change").click()
    page.get_by_role("alert").wait_for()
    look_at(page, "a broken phrase")
    page.fill("#latin", "sleep*")
    page.fill("#messages", "my baby sleeps")
    page.fill("#reason", "Heard on Monday")
    page.get_by_role("button", name="Propose the change").click()
    page.get_by_role("heading", name=ALARMS).wait_for()
    look_at(page, "false alarms")
    page.locator("label[for=alarms]").click()
    page.get_by_role("button", name="Propose the change").click()
    page.get_by_role("status").get_by_text("Proposed.").wait_for()
    look_at(page, "it waits")
