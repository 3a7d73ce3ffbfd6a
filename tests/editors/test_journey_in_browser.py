"""From an editor's browser to a Gujarati family's: a safety edit goes round, self-approval is refused, words go back.

In a real browser on both databases. The bot is not there: the family presses a choice, which needs none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page

from api.main import create_app
from tests.editors.conftest import (
    APPROVER,
    EDITOR,
    GUJARATI,
    PASSWORD,
    SECOND_APPROVER,
    SECOND_GUJARATI,
    add_people,
    room_settings,
)
from tests.sms.serving import served
from tests.web import browsing

BED = "/editors/messages/safer_sleep/bed_sharing"
LINE = "There is a new line."
GUJARATI_LINE = "નવી લીટી છે."


@dataclass
class Two:
    """A family's page and a colleague's, in browsers of their own."""

    url: str
    family: Page
    staff: Page

    def asked(self) -> tuple[str, list[str]]:
        """The language and words of the answer to one more question, in a conversation that goes on."""
        before = self.family.locator("#log > .ours").count()
        self.family.locator(".choices button").first.click()
        self.family.locator("#log > .ours").nth(before).wait_for()
        messages = self.family.locator("#log > .ours").last.locator(".message")
        return messages.first.get_attribute("lang") or "", messages.all_inner_texts()

    def sign_in(self, email: str) -> None:
        self.staff.context.clear_cookies()
        self.staff.goto(f"{self.url}/sign-in")
        self.staff.fill("#email", email)
        self.staff.fill("#password", PASSWORD)
        self.staff.get_by_role("button", name="Sign in").click()
        self.staff.get_by_role("button", name="Sign out").wait_for()

    def write(self, by: str, language: str, line: str, change: str = "") -> None:
        """Adds a line to the web text and saves; a doubt is looked at and ticked."""
        self.sign_in(by)
        self.staff.goto(f"{self.url}{BED}/{language}")
        self.staff.fill("#web", f"{self.staff.input_value('#web')} {line}")
        if change:
            self.staff.check(f"#change-{change}")
        self.staff.get_by_role("button", name="Save", exact=True).click()
        if self.staff.locator("#sure").count():
            self.staff.check("#sure")
            self.staff.get_by_role("button", name="Save", exact=True).click()
        self.staff.get_by_text("A second person must approve it.").wait_for()

    def approve(self, by: str, language: str) -> None:
        self.sign_in(by)
        self.staff.goto(f"{self.url}{BED}/{language}")
        self.staff.get_by_role("link", name="and approve it").click()
        self.staff.get_by_role("button", name="I have read it: approve").click()
        self.staff.get_by_text("Families read it from their next message on.").wait_for()

    def follow(self, by: str, language: str, link: str, button: str) -> None:
        """A decision taken from the history."""
        self.sign_in(by)
        self.staff.goto(f"{self.url}{BED}/{language}/history")
        self.staff.get_by_role("link", name=link).first.click()
        self.staff.get_by_role("button", name=button).click()
        self.staff.locator(".done").wait_for()


@pytest.fixture
def two(browser: Browser, database_url: str) -> Iterator[Two]:
    strays: list[str] = []
    app = create_app(room_settings(database_url))
    with TestClient(app), served(app) as url:
        add_people(app)
        contexts = [browsing.open_context(browser, url, strays) for _ in range(2)]
        family, staff = (context.new_page() for context in contexts)
        family.goto(f"{url}/?language=gu")
        yield Two(url, family, staff)
        for context in contexts:
            context.close()
    assert strays == []


def test_a_safety_edit_goes_round_between_two_browsers(two: Two) -> None:
    two.approve(APPROVER, "en")
    two.approve(GUJARATI, "gu")
    first = two.asked()
    assert first[0] == "gu"
    two.write(EDITOR, "en", LINE, "safety")
    assert two.asked() == first, "nobody has approved the new English"
    two.approve(APPROVER, "en")
    language, texts = two.asked()
    assert language == "gu", "the line that says so is in Gujarati"
    assert LINE in " ".join(texts)
    two.write(GUJARATI, "gu", GUJARATI_LINE)
    assert two.staff.get_by_role("link", name="and approve it").count() == 0, "never one's own"
    assert two.staff.get_by_text("by somebody else than you").count() == 1
    two.staff.goto(f"{two.url}{BED}/gu/2/approve")
    two.staff.get_by_text("A second person must approve them.").wait_for()
    assert two.staff.locator("#decide").count() == 0
    two.approve(SECOND_GUJARATI, "gu")
    language, texts = two.asked()
    assert language == "gu"
    assert GUJARATI_LINE in " ".join(texts)
    assert LINE not in " ".join(texts)


def test_words_go_back_and_are_withdrawn_in_a_browser(two: Two) -> None:
    two.approve(APPROVER, "en")
    two.approve(GUJARATI, "gu")
    first = two.asked()
    two.write(GUJARATI, "gu", GUJARATI_LINE)
    two.approve(SECOND_GUJARATI, "gu")
    assert GUJARATI_LINE in " ".join(two.asked()[1])
    two.follow(GUJARATI, "gu", "Go back to this", "Serve these words again")
    assert two.asked() == first
    two.follow(SECOND_GUJARATI, "gu", "Withdraw it", "Withdraw these words")
    assert first[1][0] not in two.asked()[1], "English, with the line that says so"
    two.follow(SECOND_APPROVER, "en", "Withdraw it", "Withdraw these words")
    assert two.asked()[1], "never silence"
