"""The directory desk in a real browser, without script: every page is clean for axe and fits a phone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page

from api.directory import reporting
from api.main import create_app
from tests.editors.conftest import EDITOR, PASSWORD, add_people, room_settings
from tests.sms.serving import served
from tests.web import browsing
from tests.web.browsing import NARROW, WIDE, violations
from tests.web.test_pages_in_browser import overflow

ENTRY = "baby_basics_leicester"
PAGES = (
    "/editors/directory?list=reports",
    "/editors/directory?list=due",
    "/editors/directory?list=proposals",
    "/editors/directory?list=held",
    "/editors/directory/entries",
    "/editors/directory/new",
    f"/editors/directory/entries/{ENTRY}",
    f"/editors/directory/entries/{ENTRY}/chase",
    f"/editors/directory/entries/{ENTRY}/history",
)


@pytest.fixture(params=[pytest.param(NARROW, id="narrow"), pytest.param(WIDE, id="wide")])
def page(request: pytest.FixtureRequest, browser: Browser, sqlite_template: Path, tmp_path: Path) -> Iterator[Page]:
    """A browser in which an editor is signed in."""
    shutil.copy(sqlite_template, tmp_path / "bumpline.db")
    strays: list[str] = []
    app = create_app(room_settings(f"sqlite:///{tmp_path / 'bumpline.db'}"))
    with TestClient(app), served(app) as url:
        add_people(app)
        with app.state.parts.database.write() as session:
            reporting.report(session, ENTRY, reason="phone", detail="Nobody answers", reporter="family")
        context = browsing.open_context(browser, url, strays, viewport=request.param)
        opened = context.new_page()
        opened.goto(f"{url}/sign-in?next=/editors/directory")
        opened.fill("#email", EDITOR)
        opened.fill("#password", PASSWORD)
        opened.get_by_role("button", name="Sign in").click()
        yield opened
        context.close()
    assert strays == []


def test_every_page_is_clean_and_fits(page: Page) -> None:
    base = page.url.partition("/editors")[0]
    for path in PAGES:
        page.goto(base + path)
        assert violations(page) == [], path
        assert overflow(page) <= 0, path


def test_an_editor_checks_edits_and_puts_back_with_the_keyboard(page: Page) -> None:
    page.get_by_role("link", name="Due for a check").click()
    before = page.locator(".tabs a[aria-current] .count").inner_text()
    page.get_by_label("How did you check it?").first.select_option("phoned")
    button = page.get_by_role("button", name="Checked today, nothing changed").first
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("marked as checked today").wait_for()
    assert int(page.locator(".tabs a[aria-current] .count").inner_text()) == int(before) - 1
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("as it was before that change").wait_for()
    page.fill("#summary", "")
    page.get_by_role("button", name="Save").click()
    summary = page.get_by_role("alert")
    summary.wait_for()
    assert violations(page) == []
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.id") == "summary"
    page.fill("#summary", "Plain words.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("status").get_by_text("Saved").wait_for()
