"""What every test may ask for: a fresh database on both engines, and one whole running Bumpline."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, sync_playwright

from api.cli import load_content, migrate
from api.database import Database
from api.launch.model import BOT, train_if_changed
from api.launch.ports import free_port
from api.launch.processes import Stack
from api.settings import Settings
from tests import postgres
from tests.web import browsing

ENGINES = ("sqlite", "postgresql")
TEMPLATE = "template_bumpline"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with postgres.server() as url:
        prepare(postgres.create_database(url, TEMPLATE))
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "bumpline.db"
    prepare(f"sqlite:///{path}")
    return path


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of one's own with the starter pack in it, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copy(template, tmp_path / "bumpline.db")
        yield f"sqlite:///{tmp_path / 'bumpline.db'}"
        return
    server: str = request.getfixturevalue("postgres_server")
    name = f"test_{uuid4().hex[:12]}"
    yield postgres.create_database(server, name, TEMPLATE)
    postgres.drop_database(server, name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not browsing.CHROMIUM.exists():
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        opened = browsing.launch(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def model() -> None:
    """The real Rasa model, trained when the data has changed."""
    train_if_changed()


@pytest.fixture(scope="session")
def stack(model: None, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A whole Bumpline: real Rasa, real actions, the api with its worker. Shared; do not stop its parts."""
    with whole_stack(tmp_path_factory.mktemp("stack"), sqlite_template) as running:
        yield running


def whole_stack(
    folder: Path,
    template: Path,
    extra: dict[str, str] | None = None,
    credentials: str = "credentials.yml",
    bot: Path = BOT,
) -> "_Ready":
    shutil.copy(template, folder / "bumpline.db")
    environment = {"DATABASE_URL": f"sqlite:///{folder / 'bumpline.db'}", "SMS_ALLOW_FICTION_NUMBERS": "true"}
    ports = free_port(), free_port(), free_port()
    return _Ready(Stack(*ports, folder / "logs", {**environment, **(extra or {})}, credentials, bot))


class _Ready:
    """A stack that is ready when entered."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    def __enter__(self) -> Stack:
        self._stack.__enter__()
        self._stack.start()
        self._stack.wait_until_ready()
        return self._stack

    def __exit__(self, *_: object) -> None:
        self._stack.stop()


def prepare(url: str) -> None:
    settings = Settings(database_url=url)
    migrate(settings)
    load_content(settings)
    Database(url).close()
