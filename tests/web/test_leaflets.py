"""An answer on paper: in every language, in print, with a code that opens the chat in that language."""

import re

import pytest
from fastapi.testclient import TestClient

from api.channels.web.leaflets import chat_address
from api.content.approving import approve
from api.content.source import read_messages, read_topics
from api.launch.processes import Stack
from api.person import Person
from api.settings import ROOT
from api.web.qr import qr_code
from tests.web import browsing
from tests.web.browsing import LANGUAGES, NARROW, WIDE, word
from tests.web.conftest import MakeClient, MakeContext

KEYS = [key for key in read_topics(ROOT / "content") if not key.startswith("conversation/")]
SOURCES = read_messages(ROOT / "content")
BED = "safer_sleep/bed_sharing"
STRONG = "0123456789abcdef" * 2


@pytest.mark.parametrize("key", KEYS)
def test_every_answer_has_a_leaflet_in_every_language(client: TestClient, key: str) -> None:
    for code in LANGUAGES:
        page = client.get(f"/leaflet/{key}?lang={code}")
        assert page.status_code == 200
        assert f'<html lang="{code}" dir="{LANGUAGES[code].direction}"' in page.text
        assert f'<h1 lang="{code}"' in page.text, "the title is in another language"
        assert SOURCES[key].sources[0].url.replace("&", "&amp;") in page.text


@pytest.mark.parametrize(
    "address", ["conversation/welcome", "safer_sleep/nothing", "%3Cscript%3E/x", "%00/x", "a/x%00y", "urgent/.."]
)
def test_what_has_no_leaflet_says_so_and_leads_to_the_chat(client: TestClient, address: str) -> None:
    page = client.get(f"/leaflet/{address}?lang=gu")
    assert page.status_code == 404
    if address != "urgent/..":  # a browser's client shortens it to another address, which has no page
        assert word("leaflet_missing", "gu") in page.text
        assert 'href="/?language=gu"' in page.text


def test_production_prints_nothing_that_nobody_approved(make_client: MakeClient) -> None:
    client = make_client(bumpline_env="production", secret_key=STRONG, bot_token=STRONG)
    for key in KEYS:
        for code in LANGUAGES:
            assert client.get(f"/leaflet/{key}?lang={code}").status_code == 404


def test_production_prints_what_was_approved_and_says_who_stands_behind_it(make_client: MakeClient) -> None:
    client = make_client(bumpline_env="production", secret_key=STRONG, bot_token=STRONG)
    with client.app.state.parts.database.write() as session:  # type: ignore[attr-defined]
        approve(session, key=BED, language=LANGUAGES["en"], number=1, by=Person("A Second Person"))
    page = client.get(f"/leaflet/{BED}?lang=gu")
    assert page.status_code == 200
    assert f'<h1 lang="en" dir="ltr">{SOURCES[BED].title}' in page.text
    assert word("demonstration", "en") not in page.text
    assert word("not_reviewed", "en") not in page.text


def test_the_code_opens_the_chat_in_that_language(client: TestClient) -> None:
    address = chat_address("https://bumpline.test/", "gu")
    assert address == "https://bumpline.test/?language=gu"
    assert "<svg" in qr_code(address)
    page = client.get("/?language=gu")
    assert '<html lang="gu"' in page.text
    assert "bumpline_language=gu" in page.headers["set-cookie"]
    assert '<html lang="gu"' in client.get("/").text
    assert "set-cookie" not in client.get("/?language=xx").headers


def test_an_unknown_language_is_english(client: TestClient) -> None:
    assert '<html lang="en"' in client.get(f"/leaflet/{BED}?lang=xx").text


@pytest.mark.parametrize("language", ["en", "gu", "ur"])
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_a_leaflet_is_accessible_and_prints_on_one_page(
    open_context: MakeContext, stack: Stack, language: str, size: dict[str, int]
) -> None:
    page = open_context(viewport=size).new_page()
    page.goto(f"{stack.url}/leaflet/{BED}?lang={language}")
    assert page.locator("#print").is_visible()
    assert browsing.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator(".code").bounding_box()["width"] >= 100  # type: ignore[index]
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_the_answer_in_the_chat_leads_to_its_leaflet(open_context: MakeContext, stack: Stack) -> None:
    page = open_context().new_page()
    page.goto(stack.url)
    browsing.ask(page, "can my baby sleep in our bed")
    page.locator("details.about summary").last.click()
    page.locator("details.about a[href^='/leaflet/']").last.click()
    page.wait_for_url("**/leaflet/safer_sleep/bed_sharing?lang=en")
    assert page.locator("h1").inner_text() == SOURCES[BED].title


def test_a_leaflet_needs_no_script(open_context: MakeContext, stack: Stack) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{stack.url}/leaflet/{BED}?lang=ur")
    assert not page.locator("#print").is_visible()
    assert page.locator(".message").first.get_attribute("dir") == "rtl"
