"""What families say of answers: one verdict an answer, gone with it, and a count of nobody's that stays."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.conversations.assembly import Parts
from api.conversations.models import Conversation, Feedback, FeedbackCount, Turn
from api.database import now
from api.main import create_app
from tests.editors.conftest import room_settings
from tests.web.browsing import NOT_BREATHING

LOSS = "we lost our baby last week"


@pytest.fixture
def client(database_url: str) -> Iterator[TestClient]:
    with TestClient(create_app(room_settings(database_url)), base_url="http://bumpline.test") as opened:
        yield opened


@pytest.fixture
def family(client: TestClient) -> str:
    """A conversation in English."""
    started = client.post("/api/v1/conversations", json={"language": "en"}).json()
    return str(started["conversation_id"])


def say(client: TestClient, family: str, text: str) -> dict[str, Any]:
    reply: dict[str, Any] = client.post(f"/api/v1/conversations/{family}/messages", json={"text": text}).json()
    return reply


def tell(client: TestClient, family: str, reply: dict[str, Any], status: int = 204, **said: Any) -> Any:
    path = f"/api/v1/conversations/{family}/replies/{reply['reply_id']}/feedback"
    answer = client.post(path, json=said)
    assert answer.status_code == status, answer.text
    return answer


def parts(client: TestClient) -> Parts:
    assembled: Parts = client.app.state.parts  # type: ignore[attr-defined]
    return assembled


def rows(client: TestClient) -> list[tuple[bool, str | None, str]]:
    with parts(client).database.read() as session:
        return [(row.helped, row.reason, row.detail) for row in session.scalars(select(Feedback))]


def counted(client: TestClient) -> list[tuple[str, str, int, int, int]]:
    with parts(client).database.read() as session:
        found = session.scalars(select(FeedbackCount))
        return [(row.key, row.language, row.revision, row.helped, row.not_helped) for row in found]


def test_a_verdict_is_kept_once_and_a_change_of_mind_replaces_it(client: TestClient, family: str) -> None:
    reply = say(client, family, "1")
    assert reply["ask_if_helped"]
    for _ in range(2):
        tell(client, family, reply, helped=True)
    assert rows(client) == [(True, None, "")]
    assert counted(client) == [("safer_sleep/bed_sharing", "en", 1, 1, 0)]
    tell(client, family, reply, helped=False, reason="wrong", detail=" The number\x00 is old ")
    tell(client, family, reply, helped=False)
    assert rows(client) == [(False, "wrong", "The number is old")]
    assert counted(client) == [("safer_sleep/bed_sharing", "en", 1, 0, 1)]
    tell(client, family, reply, helped=True, reason=None, detail="")
    assert rows(client) == [(True, None, "")]
    with parts(client).database.read() as session:
        assert session.scalars(select(FeedbackCount.month)).all() == [f"{now():%Y-%m}"]


def test_what_makes_no_sense_is_refused(client: TestClient, family: str) -> None:
    reply = say(client, family, "1")
    for said in (
        {"helped": True, "reason": "wrong"},
        {"helped": False, "reason": "boring"},
        {"helped": False, "detail": "words alone"},
        {"helped": False, "reason": "other", "detail": "x" * 501},
        {"helped": "perhaps"},
        {},
    ):
        tell(client, family, reply, 422, **said)
    stranger = client.post("/api/v1/conversations", json={"language": "en"}).json()["conversation_id"]
    tell(client, stranger, reply, 404, helped=True)
    tell(client, "none", reply, 404, helped=True)
    for unknown in ("none", "%00", "a" * 300, "..%2f"):
        path = f"/api/v1/conversations/{family}/replies/{unknown}/feedback"
        assert client.post(path, json={"helped": True}).status_code == 404
    assert rows(client) == []
    assert counted(client) == []


def test_nobody_is_asked_in_danger_after_a_loss_or_under_a_menu(client: TestClient, family: str) -> None:
    answered = say(client, family, "1")
    for text in (NOT_BREATHING, "...", "what is the weather"):
        reply = say(client, family, text)
        assert not reply["ask_if_helped"], text
        tell(client, family, reply, 422, helped=True)
    assert not say(client, family, LOSS)["ask_if_helped"]
    assert not say(client, family, "1")["ask_if_helped"]
    told = parts(client).conversations.transcript(family)
    assert [one.reply.ask_if_helped for one in told] == [False] * len(told)
    assert answered["ask_if_helped"]


def test_danger_in_the_words_is_answered_whatever_becomes_of_them(client: TestClient, family: str) -> None:
    reply = say(client, family, "1")
    for status, said in (
        (200, {"helped": False, "reason": "other"}),
        (200, {"helped": True}),
        (200, {"helped": False}),
    ):
        urgent = tell(client, family, reply, status, detail=NOT_BREATHING, **said).json()
        assert urgent["urgent"]["contact"] == "999"
        assert urgent["messages"][0]["text"]
    unknown = {"reply_id": "none"}
    assert tell(client, family, unknown, 200, helped=False, reason="other", detail=NOT_BREATHING).json()["urgent"]
    long = "she was fine all day " * 80 + NOT_BREATHING
    assert tell(client, family, reply, 200, helped=False, reason="other", detail=long).json()["urgent"]
    assert rows(client) == [(False, "other", NOT_BREATHING)]


def test_a_family_is_warned_in_its_own_language(client: TestClient) -> None:
    family = client.post("/api/v1/conversations", json={"language": "gu"}).json()["conversation_id"]
    reply = say(client, family, "1")
    urgent = tell(client, family, reply, 200, helped=False, reason="other", detail=NOT_BREATHING).json()
    assert urgent["language"] == "gu"


def test_deleting_takes_the_words_and_leaves_the_count(client: TestClient, family: str) -> None:
    tell(client, family, say(client, family, "1"), helped=False, reason="unclear", detail="what is a cot")
    assert client.delete(f"/api/v1/conversations/{family}").status_code == 204
    assert rows(client) == []
    assert counted(client) == [("safer_sleep/bed_sharing", "en", 1, 0, 1)]


def test_age_takes_the_words_and_leaves_the_count(client: TestClient, family: str) -> None:
    tell(client, family, say(client, family, "1"), helped=False, reason="unclear", detail="what is a cot")
    with parts(client).database.write() as session:
        for row in (*session.scalars(select(Turn)), *session.scalars(select(Conversation))):
            row.created_at = now() - timedelta(days=31)
    parts(client).conversations.forget_old(30)
    assert rows(client) == []
    assert counted(client) == [("safer_sleep/bed_sharing", "en", 1, 0, 1)]


def test_a_count_belongs_to_the_language_and_revision_that_were_read(client: TestClient) -> None:
    for language in ("gu", "gu", "pl"):
        family = client.post("/api/v1/conversations", json={"language": language}).json()["conversation_id"]
        tell(client, family, say(client, family, "1"), helped=True)
    assert sorted(counted(client)) == [
        ("safer_sleep/bed_sharing", "gu", 1, 2, 0), ("safer_sleep/bed_sharing", "pl", 1, 1, 0),
    ]  # fmt: skip


def test_nothing_logged_holds_what_was_written(
    client: TestClient, family: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    reply = say(client, family, "1")
    tell(client, family, reply, helped=False, reason="other", detail="zanzibarmarker")
    tell(
        client,
        family,
        {"reply_id": "none"},
        200,
        helped=False,
        reason="other",
        detail=f"zanzibarmarker {NOT_BREATHING}",
    )
    logged = "\n".join(caplog.handler.format(record) for record in caplog.records)
    assert "feedback could not be kept: NotFound" in logged
    assert "zanzibarmarker" not in logged
    assert family not in "\n".join(line for line in logged.splitlines() if "HTTP Request" not in line)
