"""A real browser, and the pages in memory for what needs none."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, BrowserContext

from api.launch.processes import Stack
from api.main import create_app
from api.settings import Settings
from tests.web import browsing

NOBODY = "http://127.0.0.1:9"
OURS = {"Sec-Fetch-Site": "same-origin"}
MakeClient = Callable[..., TestClient]
MakeContext = Callable[..., BrowserContext]


@pytest.fixture
def make_client(sqlite_template: Path, tmp_path: Path) -> Iterator[MakeClient]:
    """The whole application in memory, without a bot: choices, danger and trouble are answered all the same."""
    opened: list[TestClient] = []

    def make(**changed: object) -> TestClient:
        database = tmp_path / "bumpline.db"
        shutil.copy(sqlite_template, database)
        values = {"database_url": f"sqlite:///{database}", "bot_url": NOBODY, "worker_embedded": False}
        settings = Settings.model_validate({**values, **changed})
        client = TestClient(create_app(settings), base_url="http://bumpline.test", headers=OURS)
        client.__enter__()
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.__exit__()


@pytest.fixture
def client(make_client: MakeClient) -> TestClient:
    return make_client()


@pytest.fixture
def open_context(browser: Browser, stack: Stack) -> Iterator[MakeContext]:
    """Contexts that reach our own origin and nothing else; what else they ask for fails the test."""
    strays: list[str] = []
    opened: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = browsing.open_context(browser, stack.url, strays, **options)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    assert strays == [], "asked of others"
