"""The desk of page words in a real browser: clean for axe, fitting a phone, right to left where it must be."""

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page

from api.accounts.service import Accounts
from tests.editors.conftest import GUJARATI, PASSWORD, SECOND_GUJARATI
from tests.editors.test_words_in_browser import sign_in
from tests.web.browsing import violations
from tests.web.test_pages_in_browser import overflow

URDU = "urdu@example.org"
PAGES = {
    URDU: ("/editors/words/ur", "/editors/words/ur?kind=summary", "/editors/words/ur/summary/nhs_111"),
    GUJARATI: ("/editors/words/ur", "/editors/words/gu?state=waits", "/editors/words/gu/interface/send"),
}


@pytest.fixture(autouse=True)
def urdu(desk_app: FastAPI) -> None:
    add_urdu(desk_app)


def add_urdu(app: FastAPI) -> None:
    accounts = Accounts(app.state.parts.database, is_production=False)
    roles, name = ["translator"], "Urdu Translator"
    accounts.add(email=URDU, name=name, roles=roles, languages=["ur"], password=PASSWORD, is_demonstration=True)


def is_fine(page: Page) -> bool:
    assert violations(page) == [], page.url
    assert overflow(page) <= 0, page.url
    return True


def test_every_page_is_clean_and_fits(desk: tuple[Page, str]) -> None:
    page, url = desk
    for email, paths in PAGES.items():
        sign_in(page, url, email)
        for path in paths:
            page.goto(url + path)
            assert is_fine(page)


def test_words_are_typed_ticked_mended_approved_and_put_back(desk: tuple[Page, str]) -> None:
    page, url = desk
    sign_in(page, url, GUJARATI)
    page.goto(f"{url}/editors/words/gu?text=send")
    page.locator("#text-send").fill("Send {name}")
    page.locator("label[for=right-working], label[for=right-send_again]").first.click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").get_by_text("1 saved, 1 not").wait_for()
    assert is_fine(page)
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.id") == "text-send"
    page.locator("#text-send").fill("મોકલી દો")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("status").get_by_text("1 saved").wait_for()
    sign_in(page, url, SECOND_GUJARATI)
    page.goto(f"{url}/editors/words/gu/review")
    assert is_fine(page)
    page.get_by_text("I have read send", exact=True).click()
    page.get_by_role("button", name="Approve those ticked").click()
    page.get_by_role("status").get_by_text("send: approved").wait_for()
    assert is_fine(page)
    page.goto(f"{url}/editors/words/gu/interface/send")
    page.get_by_text("Families read this").wait_for()
    assert is_fine(page)


def test_right_to_left_words_are_typed_from_right_to_left(desk: tuple[Page, str]) -> None:
    page, url = desk
    sign_in(page, url, URDU)
    page.goto(f"{url}/editors/words/ur?text=send")
    box = page.locator("#text-send")
    assert (box.get_attribute("dir"), box.get_attribute("lang")) == ("rtl", "ur")
    box.fill("ભ")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").wait_for()
    assert is_fine(page)
