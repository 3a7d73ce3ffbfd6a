"""Did this help? Asked quietly under an answer, told with and without a script, in the family's language."""

import re

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect
from sqlalchemy import select

from api.conversations.models import Feedback
from api.launch.processes import Stack
from tests.web.browsing import NARROW, NOT_BREATHING, choose_language, violations, word
from tests.web.conftest import MakeContext
from tests.web.forms import CONVERSATION, FRAGMENT, break_database, parts, say
from tests.web.test_pages_in_browser import overflow

IN = ["en", "gu", "ur"]


def verdicts(client: TestClient) -> list[tuple[bool, str | None, str]]:
    with parts(client).database.read() as session:
        return [(row.helped, row.reason, row.detail) for row in session.scalars(select(Feedback))]


def answered(client: TestClient) -> str:
    """A question that was answered; returns the id of its reply."""
    choice = re.search(r'name="choice" value="([^"]+)"', client.get("/").text)
    assert choice
    client.post("/chat", data={"choice": choice[1]})
    found = re.search(r'name="reply" value="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


@pytest.mark.parametrize("language", IN)
def test_a_family_says_so_with_forms_alone_and_may_change_its_mind(client: TestClient, language: str) -> None:
    client.post("/language", data={"language": language})
    reply = answered(client)
    page = client.get("/").text
    assert page.count(word("feedback_ask", language)) == 1
    assert page.count('aria-pressed="false"') == 2
    assert word("report_title", language) not in page
    done = client.post("/feedback", data={"reply": reply, "helped": "yes"}, follow_redirects=False)
    assert (done.status_code, done.headers["location"]) == (303, f"/#help-{reply}")
    page = client.get("/").text
    assert word("feedback_thanks", language) in page
    assert page.count('aria-pressed="true"') == 1
    client.post("/feedback", data={"reply": reply, "helped": "no"})
    assert word("report_title", language) in client.get("/").text
    why = {"reply": reply, "helped": "no", "told": "why"}
    missing = client.post("/feedback", data={**why, "detail": "my words\r\nstay"})
    assert missing.status_code == 422
    assert word("report_choose", language) in missing.text
    assert "my words\nstay</textarea>" in missing.text
    assert "autofocus" in missing.text
    client.post("/feedback", data={**why, "reason": "unclear", "detail": "my words"})
    assert word("report_thanks", language) in client.get("/").text
    assert verdicts(client) == [(False, "unclear", "my words")]
    client.post("/feedback", data={"reply": reply, "helped": "yes"})
    assert verdicts(client) == [(True, None, "")]


def test_nobody_is_asked_in_danger_or_after_a_loss(client: TestClient) -> None:
    ask = word("feedback_ask")
    assert ask not in client.get("/").text
    say(client, NOT_BREATHING)
    assert ask not in client.get("/").text
    answered(client)
    assert ask in client.get("/").text
    say(client, "we lost our baby last week")
    assert ask not in client.get("/").text


def test_danger_in_the_words_is_answered_at_once(client: TestClient) -> None:
    reply = answered(client)
    why = {"reply": reply, "helped": "no", "told": "why", "detail": NOT_BREATHING}
    for reason in ("", "other"):
        for headers in ({}, FRAGMENT):
            shown = client.post("/feedback", data={**why, "reason": reason}, headers=headers)
            assert shown.status_code == 200
            assert 'class="call" href="tel:999"' in shown.text
    break_database(client)
    shown = client.post("/feedback", data={**why, "reason": "other"})
    assert 'class="call" href="tel:999"' in shown.text


def test_a_script_gets_the_part_alone(client: TestClient) -> None:
    reply = answered(client)
    done = client.post("/feedback", data={"reply": reply, "helped": "no"}, headers=FRAGMENT)
    assert done.text.strip().startswith(f'<div class="help" id="help-{reply}">')
    again = client.post("/feedback", data={"reply": reply, "helped": "no", "told": "why"}, headers=FRAGMENT)
    assert again.status_code == 422
    assert word("report_choose") in again.text


def test_the_widget_carries_its_conversation_in_the_form(client: TestClient) -> None:
    choice = re.search(r'name="choice" value="([^"]+)"', client.get("/widget").text)
    assert choice
    client.post("/widget/chat", data={"choice": choice[1], "language": "en"})
    with parts(client).database.read() as session:
        conversation = session.connection().exec_driver_sql("SELECT id FROM conversation").scalar_one()
    page = client.post("/widget", data={"conversation": conversation, "language": "en"}).text
    form = re.search(r'<form method="post" action="/widget/feedback">(.*?)</form>', page, re.DOTALL)
    assert form
    said = dict(re.findall(r'name="(\w+)" value="([^"]+)"', form[1].split("<p", 1)[0]))
    assert set(said) == {"conversation", "language", "reply"}
    assert word("feedback_thanks") in client.post("/widget/feedback", data={**said, "helped": "yes"}).text
    assert verdicts(client) == [(True, None, "")]


def test_strange_forms_are_no_failure_of_ours_and_keep_nothing(client: TestClient) -> None:
    reply = answered(client)
    for said in ({}, {"reply": "x"}, {"reply": "\x00", "helped": "yes"}, {"reply": reply, "helped": "maybe"},
                 {"reply": reply, "helped": "no", "told": "why", "reason": "other", "detail": "x" * 600}):  # fmt: skip
        assert 400 <= client.post("/feedback", data=said).status_code < 500
    other = client.post("/feedback", data={"reply": reply, "helped": "yes"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert other.status_code == 403
    assert client.get("/feedback", follow_redirects=False).headers["location"] == "/"
    assert client.get("/widget/feedback", follow_redirects=False).headers["location"] == "/widget"
    del client.cookies[CONVERSATION]
    assert client.post("/feedback", data={"reply": reply, "helped": "yes"}).status_code == 404
    assert verdicts(client) == []


def asked(page: Page, stack: Stack, language: str) -> None:
    page.goto(stack.url)
    if language != "en":
        page.locator(f"#languages button[value={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
    page.locator("#log .choices button").first.click()
    page.locator(".help").wait_for()
    page.wait_for_load_state()  # without a script it is a new page, whose style may come later


@pytest.mark.parametrize("script", [pytest.param(True, id="script"), pytest.param(False, id="no-script")])
@pytest.mark.parametrize("language", IN)
def test_in_a_browser_it_is_told_in_place(open_context: MakeContext, stack: Stack, language: str, script: bool) -> None:
    page = open_context(viewport=NARROW, java_script_enabled=script).new_page()
    asked(page, stack, language)
    no = page.locator(".help [value=no]").first
    for button in page.locator(".help button").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["width"] >= 44
    no.click()
    expect(no).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".help .told")).to_have_text(word("feedback_thanks", language))
    if script:
        expect(no).to_be_focused()
        expect(page.locator("#say")).to_have_text(word("feedback_thanks", language))
    page.locator(".help summary").click()
    assert overflow(page) <= 0
    page.locator(".help details button").click()
    expect(page.locator(".help .told")).to_have_text(word("report_choose", language))
    assert overflow(page) <= 0
    if script:
        assert violations(page) == []
        expect(page.locator(".help [name=reason]").first).to_be_focused()
    page.locator(".help [value=unclear]").check()
    page.locator(".help textarea").fill("x")
    page.locator(".help details button").click()
    expect(page.locator(".help .told")).to_have_text(word("report_thanks", language))
    expect(page.locator(".help details")).to_have_count(0)
    if script:
        expect(page.locator("#say")).to_have_text(word("report_thanks", language))
        assert violations(page) == []


def test_without_a_line_nothing_is_lost_and_it_can_be_sent_again(open_context: MakeContext, stack: Stack) -> None:
    page = open_context(viewport=NARROW).new_page()
    asked(page, stack, "en")
    page.context.set_offline(True)
    page.locator(".help [value=yes]").click()
    page.wait_for_selector("#problem .again")
    page.context.set_offline(False)
    page.locator("#problem .again").click()
    expect(page.locator(".help [value=yes]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#problem")).to_be_empty()


def test_danger_told_there_is_said_aloud_and_shown_as_an_answer(open_context: MakeContext, stack: Stack) -> None:
    page = open_context(viewport=NARROW).new_page()
    asked(page, stack, "en")
    page.locator(".help [value=no]").first.click()
    page.locator(".help summary").click()
    page.locator(".help [value=other]").check()
    page.locator(".help textarea").fill(NOT_BREATHING)
    page.locator(".help details button").click()
    expect(page.locator("#log > .ours").last.locator(".call")).to_have_attribute("href", "tel:999")
    expect(page.locator("#say-now")).not_to_be_empty()
    choose_language(page, "ur")
