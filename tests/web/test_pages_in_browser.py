"""The page in a real browser: every language, narrow and wide, with and without its script."""

import pytest
from playwright.sync_api import Page, expect

from api.launch.processes import Stack
from tests.web.browsing import LANGUAGES, NARROW, NOT_BREATHING, WIDE, ask, choose_language, violations, word
from tests.web.conftest import MakeContext

SIZES = [pytest.param(NARROW, id="narrow"), pytest.param(WIDE, id="wide")]
SCRIPT = [pytest.param(True, id="script"), pytest.param(False, id="no-script")]
IN = ["en", "gu", "ur"]
PLACES_OF_DIGITS = """() => [...document.querySelectorAll("#log a[href^=tel]")].map(link => {
  const walker = document.createTreeWalker(link, NodeFilter.SHOW_TEXT), places = [];
  for (let node; (node = walker.nextNode());) [...node.data].forEach((letter, at) => {
    if (!/[0-9]/.test(letter)) return;
    const range = document.createRange();
    range.setStart(node, at); range.setEnd(node, at + 1);
    places.push(Math.round(range.getBoundingClientRect().left));
  });
  return { text: link.textContent, places };
})"""


def opened(open_context: MakeContext, stack: Stack, language: str = "en", **options: object) -> Page:
    page = open_context(**options).new_page()
    page.goto(stack.url)
    if language != "en":
        page.locator(f"#languages button[value={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
    return page


def overflow(page: Page) -> int:
    """Pixels that stick out sideways. Asked over the protocol, so that it works without the page's script."""
    session = page.context.new_cdp_session(page)
    metrics = session.send("Page.getLayoutMetrics")
    return int(metrics["cssContentSize"]["width"]) - int(metrics["cssLayoutViewport"]["clientWidth"])


@pytest.mark.parametrize("script", SCRIPT)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", IN)
def test_a_family_asks_and_is_answered(
    open_context: MakeContext, stack: Stack, language: str, size: dict[str, int], script: bool
) -> None:
    page = opened(open_context, stack, language, viewport=size, java_script_enabled=script)
    expect(page.locator("html")).to_have_attribute("dir", LANGUAGES[language].direction)
    page.locator("#log .choices button").first.click()
    expect(page.locator("#log > .ours")).to_have_count(2)
    ask(page, NOT_BREATHING)
    urgent = page.locator("#log > .ours").last.locator(".urgent")
    expect(urgent.locator(".call")).to_have_attribute("href", "tel:999")
    expect(urgent.locator(".flag")).to_have_text(word("urgent", language))
    expect(urgent.locator(".message")).to_have_attribute("lang", language)
    expect(urgent.locator(".message")).to_have_attribute("dir", LANGUAGES[language].direction)
    assert overflow(page) <= 0


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", IN)
def test_no_page_breaks_a_rule_of_accessibility(
    open_context: MakeContext, stack: Stack, language: str, size: dict[str, int]
) -> None:
    page = opened(open_context, stack, language, viewport=size)
    assert violations(page) == []
    ask(page, NOT_BREATHING)
    ask(page, "I need help to stop smoking")
    ask(page, "LE1 1AA")
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    assert violations(page) == []
    page.context.set_offline(True)
    page.fill("#text", "x")
    page.click("#send")
    page.wait_for_selector("#problem p")
    assert violations(page) == []
    page.context.set_offline(False)
    for address in ("/privacy", "/widget", "/widget/example"):
        page.goto(stack.url + address)
        assert violations(page) == [], address
    page.goto(stack.url)
    page.locator("footer button").click()
    page.wait_for_selector("[name=sure]")
    assert violations(page) == []


@pytest.mark.parametrize("language", IN)
def test_with_and_without_script_the_markup_is_the_same(open_context: MakeContext, stack: Stack, language: str) -> None:
    page = opened(open_context, stack, language)
    ask(page, NOT_BREATHING)
    page.locator("#log .choices button").first.click()
    expect(page.locator("#log > .ours")).to_have_count(3)
    by_script = page.locator("#log").inner_html()
    page.reload()
    assert page.locator("#log").inner_html().split() == by_script.split()


def test_services_near_a_postcode_can_be_phoned(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack)
    ask(page, "I need help to stop smoking")
    ask(page, "LE1 1AA")
    assert page.locator(".services a[href^='tel:']").count() > 0
    expect(page.locator(".services > li").first).to_contain_text(word("not_assured"))


def test_targets_are_large_enough_for_a_thumb(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack)
    ask(page, NOT_BREATHING)
    for target in page.locator("button:visible, .exit, .call, summary, .danger a").all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= 44, target.inner_text()
        assert box["width"] >= 44, target.inner_text()


def test_text_can_be_enlarged_four_times_without_reading_sideways(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack, viewport={"width": 320, "height": 256})
    ask(page, NOT_BREATHING)
    assert overflow(page) <= 0
    expect(page.locator("#composer")).to_have_css("position", "static")


@pytest.mark.parametrize("language", IN)
def test_every_number_is_read_from_left_to_right(open_context: MakeContext, stack: Stack, language: str) -> None:
    page = opened(open_context, stack, language)
    ask(page, "my waters broke")
    ask(page, "I need help to stop smoking")
    ask(page, "LE1 1AA")
    expect(page.locator(".call")).to_have_attribute("href", "tel:01162586111")
    numbers = page.evaluate(PLACES_OF_DIGITS)
    assert len(numbers) >= 4
    for number in numbers:
        assert number["places"] == sorted(number["places"]), number["text"]


def test_the_whole_page_follows_when_a_family_changes_language_in_words(
    open_context: MakeContext, stack: Stack
) -> None:
    page = opened(open_context, stack)
    ask(page, NOT_BREATHING)
    page.fill("#text", "talk to me in Urdu")
    page.click("#send")
    expect(page.locator("html")).to_have_attribute("lang", "ur")
    expect(page.locator("#log > .theirs")).to_have_count(2)


def test_a_choice_of_language_keeps_what_was_said(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack)
    ask(page, NOT_BREATHING)
    choose_language(page, "gu")
    expect(page.locator("#log > .theirs")).to_contain_text(NOT_BREATHING)


@pytest.mark.parametrize("script", SCRIPT)
def test_a_family_deletes_the_conversation(open_context: MakeContext, stack: Stack, script: bool) -> None:
    page = opened(open_context, stack, java_script_enabled=script)
    ask(page, NOT_BREATHING)
    page.locator("footer form button").click()
    page.get_by_text(word("delete_no")).click()
    expect(page.locator("#log")).to_contain_text(NOT_BREATHING)
    page.locator("footer form button").click()
    page.locator("[name=sure]").click()
    expect(page.locator("#deleted")).to_have_text(word("deleted"))
    expect(page.locator("#log")).not_to_contain_text(NOT_BREATHING)
