"""Services on the page: phoned, texted, found, and checked by someone or not."""

import json
from datetime import date

from fastapi.testclient import TestClient

from api.conversations.models import Turn
from api.conversations.schemas import Reply, ServiceOut, Understood
from api.database import now
from tests.web.browsing import word
from tests.web.forms import CONVERSATION, parts, say

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
