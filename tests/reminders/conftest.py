"""A real mail server on this machine, and people who are reminded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as MAIL
from pathlib import Path
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from api.accounts.service import Accounts
from api.conversations.assembly import assemble
from api.conversations.wording import Catalogue
from api.database import Database, now
from api.launch.ports import free_port
from api.reminders.models import Reminder
from api.reminders.service import Reminders, mailer_of
from api.reminders.states import begins, week_of
from api.settings import Settings

PASSWORD = "three words suffice"
MONDAY = begins(week_of(now()) + timedelta(weeks=1))
"""The next one, 08:00 in Leicester: everybody made by a test has joined before it."""
USER, SECRET = "bumpline", "p@ss/word"
FROM = "Bumpline <reminders@bumpline.test>"


@dataclass
class MailBox:
    """What a mail server took, and how it answers. `refused`: address -> its answer; `data`: to the text itself.

    `breaks`: the connection ends in the middle of the text.
    """

    taken: list[EmailMessage] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    data: str = "250 taken"
    breaks: bool = False
    tries: int = 0

    @property
    def addresses(self) -> list[str]:
        return sorted(str(one["To"]) for one in self.taken)

    def of(self, address: str) -> EmailMessage:
        (found,) = [one for one in self.taken if one["To"] == address]
        return found

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]) -> str:
        self.tries += 1
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:
        if self.breaks:
            cast(Any, server).transport.close()
            return "250 never read"
        if self.data.startswith("250"):
            self.taken.append(message_from_bytes(cast(bytes, envelope.content), policy=MAIL))
        return self.data

    def let_in(self, _: SMTP, __: Session, ___: Envelope, ____: str, given: LoginPassword) -> AuthResult:
        is_right = (given.login, given.password) == (USER.encode(), SECRET.encode())
        return AuthResult(success=is_right, handled=False)


def served(box: MailBox, **options: Any) -> Iterator[int]:
    """Yields its port."""
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    yield controller.port
    controller.stop()


def mail_settings(database_url: str, smtp_url: str, **more: Any) -> Settings:
    plain = {"public_base_url": "https://bumpline.test/", "bot_url": "http://127.0.0.1:9", "worker_embedded": False}
    mail = {"smtp_url": smtp_url, "mail_from": FROM} if smtp_url else {}
    return Settings(_env_file=None, database_url=database_url, **{**plain, **mail, **more})


@dataclass
class Office:
    """Reminders on a database of their own, at a time that tests set."""

    database: Database
    catalogue: Catalogue
    settings: Settings
    box: MailBox
    moment: datetime = MONDAY

    def __post_init__(self) -> None:
        self.reminders = self.worker()

    def worker(self) -> Reminders:
        """Another one on the same database."""
        mailer = mailer_of(self.settings)
        return Reminders(self.database, self.catalogue, self.settings, mailer, clock=lambda: self.moment)

    def add(self, name: str, roles: list[str], languages: tuple[str, ...] = ()) -> str:
        """An account; returns its address."""
        address = f"{name}@example.org"
        accounts = Accounts(self.database, is_production=True)
        accounts.add(email=address, name=name.title(), roles=roles, password=PASSWORD, languages=languages)
        return address

    def after(self, **time: float) -> int:
        self.moment += timedelta(**time)
        return self.reminders.run_once()

    def rows(self) -> list[Reminder]:
        with self.database.read() as session:
            return list(session.query(Reminder).order_by(Reminder.id))


@pytest.fixture(scope="session")
def catalogue(sqlite_template: Path) -> Iterator[Catalogue]:
    parts = assemble(mail_settings(f"sqlite:///{sqlite_template}", ""))
    yield parts.catalogue
    parts.close()


@pytest.fixture
def box() -> MailBox:
    return MailBox()


@pytest.fixture
def mail_port(box: MailBox) -> Iterator[int]:
    yield from served(box)


@pytest.fixture
def office(database: Database, database_url: str, catalogue: Catalogue, box: MailBox, mail_port: int) -> Office:
    return Office(database, catalogue, mail_settings(database_url, f"smtp://127.0.0.1:{mail_port}"), box)
