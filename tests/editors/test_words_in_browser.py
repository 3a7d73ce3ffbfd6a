"""The message desk in a real browser: every page clean for axe and fitting a phone; what is typed is kept."""

from playwright.sync_api import Page

from tests.editors.conftest import APPROVER, EDITOR, GUJARATI, PASSWORD
from tests.editors.test_files import PO, TITLE
from tests.web.browsing import violations
from tests.web.test_pages_in_browser import overflow

BED, FILES = "/editors/messages/safer_sleep/bed_sharing", "/editors/files"
PAGES = {
    EDITOR: ("/editors/messages", f"{BED}/en", BED, f"{BED}/en/history", f"{BED}/ur", "/editors/try", FILES),
    GUJARATI: (f"{BED}/gu", "/editors/messages?language=gu", "/editors/approvals"),
    APPROVER: (f"{BED}/en/1/approve", "/editors/approvals?language=en"),
}


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


def test_a_file_is_looked_at_made_a_suggestion_and_put_into_the_form(desk: tuple[Page, str]) -> None:
    page, url = desk
    sign_in(page, url, GUJARATI)
    for name, told in (
        ("broken.po", "Nothing was imported"),
        ("messages.po", "1 message is worded otherwise than here"),
    ):
        page.goto(url + FILES)
        words = PO if name == "messages.po" else "msgid"
        page.set_input_files("#file", {"name": name, "mimeType": "text/plain", "buffer": words.encode()})
        page.get_by_role("button", name="Look at it first").click()
        page.get_by_text(told).wait_for()
        assert violations(page) == [], name
        assert overflow(page) <= 0, name
    page.get_by_role("button", name="Make 1 suggestion").click()
    page.get_by_text("1 suggestion made.").wait_for()
    assert violations(page) == []
    page.goto(f"{url}{BED}/gu")
    page.get_by_role("button", name="Leave it out").click()
    page.get_by_text("Suggestions left out (1)").click()
    assert violations(page) == []
    page.get_by_role("button", name="Bring it back").click()
    page.get_by_text("Brought back.").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Put it into the form").click()
    page.get_by_text("A suggestion is in the form below.").wait_for()
    assert page.locator("#title").input_value() == TITLE
    assert violations(page) == []
    assert overflow(page) <= 0


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
