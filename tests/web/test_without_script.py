"""The pages as forms alone, in memory: what is stored, what is refused, in which language."""

import re

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text as sql

from api.settings import ROOT
from tests.web.browsing import NOT_BREATHING, word
from tests.web.conftest import MakeClient
from tests.web.forms import CONVERSATION, parts, say, stored


def test_looking_stores_nothing(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "set-cookie" not in page.headers
    assert stored(client) == 0


def test_the_first_words_start_a_conversation_and_lead_back_to_the_page(client: TestClient) -> None:
    answer = client.post("/chat", data={"text": NOT_BREATHING}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/#latest")
    assert stored(client) == 1
    page = client.get("/").text
    assert NOT_BREATHING in page
    assert 'class="call" href="tel:999"' in page


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(make_client: MakeClient) -> None:
    for base, is_secure in (("http://bumpline.test", False), ("https://bumpline.test", True)):
        client = make_client(public_base_url=base)
        cookie = client.post("/chat", data={"text": "hello"}, follow_redirects=False).headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert ("Secure" in cookie) is is_secure


def test_a_choice_needs_no_bot(client: TestClient) -> None:
    label = word_of_first_choice(client)
    client.post("/chat", data={"choice": label, "text": "something half typed"})
    page = client.get("/").text
    assert label in page
    assert "something half typed" not in page
    assert word("sources_and_review") in page


def word_of_first_choice(client: TestClient) -> str:
    found = re.search(r'name="choice" value="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


@pytest.mark.parametrize("address", ["/chat", "/language", "/delete", "/chat/forget", "/widget/chat", "/widget"])
def test_a_form_of_another_site_is_refused(client: TestClient, address: str) -> None:
    answer = client.post(address, data={"text": "kept"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "tel:999" in answer.text
    assert stored(client) == 0


def test_a_text_that_is_too_long_stays_in_the_box(client: TestClient) -> None:
    answer = client.post("/chat", data={"text": "why? " * 400})
    assert answer.status_code == 422
    assert "2000" in answer.text
    assert "1600" in answer.text
    assert "why? " * 400 in answer.text
    assert stored(client) == 0


def test_an_empty_text_is_asked_for_again(client: TestClient) -> None:
    answer = client.post("/chat", data={"text": "  "})
    assert answer.status_code == 422
    assert word("text_empty") in answer.text


def test_a_conversation_that_has_ended_goes_on_in_a_new_one(client: TestClient) -> None:
    say(client, NOT_BREATHING)
    parts(client).conversations.erase(client.cookies[CONVERSATION])
    page = say(client, "my waters broke")
    assert "my waters broke" in page
    assert stored(client) == 1


def test_html_that_is_typed_is_shown_as_typed(client: TestClient) -> None:
    page = say(client, "<script>alert(1)</script> my baby is not breathing")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_every_message_says_its_own_language(client: TestClient) -> None:
    client.post("/language", data={"language": "ur"})
    page = say(client, NOT_BREATHING)
    assert '<html lang="ur" dir="rtl">' in page
    assert re.search(r'class="urgent".*?class="message" lang="ur" dir="rtl"', page, re.DOTALL)


def test_an_answer_that_is_still_english_says_so_in_its_marks(make_client: MakeClient, tmp_path: object) -> None:
    client = make_client(locales_folder=tmp_path, content_folder=ROOT / "content")
    with parts(client).database.engine.begin() as connection:
        connection.execute(sql("DELETE FROM revision WHERE language = 'ur'"))
        connection.execute(
            sql("UPDATE content_stamp SET number = number + 1")
        )  # as every change through the rooms does
    client.post("/language", data={"language": "ur"})
    page = say(client, NOT_BREATHING)
    assert re.search(r'class="urgent".*?class="message" lang="en" dir="ltr"', page, re.DOTALL)
    assert '<span lang="en" dir="ltr">Send</span>' in page


def test_the_browsers_language_is_only_a_first_guess(client: TestClient) -> None:
    assert '<html lang="gu" dir="ltr">' in client.get("/", headers={"Accept-Language": "gu-IN"}).text
    client.post("/language", data={"language": "en"})
    assert '<html lang="en" dir="ltr">' in client.get("/", headers={"Accept-Language": "gu-IN"}).text


def test_the_familys_language_is_used_for_the_conversation(client: TestClient) -> None:
    client.post("/language", data={"language": "gu"})
    say(client, "hello")
    assert parts(client).conversations.language_of(client.cookies[CONVERSATION]) == "gu"
    client.post("/language", data={"language": "ur"})
    assert parts(client).conversations.language_of(client.cookies[CONVERSATION]) == "ur"


def test_a_language_that_is_not_offered_changes_nothing(client: TestClient) -> None:
    assert '<html lang="en"' in client.post("/language", data={"language": "xx"}).text


def test_deleting_asks_first_and_then_forgets_everything(client: TestClient) -> None:
    say(client, NOT_BREATHING)
    asked = client.post("/delete").text
    assert word("delete_yes") in asked
    assert stored(client) == 1
    done = client.post("/delete", data={"sure": "yes"}).text
    assert word("deleted") in done
    assert NOT_BREATHING not in done
    assert stored(client) == 0
    assert CONVERSATION not in client.cookies


def test_leaving_forgets_on_the_server_and_in_the_browser(client: TestClient) -> None:
    say(client, NOT_BREATHING)
    answer = client.post("/chat/forget")
    assert answer.status_code == 204
    assert "storage" in answer.headers["clear-site-data"]
    assert stored(client) == 0
    assert CONVERSATION not in client.cookies


def test_the_widget_needs_no_cookie(client: TestClient) -> None:
    first = client.post("/widget/chat", data={"text": NOT_BREATHING, "language": "en"})
    assert "set-cookie" not in first.headers
    conversation = re.search(r'name="conversation" value="([\w-]+)"', first.text)
    assert conversation
    second = client.post("/widget/chat", data={"text": "my waters broke", "conversation": conversation[1]})
    assert NOT_BREATHING in second.text
    assert "my waters broke" in second.text
    assert stored(client) == 1
    client.post("/widget/delete", data={"sure": "yes", "conversation": conversation[1]})
    assert stored(client) == 0


def test_only_the_widget_may_be_framed(make_client: MakeClient) -> None:
    client = make_client(embed_origins="https://school.example")
    assert "frame-ancestors https://school.example" in client.get("/widget").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in client.get("/").headers["content-security-policy"]


def test_production_shows_neither_banner_nor_example(make_client: MakeClient) -> None:
    client = make_client(bumpline_env="production", secret_key="x" * 40)
    assert word("demonstration") not in client.get("/").text
    assert client.get("/widget/example").status_code == 404
    assert word("demonstration") in make_client().get("/").text


def test_privacy_is_an_approved_answer_on_a_page(client: TestClient) -> None:
    page = client.get("/privacy?language=ur").text
    assert '<html lang="ur" dir="rtl">' in page
    assert 'class="message" lang="ur"' in page


def test_static_files_are_kept_for_a_year_and_change_their_address(client: TestClient) -> None:
    page = client.get("/").text
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        answer = client.get(address)
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["etag"]
        assert client.get(address.split("?")[0]).headers["cache-control"] == "no-cache"
    assert client.get("/static/../../settings.py").status_code == 404
