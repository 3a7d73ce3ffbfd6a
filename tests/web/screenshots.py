"""Pictures of the main states: `python -m tests.web.screenshots --url http://127.0.0.1:8000 --out docs/pictures`.

With `--answers`: one answer about safer sleep, one about booking and one danger, and a leaflet, in every language.

Needs a running Bumpline in demonstration mode, and fonts for the scripts shown (Debian: fonts-noto-core).
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.web import browsing
from tests.web.browsing import NARROW, NOT_BREATHING, WIDE, ask, choose_language

TALL = {"width": 360, "height": 2000}
SIZES = {"narrow": NARROW, "wide": WIDE}
LANGUAGES = ("en", "gu", "ur")
NEED = "I need help to stop smoking"
POSTCODE = "LE1 1AA"
ANSWERS = {
    "safer-sleep": "can my baby sleep in our bed",
    "booking": "when should I see a midwife for the first time",
    "urgent": NOT_BREATHING,
}
LEAFLET = "safer_sleep/bed_sharing"


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


def take_answers(browser: Browser, url: str, out: Path) -> None:
    """Each in a conversation of its own, in the language chosen by hand."""
    for language in browsing.LANGUAGES:
        for state, question in ANSWERS.items():
            page = _opened(browser, url, TALL, language)
            ask(page, question)
            page.locator("#latest ~ .ours, #latest").last.screenshot(path=out / f"{state}-{language}.png")
            page.context.close()
        page = browser.new_context(viewport=NARROW).new_page()  # type: ignore[arg-type]
        page.goto(f"{url}/leaflet/{LEAFLET}?lang={language}")
        page.locator("article").screenshot(path=out / f"leaflet-{language}.png")
        page.context.close()


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
    parser.add_argument("--answers", action="store_true", help="answers and a leaflet, in all languages")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = browsing.launch(playwright)
        shown = take_answers if asked.answers else take
        shown(browser, asked.url.rstrip("/"), asked.out)
        browser.close()


if __name__ == "__main__":
    main()
