"""Pictures of the main states: `python -m tests.web.screenshots --url http://127.0.0.1:8000 --out docs/pictures`.

Needs a running Bumpline in demonstration mode, and fonts for the scripts shown (Debian: fonts-noto-core).
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.web import browsing
from tests.web.browsing import NARROW, NOT_BREATHING, WIDE, ask, choose_language

SIZES = {"narrow": NARROW, "wide": WIDE}
LANGUAGES = ("en", "gu", "ur")
NEED = "I need help to stop smoking"
POSTCODE = "LE1 1AA"


def first_open(page: Page) -> None:
    page.wait_for_selector("#log .choices")


def an_answer(page: Page) -> None:
    before = page.locator("#log > .ours").count()
    page.locator("#log .choices button").first.click()
    page.locator("#log > .ours").nth(before).wait_for()


def danger(page: Page) -> None:
    ask(page, NOT_BREATHING)


def services(page: Page) -> None:
    ask(page, NEED)
    ask(page, POSTCODE)


def offline(page: Page) -> None:
    page.context.set_offline(True)
    page.fill("#text", NEED)
    page.click("#send")
    page.wait_for_selector("#problem p")


def deleting(page: Page) -> None:
    an_answer(page)
    page.locator("footer button").click()
    page.wait_for_selector("[name=sure]")


def privacy(page: Page) -> None:
    page.locator("footer a").click()
    page.wait_for_selector(".back")


STATES: dict[str, Callable[[Page], None]] = {
    "first-open": first_open,
    "answer": an_answer,
    "urgent": danger,
    "services": services,
    "offline": offline,
    "delete": deleting,
    "privacy": privacy,
}


def take(browser: Browser, url: str, out: Path) -> None:
    for size, viewport in SIZES.items():
        for language in LANGUAGES:
            for state, reach in STATES.items():
                page = _opened(browser, url, viewport, language)
                reach(page)
                page.screenshot(path=out / f"{state}-{language}-{size}.png")
                page.context.close()
            _widget(browser, url, out / f"widget-{language}-{size}.png", viewport, language)


def _opened(browser: Browser, url: str, viewport: dict[str, int], language: str) -> Page:
    page = browser.new_context(viewport=viewport, locale="en-GB").new_page()  # type: ignore[arg-type]
    page.goto(url)
    choose_language(page, language)
    return page


def _widget(browser: Browser, url: str, path: Path, viewport: dict[str, int], language: str) -> None:
    page = browser.new_context(viewport=viewport, locale="en-GB").new_page()  # type: ignore[arg-type]
    page.goto(f"{url}/widget/example?language={language}")
    page.locator("button.open").click()
    page.frame_locator("iframe").locator("#log .choices button").first.click()
    page.frame_locator("iframe").locator("#latest").wait_for()
    page.screenshot(path=path)
    page.context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--out", type=Path, default=Path("docs/pictures"))
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = browsing.launch(playwright)
        take(browser, asked.url.rstrip("/"), asked.out)
        browser.close()


if __name__ == "__main__":
    main()
