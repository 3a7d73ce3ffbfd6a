"""The whole application, and people with every role."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page

from api.accounts.service import Accounts
from api.conversations.assembly import Parts
from api.main import create_app
from api.settings import Settings
from tests.sms.serving import served
from tests.web import browsing
from tests.web.browsing import NARROW, WIDE

PASSWORD = "three words suffice"
EDITOR, MIDWIFE, APPROVER = "editor@example.org", "midwife@example.org", "approver@example.org"
ADMIN, SECOND_APPROVER = "admin@example.org", "second.approver@example.org"
GUJARATI, SECOND_GUJARATI = "gujarati@example.org", "second.gujarati@example.org"
PEOPLE = {
    EDITOR: (["editor"], []),
    MIDWIFE: (["professional"], []),
    APPROVER: (["approver"], []),
    SECOND_APPROVER: (["approver"], []),
    ADMIN: (["admin"], []),
    GUJARATI: (["translator"], ["gu"]),
    SECOND_GUJARATI: (["translator"], ["gu"]),
}
"""Address -> roles, and the languages a translator works in."""


@dataclass
class Room:
    """An editor's view of the application."""

    client: TestClient

    @property
    def parts(self) -> Parts:
        app = self.client.app
        assert isinstance(app, FastAPI)
        assembled: Parts = app.state.parts
        return assembled

    def sign_in(self, email: str = EDITOR) -> None:
        self.client.cookies.clear()
        done = self.client.post("/sign-in", data={"email": email, "password": PASSWORD}, follow_redirects=False)
        assert done.status_code == 303

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path, follow_redirects=False)
        assert answer.status_code == status, answer.text[:500]
        return answer.text

    def post(self, path: str, data: dict[str, Any] | None = None, status: int = 303) -> Any:
        csrf = re.search(r'name="csrf" value="([^"]+)"', self.client.get("/account").text)
        sent = {"csrf": csrf[1] if csrf else "", **(data or {})}
        answer = self.client.post(path, data=sent, follow_redirects=False)
        assert answer.status_code == status, answer.text[:500]
        return answer


def room_settings(database_url: str) -> Settings:
    return Settings(
        _env_file=None,
        public_base_url="http://bumpline.test",
        database_url=database_url,
        bot_url="http://127.0.0.1:9",
        worker_embedded=False,
    )


def add_people(app: FastAPI) -> None:
    accounts = Accounts(app.state.parts.database, is_production=False)
    for email, (roles, languages) in PEOPLE.items():
        name = email.split("@")[0].replace(".", " ").title()
        # A demonstration account needs no second factor: its own tests are those of accounts.
        accounts.add(email=email, name=name, roles=roles, languages=languages, password=PASSWORD, is_demonstration=True)


@pytest.fixture
def room(database_url: str) -> Iterator[Room]:
    app = create_app(room_settings(database_url))
    with TestClient(app, base_url="http://bumpline.test", headers={"Sec-Fetch-Site": "same-origin"}) as client:
        add_people(app)
        made = Room(client)
        made.sign_in()
        yield made


@pytest.fixture
def desk_app(sqlite_template: Path, tmp_path: Path) -> Iterator[FastAPI]:
    """An application of one's own with people of every role, for a browser."""
    shutil.copy(sqlite_template, tmp_path / "bumpline.db")
    app = create_app(room_settings(f"sqlite:///{tmp_path / 'bumpline.db'}"))
    with TestClient(app):
        add_people(app)
        yield app


@pytest.fixture(params=[pytest.param(NARROW, id="narrow"), pytest.param(WIDE, id="wide")])
def desk(request: pytest.FixtureRequest, browser: Browser, desk_app: FastAPI) -> Iterator[tuple[Page, str]]:
    """A page on a phone and on a wide screen, and the address of the application; no request may leave it."""
    strays: list[str] = []
    with served(desk_app) as url:
        context = browsing.open_context(browser, url, strays, viewport=request.param)
        yield context.new_page(), url
        context.close()
    assert strays == []
