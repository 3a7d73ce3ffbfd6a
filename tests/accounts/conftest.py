"""The whole application, and people of every role who sign in as a browser would."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.accounts.service import Accounts
from api.accounts.totp import code_at
from api.accounts.visiting import prepare
from api.accounts.visitor import Visitor
from api.channels.sms.letters import letters
from api.conversations.assembly import Parts, assemble
from api.database import Database, now
from api.main import create_app
from api.middleware import RateLimit
from api.settings import Settings

PASSWORD = "three words suffice"
ADDRESS = "http://bumpline.test"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass
class Browser:
    """One person's browser: pages and forms, with the session's secret in every form."""

    client: TestClient
    secret: str = ""

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(path, params=query or None, follow_redirects=False)

    def post(self, path: str, data: dict[str, Any] | None = None, csrf: str | None = None) -> Any:
        own = self.csrf() if csrf is None else csrf
        return self.client.post(path, data={"csrf": own, **(data or {})}, follow_redirects=False)

    def csrf(self) -> str:
        for path in ("/account", "/sign-in/code", "/second-factor"):
            found = re.search(r'name="csrf" value="([^"]+)"', self.get(path).text)
            if found:
                return found[1]
        return ""

    def sign_in(self, email: str, password: str = PASSWORD, target: str = "/account") -> Any:
        return self.post("/sign-in", {"email": email, "password": password, "next": target}, csrf="")

    def set_up_second_factor(self) -> list[str]:
        """Scans, types the code, and returns the recovery codes."""
        self.secret = self.offered_secret()
        done = self.post("/second-factor", {"code": code_at(self.secret, now()), "proof": PASSWORD})
        assert done.status_code == 200, done.text
        return re.findall(r"<li>([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})</li>", done.text)

    def offered_secret(self) -> str:
        found = re.search(r'<span class="key">([^<]+)</span>', self.get("/second-factor").text)
        assert found
        return found[1].replace(" ", "")

    def next_code(self) -> str:
        """The code of the next half minute: the one of now may have been used."""
        return code_at(self.secret, now() + timedelta(seconds=30))


@dataclass
class House:
    """A running application without a network; `accounts` are its own."""

    app: FastAPI
    browsers: dict[str, Browser] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        opened: Database = self.app.state.parts.database
        return opened

    @property
    def accounts(self) -> Accounts:
        return Accounts(self.database, self.app.state.parts.settings.is_production)

    def browser(self) -> Browser:
        headers = {"Sec-Fetch-Site": "same-origin", "User-Agent": FIREFOX}
        return Browser(TestClient(self.app, base_url=ADDRESS, headers=headers))

    def add(self, role: str, email: str = "", languages: tuple[str, ...] = ()) -> str:
        """An account with `role` and PASSWORD; returns its id."""
        works_in = languages or (("gu",) if role == "translator" else ())
        return self.accounts.add(
            email=email or f"{role}@example.org",
            name=f"The {role}",
            roles=[role],
            password=PASSWORD,
            languages=works_in,
        )

    def signed_in(self, role: str) -> Browser:
        """A browser of somebody with `role`, with the second step where the role asks for one; the same each time."""
        if role not in self.browsers:
            self.add(role)
            opened = self.browsers[role] = self.browser()
            assert opened.sign_in(f"{role}@example.org").status_code == 303
            if role in ("approver", "admin"):
                assert len(opened.set_up_second_factor()) == 10
        return self.browsers[role]

    def visitor(self, browser: Browser) -> Visitor | None:
        return self.accounts.visitor(browser.client.cookies.get("bumpline_staff") or "")


def house_settings(database_url: str, **more: Any) -> Settings:
    plain = {"public_base_url": ADDRESS, "bot_url": "http://127.0.0.1:9", "worker_embedded": False}
    return Settings(_env_file=None, database_url=database_url, **{**plain, **more})


def opened_house(settings: Settings, assembled: Parts) -> Iterator[House]:
    """The application on a database of its own; `assembled`: what takes long to read and is the same for all."""
    app = create_app(settings)
    app.state.parts = replace(assembled, settings=settings, database=Database(settings.database_url))
    app.state.letters = letters(settings)
    prepare(app, settings)
    for name in ("sign_ins", "codes", "invitations"):
        setattr(app.state, name, RateLimit(1000))
    yield House(app)
    app.state.parts.database.close()


@pytest.fixture(scope="session")
def assembled(sqlite_template: Path) -> Iterator[Parts]:
    made = assemble(house_settings(f"sqlite:///{sqlite_template}"))
    yield made
    made.close()


@pytest.fixture
def house(database_url: str, assembled: Parts) -> Iterator[House]:
    yield from opened_house(house_settings(database_url), assembled)


@pytest.fixture
def accounts(database: Database) -> Accounts:
    return Accounts(database, is_production=True)
