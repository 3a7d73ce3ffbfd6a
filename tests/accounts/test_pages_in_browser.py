"""The pages in a real browser, narrow and wide: accessible, fitting, and an invitation followed to its end."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from api.accounts import audit
from api.accounts.demonstration import Demonstrated, demonstration_people
from api.accounts.totp import code_at
from api.conversations.assembly import Parts
from api.database import now
from tests.accounts.conftest import House, house_settings, opened_house
from tests.sms.serving import served
from tests.web import browsing
from tests.web.browsing import LANGUAGES, NARROW, WIDE, violations
from tests.web.test_pages_in_browser import overflow

SIZES = [pytest.param(NARROW, id="narrow"), pytest.param(WIDE, id="wide")]


@dataclass
class Desk:
    """A page at a running house; `people` can sign in."""

    page: Page
    url: str
    house: House
    people: list[Demonstrated]
    pictures: Path | None

    def sign_in(self, email: str, password: str) -> None:
        self.page.goto(f"{self.url}/sign-in")
        self.page.fill("#email", email)
        self.page.fill("#password", password)
        self.press("Sign in")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def is_fine(self, name: str) -> None:
        """No violation, nothing wider than the window; a picture where a folder for pictures is given."""
        self.page.wait_for_load_state()
        if self.pictures:
            self.page.screenshot(path=self.pictures / f"{name}.png", full_page=True)
        assert violations(self.page) == []
        assert overflow(self.page) <= 0


@pytest.fixture(params=SIZES)
def desk(
    request: pytest.FixtureRequest, browser: Browser, sqlite_template: Path, tmp_path: Path, assembled: Parts
) -> Iterator[Desk]:
    (tmp_path / "bumpline.db").write_bytes(sqlite_template.read_bytes())
    strays = list[str]()
    for house in opened_house(house_settings(f"sqlite:///{tmp_path / 'bumpline.db'}"), assembled):
        with served(house.app) as url:
            house.app.state.parts.settings.public_base_url = url
            people = demonstration_people(house.accounts, list(LANGUAGES))
            context = browsing.open_context(browser, url, strays, viewport=request.param)
            yield Desk(context.new_page(), url, house, people, _folder(request))
            context.close()
    assert strays == []


def test_from_an_invitation_to_a_second_step_and_back_in(desk: Desk) -> None:
    link = _invited(desk)
    desk.press("Sign out")
    desk.page.goto(link)
    desk.is_fine("join")
    desk.page.fill("#password", "three words suffice")
    desk.press("Save and sign in")
    desk.sign_in("new@example.org", "three words suffice")
    recovery = _set_up(desk)
    desk.press("Sign out")
    desk.sign_in("new@example.org", "three words suffice")
    desk.is_fine("code")
    desk.page.fill("#code", recovery)
    desk.press("Continue")
    desk.page.goto(f"{desk.url}/account")
    assert "9 recovery codes are left" in desk.page.locator("main").inner_text()
    desk.is_fine("account")


def _invited(desk: Desk) -> str:
    """The link, after a first form with a gap that is mended."""
    page, admin = desk.page, desk.people[2]
    desk.sign_in(admin.email, admin.password)
    page.goto(f"{desk.url}/accounts/invite")
    page.fill("#email", "new@example.org")
    page.fill("#name", "A new colleague")
    page.check("input[value=approver]")
    page.check("input[value=translator]")
    desk.press("Make the link")
    page.get_by_role("link", name="Choose the languages this translator works in.").click()
    assert page.evaluate("location.hash") == "#languages"
    assert page.is_checked("input[value=approver]")
    desk.is_fine("invite-problem")
    page.check("input[value=gu]")
    desk.press("Make the link")
    desk.is_fine("link")
    return next(word for word in page.locator(".words").inner_text().split() if "/join/" in word)


def _set_up(desk: Desk) -> str:
    """A recovery code, once the app's code was wrong and then right."""
    page = desk.page
    page.wait_for_url("**/second-factor*")
    page.get_by_text("I cannot scan it").click()
    desk.is_fine("second-factor")
    secret = page.locator(".key").inner_text().replace(" ", "")
    page.fill("#code", "000")
    desk.press("Continue")
    desk.is_fine("second-factor-problem")
    page.fill("#code", code_at(secret, now()))
    desk.press("Continue")
    desk.is_fine("codes")
    recovery = page.locator("ol.key li").first.inner_text()
    page.get_by_role("button", name="I have kept them").click()
    return recovery


@pytest.mark.parametrize("path", ["/accounts", "/accounts/invite", "/audit", "/audit?since=yesterday", "/account"])
def test_every_page_of_an_administrator_is_accessible_and_fits(desk: Desk, path: str) -> None:
    _some_history(desk)
    admin = desk.people[2]
    desk.sign_in(admin.email, admin.password)
    desk.page.goto(desk.url + path)
    desk.is_fine("page" + path.replace("/", "-").replace("?", "-"))


def test_the_page_of_a_person_is_accessible_and_fits(desk: Desk) -> None:
    admin = desk.people[2]
    desk.sign_in(admin.email, admin.password)
    desk.page.goto(f"{desk.url}/accounts")
    desk.page.get_by_role("link", name="Demonstration editor").click()
    desk.is_fine("person")
    desk.press("Close the account")
    assert "closed" in desk.page.get_by_role("status").inner_text()
    desk.is_fine("person-closed")


def _some_history(desk: Desk) -> None:
    changes: list[tuple[Any, Any]] = [
        ({"text": "Put your baby on their back to sleep."}, {"text": "Always put your baby on their back to sleep."}),
        (None, {"text": "બાળકને હંમેશા પીઠ પર સુવડાવો."}),
        ({"text": "بچے کو کمر کے بل سلائیں۔"}, {"text": "بچے کو ہمیشہ کمر کے بل سلائیں۔"}),
        ({"link": "https://example.org/" + "long" * 40}, None),
    ]
    with desk.house.database.write() as session:
        for before, after in changes:
            audit.record(
                session,
                by="A person",
                what="message.edited",
                subject="safer_sleep/position",
                before=before,
                after=after,
            )


def _folder(request: pytest.FixtureRequest) -> Path | None:
    """Pictures to look at are made where PICTURES names a folder."""
    named = os.environ.get("PICTURES")
    if not named:
        return None
    folder: Path = Path(named) / request.node.callspec.id.split("-")[0]
    folder.mkdir(parents=True, exist_ok=True)
    return folder
