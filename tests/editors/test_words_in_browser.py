"""The message desk in a real browser: every page clean for axe and fitting a phone; what is typed is kept."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page

from api.main import create_app
from tests.editors.conftest import APPROVER, EDITOR, GUJARATI, PASSWORD, add_people, room_settings
from tests.sms.serving import served
from tests.web import browsing
from tests.web.browsing import NARROW, WIDE, violations
from tests.web.test_pages_in_browser import overflow

BED = "/editors/messages/safer_sleep/bed_sharing"
PAGES = {
    EDITOR: ("/editors/messages", f"{BED}/en", BED, f"{BED}/en/history", f"{BED}/ur", "/editors/try"),
    GUJARATI: (f"{BED}/gu", "/editors/messages?language=gu", "/editors/approvals"),
    APPROVER: (f"{BED}/en/1/approve", "/editors/approvals?language=en"),
}


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
        yield context.new_page(), url
        context.close()
    assert strays == []


def sign_in(page: Page, url: str, email: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{url}/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_every_page_is_clean_and_fits(desk: tuple[Page, str]) -> None:
    page, url = desk
    for email, paths in PAGES.items():
        sign_in(page, url, email)
        for path in paths:
            page.goto(url + path)
            assert violations(page) == [], path
            assert overflow(page) <= 0, path


def test_typing_is_kept_checked_saved_and_approved_by_somebody_else(desk: tuple[Page, str]) -> None:
    page, url = desk
    sign_in(page, url, EDITOR)
    page.goto(f"{url}{BED}/en")
    page.locator("#title").focus()
    page.keyboard.press("End")
    page.keyboard.type(" Really?")
    page.get_by_text("Kept as your draft.").wait_for()
    assert "Really?" in page.locator("#panel").inner_text()
    page.reload()
    assert page.locator("#title").input_value().endswith("Really?")
    page.get_by_text("Only the wording").click()
    page.get_by_role("button", name="Save").click()
    page.locator("label[for=sure]").click()  # its web text is long: a doubt to look at
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved as revision 2").wait_for()
    sign_in(page, url, APPROVER)
    page.goto(f"{url}{BED}/en")
    page.get_by_role("link", name="Read revision 2 and approve it").click()
    page.get_by_role("button", name="I have read it: approve").click()
    page.get_by_text("Families read it from their next message on").wait_for()
