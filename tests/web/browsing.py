"""What a person does in the browser, in the words of the tests."""

import re
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Frame, Page, Playwright, Route

from api.content.interface import load_interface
from api.content.languages import load_languages
from api.settings import ROOT

CHROMIUM = Path("/usr/bin/chromium")
FOLDER = Path(__file__).parent / "axe"
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}
LANGUAGES = load_languages(ROOT / "content")
INTERFACE = load_interface(ROOT / "content", ROOT / "locales", list(LANGUAGES), drafts_allowed=True)
NOT_BREATHING = "my baby is not breathing"
EXIT = "https://www.bbc.co.uk/weather"
WEATHER = "the weather"


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])


def open_context(browser: Browser, url: str, strays: list[str], **options: Any) -> BrowserContext:
    """A context in which every request to another origin is stopped and written down in `strays`."""
    context = browser.new_context(**{"locale": "en-GB", "viewport": NARROW, **options})
    context.set_default_timeout(10_000)

    def gate(route: Route) -> None:
        if route.request.url.startswith((url, "data:")):
            route.fallback()
        else:
            strays.append(route.request.url)
            route.abort()

    context.route(re.compile(".*"), gate)
    return context


def with_weather(context: BrowserContext) -> None:
    """The exit's page, without asking for it."""
    context.route(EXIT, lambda route: route.fulfill(body=WEATHER))


def word(key: str, language: str = "en") -> str:
    return INTERFACE.text(key, language)


def choose_language(page: Page, code: str) -> None:
    page.locator(f"#languages button[value={code}]").click()
    page.wait_for_function("code => document.documentElement.lang === code", arg=code)


def ask(page: Page | Frame, text: str) -> None:
    """Writes, sends, and waits for the next answer."""
    before = page.locator("#log > .ours").count()
    page.fill("#text", text)
    page.click("#send")
    page.locator("#log > .ours").nth(before).wait_for()


def violations(page: Page) -> list[str]:
    """What axe finds on the page and in its frames: rule and place."""
    script = _axe()
    for frame in page.frames:
        frame.evaluate(script)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [f"{rule['id']}: {node['target']}" for rule in found["violations"] for node in rule["nodes"]]


def _axe() -> str:
    """axe-core as pinned in tests/web/axe/package.json, else the older one that comes with the Python package."""
    pinned = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
    if not pinned.exists():
        subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=FOLDER, check=False, capture_output=True
        )
    if pinned.exists():
        return pinned.read_text(encoding="utf-8")
    import axe_playwright_python

    return next(Path(axe_playwright_python.__file__).parent.glob("*.js")).read_text(encoding="utf-8")
