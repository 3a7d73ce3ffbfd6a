"""The pages as forms alone, in memory: what is stored, what is refused, what a family reads when things fail."""

import json
import re
from datetime import date

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text as sql

from api.conversations.assembly import Parts
from api.conversations.models import Turn
from api.conversations.schemas import Reply, ServiceOut, Understood
from api.database import now
from tests.web.browsing import NOT_BREATHING, word
from tests.web.conftest import MakeClient

CONVERSATION = "bumpline_conversation"
FRAGMENT = {"Accept": "text/html;fragment=turn"}


def parts(client: TestClient) -> Parts:
    assembled: Parts = client.app.state.parts  # type: ignore[attr-defined]
    return assembled


def stored(client: TestClient) -> int:
    with parts(client).database.read() as session:
        return int(session.execute(sql("SELECT count(*) FROM conversation")).scalar_one())


def say(client: TestClient, text: str, **headers: str) -> str:
    return client.post("/chat", data={"text": text}, headers=headers).text


def break_database(client: TestClient) -> None:
    with parts(client).database.engine.begin() as connection:
        connection.execute(sql("DROP TABLE turn"))
        connection.execute(sql("DROP TABLE conversation"))


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


def test_danger_is_answered_when_the_database_fails(client: TestClient) -> None:
    say(client, NOT_BREATHING)
    break_database(client)
    answer = client.post("/chat", data={"text": NOT_BREATHING})
    assert answer.status_code == 200
    assert 'class="call" href="tel:999"' in answer.text
    client.cookies.clear()
    assert 'class="call" href="tel:999"' in say(client, NOT_BREATHING)


def test_a_failure_says_so_and_keeps_the_words(client: TestClient) -> None:
    break_database(client)
    answer = client.post("/chat", data={"text": "how much milk?"})
    assert answer.status_code >= 500
    assert "how much milk?</textarea>" in answer.text
    assert "tel:999" in answer.text
    assert answer.headers["content-type"].startswith("text/html")
    part = client.post("/chat", data={"text": "how much milk?"}, headers=FRAGMENT)
    assert part.status_code >= 500
    assert "<html" not in part.text


def test_too_many_requests_are_told_on_a_page(make_client: MakeClient) -> None:
    client = make_client(rate_limit_per_minute=1)
    client.get("/")
    answer = client.post("/chat", data={"text": "kept"})
    assert answer.status_code == 429
    assert "kept</textarea>" in answer.text


@pytest.mark.parametrize("body", [b"text=%FF%FE&choice=%00", b"\xff\xfe=", b"a=1&" * 3000, b"conversation=%00"])
@pytest.mark.parametrize("address", ["/chat", "/widget/chat", "/delete", "/language", "/widget/language"])
def test_a_broken_form_is_no_failure_of_ours(client: TestClient, address: str, body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post(address, content=body, headers=headers).status_code < 500


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
    client = make_client(locales_folder=tmp_path, content_folder=parts_content())
    with parts(client).database.engine.begin() as connection:
        connection.execute(sql("DELETE FROM revision WHERE language = 'ur'"))
    client.post("/language", data={"language": "ur"})
    page = say(client, NOT_BREATHING)
    assert re.search(r'class="urgent".*?class="message" lang="en" dir="ltr"', page, re.DOTALL)
    assert '<span lang="en" dir="ltr">Send</span>' in page


def parts_content() -> object:
    from api.settings import ROOT

    return ROOT / "content"


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


SERVICE = ServiceOut(
    id="quit",
    name="Quit Ready",
    summary="Free help to stop smoking.",
    phone="0345 646 6666",
    text_number="ready to 66777",
    url="https://www.quitready.example/start",
    address="1 High Street, Leicester",
    postcode="LE1 1AA",
    distance_km=1.2,
    open_now=True,
)


def shown_with(client: TestClient, service: ServiceOut) -> str:
    client.post("/language", data={"language": "ur"})
    say(client, "hello")
    conversation = client.cookies[CONVERSATION]
    reply = Reply(
        reply_id="r",
        conversation_id=conversation,
        language="ur",
        understood=Understood(),
        messages=[],
        services=[service],
    )
    kept = json.loads(reply.model_dump_json())
    with parts(client).database.write() as session:
        session.add(Turn(id="r", conversation_id=conversation, said="help", reply=kept, created_at=now()))
    return client.get("/").text


def test_a_service_can_be_phoned_texted_and_found(client: TestClient) -> None:
    page = shown_with(client, SERVICE)
    assert 'href="tel:03456466666"' in page
    assert 'href="sms:66777"' in page
    assert '<bdi lang="en" dir="ltr">0345 646 6666</bdi>' in page
    assert '<bdi lang="en" dir="ltr">1 High Street, Leicester, LE1 1AA</bdi>' in page
    assert '<bdi lang="en" dir="ltr">quitready.example</bdi>' in page
    assert '<p lang="en" dir="ltr">Free help to stop smoking.</p>' in page
    assert "1.2" in page


def test_a_service_says_whether_anyone_has_checked_it(client: TestClient) -> None:
    assert word("not_assured", "ur") in shown_with(client, SERVICE)


def test_a_service_that_was_checked_says_when(client: TestClient) -> None:
    page = shown_with(client, SERVICE.model_copy(update={"assured_on": date(2027, 3, 3), "open_now": False}))
    assert "2027" in page
    assert word("closed_now", "ur") in page
