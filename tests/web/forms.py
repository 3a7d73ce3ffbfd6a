"""The pages as forms alone, in memory: what tests of them share."""

from fastapi.testclient import TestClient
from sqlalchemy import text as sql

from api.conversations.assembly import Parts

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
