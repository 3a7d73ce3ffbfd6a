"""The pages for languages and topics in a real browser, without script: clean for axe, and fitting a phone."""

from playwright.sync_api import Page

from tests.editors.conftest import ADMIN, APPROVER, EDITOR
from tests.editors.test_words_in_browser import sign_in
from tests.web.browsing import violations
from tests.web.test_pages_in_browser import overflow

LANGUAGES, TOPICS = "/editors/languages", "/editors/topics"
PAGES = {
    ADMIN: (LANGUAGES, f"{LANGUAGES}/add-one", f"{LANGUAGES}/add-one?other=1", f"{LANGUAGES}/ur", f"{TOPICS}/new"),
    APPROVER: (TOPICS, f"{TOPICS}/safer_sleep/bed_sharing", f"{LANGUAGES}/ti"),
}


def check(page: Page, where: str) -> None:
    assert violations(page) == [], where
    assert overflow(page) <= 0, where


def test_a_language_and_a_question_are_added_and_every_page_is_clean_and_fits(desk: tuple[Page, str]) -> None:
    page, url = desk
    sign_in(page, url, ADMIN)
    page.goto(f"{url}{LANGUAGES}/add-one")
    page.get_by_label("Language", exact=True).select_option("ti")
    page.get_by_role("button", name="Go on").click()
    check(page, "a new language")
    page.get_by_label("Words for STOP", exact=True).fill("yes")
    page.get_by_role("button", name="Propose the language").click()
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.id") == "stop"
    check(page, "a fault")
    page.get_by_label("Words for STOP", exact=True).fill("ኣቋርጽ")
    page.get_by_role("button", name="Propose the language").click()
    page.get_by_text("You proposed this.").wait_for()
    check(page, "one's own proposal")
    add_question(page, url)
    look_at_all(page, url)
    approve(page, url)


def add_question(page: Page, url: str) -> None:
    sign_in(page, url, EDITOR)
    page.goto(f"{url}{TOPICS}/new")
    page.get_by_label("Or a new topic").fill("travel")
    page.get_by_label("Short name of the question").fill("flying")
    page.get_by_label("The question as a family would ask it").fill("May I fly?")
    page.get_by_label("What belongs there").fill("Flying in pregnancy.")
    page.get_by_role("button", name="Propose the question").click()
    page.get_by_role("alert").wait_for()
    check(page, "a fault in a question")
    page.get_by_label("Level").select_option("information")
    page.get_by_role("button", name="Propose the question").click()
    page.get_by_role("status").wait_for()


def look_at_all(page: Page, url: str) -> None:
    for email, paths in PAGES.items():
        sign_in(page, url, email)
        for path in paths:
            page.goto(url + path)
            check(page, path)


def approve(page: Page, url: str) -> None:
    page.goto(f"{url}{LANGUAGES}/ti")
    page.get_by_role("button", name="I have checked it: approve").click()
    page.get_by_text("It counts from now on.").wait_for()
    check(page, "an approved language")
    page.goto(f"{url}{TOPICS}/travel/flying")
    page.get_by_role("button", name="I have checked it: approve").click()
    page.get_by_text("offered to no family").wait_for()
    check(page, "an approved question")
    page.goto(f"{url}/?language=ti")
    assert page.locator("html").get_attribute("lang") == "ti"
    check(page, "a family's page in the new language")
