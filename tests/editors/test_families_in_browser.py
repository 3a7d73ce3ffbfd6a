"""What families say, on the desk in a real browser: clean for axe and fitting a phone, and taught with a click."""

import shutil
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from api.conversations import feedback
from api.conversations.asking import Verdict
from api.conversations.assembly import Parts
from api.main import create_app
from tests.editors.conftest import EDITOR, add_people, room_settings
from tests.editors.families import BED, conversation, turn
from tests.editors.test_words_in_browser import sign_in
from tests.sms.serving import served
from tests.web import browsing
from tests.web.browsing import NARROW, WIDE, violations
from tests.web.test_pages_in_browser import overflow

PAGES = ("/editors/feedback", "/editors/feedback/counts", "/editors/unanswered", "/editors/examples")


def said(parts: Parts) -> None:
    with parts.database.write() as session:
        for verdict in (Verdict(False, "wrong", "the number is old"), Verdict(True)):
            family = conversation(session)
            feedback.give(session, family.id, turn(session, "can she lie with us", told=BED, family=family), verdict)
        for text in ("is it ok to share", "is it OK to share?", "live at LE1 1AA, one bed"):
            turn(session, text)
        turn(session, "کیا بچہ ہمارے ساتھ سو سکتا ہے", language="ur")


@pytest.mark.parametrize("size", [pytest.param(NARROW, id="narrow"), pytest.param(WIDE, id="wide")])
def test_every_page_is_clean_fits_and_teaches(
    browser: Browser, sqlite_template: Path, tmp_path: Path, size: dict[str, int]
) -> None:
    shutil.copy(sqlite_template, tmp_path / "bumpline.db")
    strays: list[str] = []
    app = create_app(room_settings(f"sqlite:///{tmp_path / 'bumpline.db'}"))
    with TestClient(app), served(app) as url:
        add_people(app)
        said(app.state.parts)
        context = browsing.open_context(browser, url, strays, viewport=size)
        page = context.new_page()
        sign_in(page, url, EDITOR)
        for path in PAGES:
            page.goto(url + path)
            page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
            assert violations(page) == [], path
            assert overflow(page) <= 0, path
        page.goto(f"{url}/editors/unanswered?language=en")
        page.get_by_role("link", name="take that out and add it").click()
        assert page.locator("#text").input_value() == "live at , one bed"
        page.fill("#text", "my baby is not breathing")
        page.get_by_role("button", name=BED, exact=True).click()
        page.get_by_text("There is a problem").wait_for()
        assert violations(page) == []
        assert overflow(page) <= 0
        page.goto(f"{url}/editors/unanswered?language=en")
        page.get_by_role("button", name=BED).first.click()
        page.get_by_text("Added to the examples.").wait_for()
        assert violations(page) == []
        page.get_by_role("button", name="Undo").click()
        page.get_by_text("Removed. If it came").wait_for()
        context.close()
    assert strays == []
