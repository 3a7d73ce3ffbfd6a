"""How much a family's phone must fetch. Figures are bytes as sent, compressed."""

import gzip

import pytest
from playwright.sync_api import Page, Response

from api.launch.processes import Stack
from tests.web.browsing import NOT_BREATHING, ask
from tests.web.conftest import MakeContext

KB = 1024


def sent(open_context: MakeContext, stack: Stack, address: str, **options: object) -> tuple[Page, dict[str, int]]:
    """Address -> bytes that came over the line, headers and all."""
    page = open_context(**options).new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(stack.url + address, wait_until="networkidle")
    sizes = {}
    for answer in answers:
        weighed = answer.request.sizes()
        sizes[answer.url.removeprefix(stack.url)] = weighed["responseBodySize"] + weighed["responseHeadersSize"]
    return page, sizes


@pytest.mark.parametrize("language", ["en", "gu", "ur"])
def test_a_first_open_is_under_30_kb(open_context: MakeContext, stack: Stack, language: str) -> None:
    page, sizes = sent(open_context, stack, "/", locale=language)
    assert page.locator("html").get_attribute("lang") == language
    assert sum(sizes.values()) <= 30 * KB, sizes


def test_the_widget_is_under_15_kb_of_script_and_style(open_context: MakeContext, stack: Stack) -> None:
    _, sizes = sent(open_context, stack, "/widget")
    ours = {name: size for name, size in sizes.items() if ".js" in name or ".css" in name}
    assert len(ours) == 2
    loader = sent_alone(open_context, stack, "/embed.js")
    assert loader <= 2 * KB
    assert sum(ours.values()) + loader <= 15 * KB


def sent_alone(open_context: MakeContext, stack: Stack, address: str) -> int:
    body = open_context().request.get(stack.url + address).body()
    return len(gzip.compress(body, 6))


def test_one_turn_is_under_2_kb(open_context: MakeContext, stack: Stack) -> None:
    page, _ = sent(open_context, stack, "/")
    turns: list[Response] = []
    page.on("response", lambda answer: turns.append(answer))
    ask(page, NOT_BREATHING)
    page.locator("#log .choices button").first.click()
    page.locator("#log > .ours").nth(2).wait_for()
    weights = [turn.request.sizes()["responseBodySize"] for turn in turns if turn.url.endswith("/chat")]
    assert len(weights) == 2
    assert max(weights) <= 2 * KB, weights


def test_nothing_is_asked_of_anyone_else(open_context: MakeContext, stack: Stack) -> None:
    """open_context fails any test that reaches beyond our origin; here every request is listed too."""
    page, sizes = sent(open_context, stack, "/")
    ask(page, NOT_BREATHING)
    asked: set[str] = {name.split("?")[0] for name in sizes}
    assert asked == {"/", "/static/chat.css", "/static/chat.js", "/static/icon.svg"}
