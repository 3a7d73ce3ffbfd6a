"""The read-aloud button: there only where the device itself has a voice of that language."""

import pytest
from playwright.sync_api import Page

from api.launch.processes import Stack
from tests.web import browsing
from tests.web.browsing import word
from tests.web.conftest import MakeContext

DEVICE = """
const said = [], voices = %s.map(([lang, localService]) => ({ lang, localService, name: lang }));
let last = null;
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => voices, cancel: () => { said.push("-"); console.log("silent"); },
  speak: (one) => { said.push([one.voice.lang, one.text]); last = one; },
} });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
window.said = said; window.finish = () => last.onend({ type: "end" });
"""
"""A device with voices. Debian's Chromium has none, and what it would say cannot be heard in a test."""


def opened(open_context: MakeContext, stack: Stack, voices: str | None, language: str = "en") -> Page:
    page = open_context().new_page()
    if voices is not None:
        page.add_init_script(DEVICE % voices)
    page.goto(f"{stack.url}/?language={language}")
    page.locator("#log .message").first.wait_for()
    return page


def test_a_browser_without_voices_has_no_button(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack, None)
    assert page.evaluate("speechSynthesis.getVoices().length") == 0
    assert page.locator(".read").count() == 0


@pytest.mark.parametrize(
    ("language", "voices", "has_button"),
    [
        ("en", '[["en-GB", true]]', True),
        ("en", '[["en_US", true]]', True),
        ("en", '[["en-GB", false]]', False),
        ("ur", '[["hi-IN", true], ["en-GB", true]]', False),
        ("ur", '[["ur-PK", true]]', True),
        ("pa", '[["pa-PK", true]]', False),
        ("pa", '[["pa-IN", true]]', True),
        ("ckb", '[["ku-TR", true]]', False),
    ],
)
def test_only_a_voice_of_the_device_in_the_same_language_counts(
    open_context: MakeContext, stack: Stack, language: str, voices: str, has_button: bool
) -> None:
    page = opened(open_context, stack, voices, language)
    assert (page.locator(".read").count() > 0) == has_button


def test_the_button_reads_line_by_line_and_stops(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack, '[["gu-IN", true]]', "gu")
    button = page.locator(".read").first
    assert button.inner_text() == word("read_aloud", "gu")
    button.click()
    said = page.evaluate("said.filter((one) => one !== '-')")
    assert len(said) > 1
    assert {voice for voice, _ in said} == {"gu-IN"}
    assert button.get_attribute("aria-pressed") == "true"
    assert button.inner_text() == word("stop_reading", "gu")
    button.click()
    assert page.evaluate("said.at(-1)") == "-"
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    page.evaluate("finish()")
    assert button.get_attribute("aria-pressed") == "false"


def test_a_new_answer_can_be_read_and_ends_the_old_reading(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack, '[["en-GB", true]]')
    page.locator(".read").first.click()
    browsing.ask(page, browsing.NOT_BREATHING)
    assert page.locator(".read[aria-pressed=true]").count() == 0
    assert page.locator(".urgent .read").count() == 1
    assert browsing.violations(page) == []


def test_leaving_in_a_hurry_is_silent(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack, '[["en-GB", true]]')
    page.locator(".read").first.click()
    heard: list[str] = []
    page.on("console", lambda line: heard.append(line.text))
    browsing.with_weather(page.context)
    page.locator("#exit").click()
    page.wait_for_url(browsing.EXIT)
    assert "silent" in heard
