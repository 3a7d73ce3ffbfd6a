"""What a family reads when something fails: the number to call, and the words typed."""

import pytest
from fastapi.testclient import TestClient

from tests.web.browsing import NOT_BREATHING
from tests.web.conftest import MakeClient
from tests.web.forms import FRAGMENT, break_database, say


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
