"""Bumpline on another site's page: opened, used, left, with cookies blocked."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Frame, Page, Route, expect

from api.launch.processes import Stack
from tests.web.browsing import EXIT, NOT_BREATHING, WIDE, ask, violations, with_weather, word
from tests.web.conftest import MakeContext


def opened(open_context: MakeContext, stack: Stack, language: str = "en", **options: object) -> Page:
    page = open_context(**options).new_page()
    page.goto(f"{stack.url}/widget/example?language={language}")
    return page


def frame_of(page: Page) -> Frame:
    page.locator("button.open").click()
    page.frame_locator("iframe").locator("#text").wait_for()
    return next(frame for frame in page.frames if "/widget" in frame.url and frame != page.main_frame)


def test_it_opens_on_its_heading_and_gives_the_focus_back(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack, viewport=WIDE)
    frame = frame_of(page)
    expect(frame.locator("#title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("iframe")).to_be_hidden()
    assert page.evaluate("document.querySelector('div').shadowRoot.activeElement.className") == "open"


def test_what_was_said_is_still_there_after_closing(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack, viewport=WIDE)
    frame = frame_of(page)
    ask(frame, NOT_BREATHING)
    page.locator("button.close").click()
    page.locator("button.open").click()
    expect(frame.locator("#log > .theirs")).to_have_count(1)
    page.reload()
    again = frame_of(page)
    expect(again.locator("#log > .theirs")).to_have_count(1)


@pytest.mark.parametrize("language", ["en", "gu", "ur"])
def test_it_speaks_the_language_the_site_asks_for(open_context: MakeContext, stack: Stack, language: str) -> None:
    page = opened(open_context, stack, language, viewport=WIDE)
    expect(page.locator("button.open")).to_have_text(word("widget_open", language))
    frame = frame_of(page)
    expect(frame.locator("html")).to_have_attribute("lang", language)
    ask(frame, NOT_BREATHING)
    assert violations(page) == []


def test_on_a_small_phone_it_fills_the_screen_and_hides_the_rest(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack)
    frame_of(page)
    box = page.locator("[role=dialog]").bounding_box()
    assert box
    assert (box["width"], box["height"]) == (320, 640)
    assert page.evaluate("document.querySelector('main').inert")
    page.locator("button.close").click()
    assert not page.evaluate("document.querySelector('main').inert")


def test_a_change_of_language_keeps_the_conversation(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack, viewport=WIDE)
    frame = frame_of(page)
    ask(frame, NOT_BREATHING)
    frame.locator("#languages button[value=ur]").click()
    expect(frame.locator("html")).to_have_attribute("lang", "ur")
    expect(frame.locator("#log > .theirs")).to_have_count(1)


def test_deleting_forgets_it_in_the_tab_too(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack, viewport=WIDE)
    frame = frame_of(page)
    ask(frame, NOT_BREATHING)
    frame.locator("footer form button").click()
    frame.locator("[name=sure]").click()
    expect(frame.locator("#deleted")).to_be_visible()
    page.reload()
    expect(frame_of(page).locator("#log > .theirs")).to_have_count(0)


def test_the_exit_leaves_the_whole_page(open_context: MakeContext, stack: Stack) -> None:
    page = opened(open_context, stack, viewport=WIDE)
    with_weather(page.context)
    frame = frame_of(page)
    ask(frame, NOT_BREATHING)
    with page.expect_request("**/widget/forget"):
        frame.locator("#exit").click()
    page.wait_for_url(EXIT)


class _Host(BaseHTTPRequestHandler):
    """Another site, on another origin, with a strict policy of its own."""

    bumpline = ""

    def do_GET(self) -> None:
        script = f'<script src="{self.bumpline}/embed.js" data-language="gu" async></script>'
        body = f'<!doctype html><html lang="en"><title>School</title><body><h1>School</h1>{script}'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        policy = f"default-src 'none'; script-src {self.bumpline}; frame-src {self.bumpline}; style-src 'self'"
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def another_site(stack: Stack) -> Iterator[str]:
    handler = type("Host", (_Host,), {"bumpline": stack.url})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def allow(page: Page, stack: Stack, site: str) -> None:
    """Another site is on another origin; and it may frame us, as with EMBED_ORIGINS set."""

    def framed(route: Route) -> None:
        answer = route.fetch()
        headers = {**answer.headers, "content-security-policy": f"frame-ancestors {site}"}
        route.fulfill(response=answer, headers=headers)

    page.context.route(f"{site}/**", lambda route: route.continue_())
    page.context.route(f"{stack.url}/widget*", framed)


def test_it_works_on_another_site_with_storage_blocked(
    open_context: MakeContext, stack: Stack, another_site: str
) -> None:
    page = open_context(viewport=WIDE).new_page()
    allow(page, stack, another_site)
    page.context.add_init_script(
        "for (const name of ['sessionStorage', 'localStorage'])"
        " Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError') } })"
    )
    page.goto(another_site)
    expect(page.locator("button.open")).to_have_css("position", "fixed")
    frame = frame_of(page)
    ask(frame, NOT_BREATHING)
    ask(frame, "my waters broke")
    expect(frame.locator("#log > .theirs")).to_have_count(2)
    assert page.context.cookies() == []


def test_another_site_may_not_frame_it_unless_named(open_context: MakeContext, stack: Stack, another_site: str) -> None:
    page = open_context(viewport=WIDE).new_page()
    page.context.route(f"{another_site}/**", lambda route: route.continue_())
    page.goto(another_site)
    page.locator("button.open").click()
    page.wait_for_timeout(500)
    expect(page.frame_locator("iframe").locator("#text")).to_have_count(0)
