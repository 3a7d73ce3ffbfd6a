"""What the script adds: keyboard, announcements, waiting, losing the line, leaving in a hurry."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from api.launch.processes import Stack
from tests.web.browsing import EXIT, NOT_BREATHING, ask, with_weather, word
from tests.web.conftest import MakeContext

COVERED = """() => {
  const focused = document.activeElement, box = focused.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
  const isSeen = focused === document.body || focused.contains(top) || (top && top.contains(focused));
  return isSeen ? "" : focused.outerHTML;
}"""


def opened(open_context: MakeContext, stack: Stack, **options: object) -> Page:
    page = open_context(**options).new_page()
    page.goto(stack.url)
    return page


def held_up(page: Page) -> list[Route]:
    """Questions wait here until the test lets them through."""
    held: list[Route] = []
    page.route("**/chat", lambda route: held.append(route))
    return held


def test_a_keyboard_alone_is_enough(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type("my baby is not breathing")
    page.keyboard.press("Tab")
    expect(page.locator("#send")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".urgent .call")).to_be_visible()


def test_every_control_is_reached_in_order_and_not_hidden(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack)
    ask(page, NOT_BREATHING)
    page.locator("#title").focus()
    for _ in range(page.locator("a:visible, button:visible, summary:visible, textarea").count()):
        page.keyboard.press("Tab")
        covered = page.evaluate(COVERED)
        assert covered == ""


def test_enter_sends_and_focus_stays_in_the_box(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack)
    page.locator("#text").press_sequentially(NOT_BREATHING)
    page.keyboard.press("Enter")
    expect(page.locator(".urgent")).to_be_visible()
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#text")).to_have_value("")


def test_each_new_message_is_announced_once_and_the_list_is_no_live_region(
    open_context: MakeContext, stack: Stack
) -> None:
    page = opened(open_context, stack)
    page.locator("#log .choices button").first.click()
    expect(page.locator("#log > .ours")).to_have_count(2)
    announced = page.locator("#say p")
    expect(announced).to_have_count(page.locator("#log > .ours").last.locator(".message").count())
    assert announced.first.inner_text().startswith("Bumpline: ")
    ask(page, NOT_BREATHING)
    expect(page.locator("#say p")).to_have_count(0)
    expect(page.locator("#say-now p")).to_have_count(1)
    assert page.locator("[aria-live] #log, #log[aria-live], #log[role=log]").count() == 0


def test_working_is_said_once_after_two_seconds(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack)
    held = held_up(page)
    page.evaluate(
        """() => { window.heard = []; new MutationObserver(() => heard.push(say.textContent))
                   .observe(say, { childList: true, subtree: true }) }"""
    )
    page.fill("#text", NOT_BREATHING)
    page.click("#send")
    expect(page.locator("#working")).to_be_hidden()
    expect(page.locator("#working")).to_be_visible(timeout=3000)
    page.wait_for_timeout(2500)
    held[0].fallback()
    expect(page.locator(".urgent")).to_be_visible()
    expect(page.locator("#working")).to_be_hidden()
    assert page.evaluate("heard").count(word("working")) == 1


def test_an_answer_that_takes_too_long_is_given_up_and_the_words_are_kept(
    open_context: MakeContext, stack: Stack
) -> None:
    page = opened(open_context, stack)
    page.clock.install()
    page.route("**/chat", lambda route: None)
    page.fill("#text", "how much milk?")
    page.click("#send")
    page.clock.run_for(20_500)
    expect(page.locator("#problem")).to_contain_text(word("too_slow").split(".")[0])
    expect(page.locator("#text")).to_have_value("how much milk?")
    expect(page.locator("#problem a")).to_have_attribute("href", "tel:999")


def test_offline_keeps_the_words_and_sends_them_later(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack)
    page.context.set_offline(True)
    page.fill("#text", NOT_BREATHING)
    page.click("#send")
    expect(page.locator("#problem")).to_contain_text(word("offline").split(".")[0])
    expect(page.locator("#text")).to_have_value(NOT_BREATHING)
    page.context.set_offline(False)
    page.locator(".again").click()
    expect(page.locator(".urgent")).to_be_visible()
    expect(page.locator("#text")).to_have_value("")
    expect(page.locator("#problem")).to_be_empty()


@pytest.mark.parametrize(
    "answer",
    [
        lambda route: route.abort(),
        lambda route: route.fulfill(status=502, body="<html>Bad gateway</html>", content_type="text/plain"),
    ],
    ids=["no answer", "a proxy's answer"],
)
def test_a_failure_is_said_and_the_words_are_kept(
    open_context: MakeContext, stack: Stack, answer: Callable[[Route], None]
) -> None:
    page = opened(open_context, stack)
    page.route("**/chat", answer)
    page.fill("#text", "how much milk?")
    page.click("#send")
    expect(page.locator("#problem")).to_contain_text(word("failed").split(".")[0])
    expect(page.locator("#text")).to_have_value("how much milk?")


def test_a_text_that_is_too_long_is_told_by_the_server_and_kept(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack)
    page.fill("#text", "a" * 1700)
    page.click("#send")
    expect(page.locator("#problem")).to_contain_text("1700")
    expect(page.locator("#text")).to_have_value("a" * 1700)


def test_the_exit_blanks_the_page_forgets_and_leaves_no_way_back(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack)
    with_weather(page.context)
    ask(page, NOT_BREATHING)
    with page.expect_request("**/chat/forget") as forgotten:
        page.click("#exit")
    page.wait_for_url(EXIT)
    assert forgotten.value.method == "POST"
    page.go_back()
    assert NOT_BREATHING not in page.content()
    page.goto(stack.url)
    expect(page.locator("#log > .theirs")).to_have_count(0)


def test_shift_three_times_leaves_and_capitals_do_not(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack)
    with_weather(page.context)
    page.click("#text")
    for letter in "ABCDE":
        page.keyboard.press(f"Shift+{letter}")
    assert page.url.startswith(stack.url)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(EXIT)


def test_the_exit_is_a_plain_link_without_script(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack, java_script_enabled=False)
    with_weather(page.context)
    page.click("#exit")
    page.wait_for_url(EXIT)


def test_two_presses_send_one_message(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack)
    held = held_up(page)
    page.fill("#text", NOT_BREATHING)
    page.dblclick("#send")
    page.wait_for_timeout(300)
    held[0].fallback()
    expect(page.locator(".urgent")).to_be_visible()
    assert len(held) == 1
    page.reload()
    expect(page.locator("#log > .theirs")).to_have_count(1)
