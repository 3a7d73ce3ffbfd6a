"""A password never goes out unprotected, and settings that are wrong stop the start without telling secrets."""

import ssl
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from api.mail_server import MailServer, address_of, read_mail_server
from api.reminders.letter import letter
from api.reminders.mailer import Mailer, NotSent
from tests.directory.importing.test_certificates import certificate
from tests.reminders.conftest import FROM, MONDAY, SECRET, USER, MailBox, mail_settings, served

TO = "eva@example.org"


def sent_to(port: int, security: Any, user: str = USER, password: str = SECRET, host: str = "localhost") -> None:
    made = letter(TO, FROM, "Words\n", "one", MONDAY)
    Mailer(MailServer(host, port, security, user, password), FROM, timeout=5).send(made)


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate of this machine's name that is trusted here."""
    made = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    return made


def test_starttls_and_sign_in(trusted: ssl.SSLContext, box: MailBox) -> None:
    options = {"tls_context": trusted, "require_starttls": True, "authenticator": box.let_in}
    for port in served(box, **options):
        sent_to(port, "starttls")
        assert box.addresses == [TO]
        with pytest.raises(NotSent, match="refuses our user name or password") as refused:
            sent_to(port, "starttls", password="wrong")
        assert refused.value.is_everybodys
        assert "wrong" not in refused.value.reason


def test_tls_from_the_beginning(trusted: ssl.SSLContext, box: MailBox) -> None:
    for port in served(box, ssl_context=trusted, authenticator=box.let_in, auth_require_tls=False):
        sent_to(port, "tls")
    assert box.addresses == [TO]


def test_a_certificate_that_nobody_trusts_is_refused(tmp_path: Path, box: MailBox) -> None:
    for port in served(box, tls_context=certificate(tmp_path, "localhost"), authenticator=box.let_in):
        with pytest.raises(NotSent, match="SSLCertVerificationError"):
            sent_to(port, "starttls")
    assert box.taken == []


def test_a_server_without_starttls_gets_nothing(box: MailBox, mail_port: int) -> None:
    with pytest.raises(NotSent, match="STARTTLS"):
        sent_to(mail_port, "starttls")
    assert box.tries == 0


def test_an_address_of_a_mail_server_is_read() -> None:
    read = read_mail_server("smtp+starttls://bumpline:p%40ss%2Fword@mail.example.org")
    assert read == MailServer("mail.example.org", 587, "starttls", "bumpline", "p@ss/word")
    assert read_mail_server("smtps://mail.example.org:10465").port == 10465
    assert "p@ss" not in repr(read)


@pytest.mark.parametrize(
    "address",
    ["http://u:hidden@x.org", "smtp://u:hidden@mail.example.org", "smtps://u:hidden@", "smtps://u:hidden@x.org:abc"],
)
def test_a_wrong_mail_server_stops_the_start_and_keeps_the_password(address: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        mail_settings("sqlite://", address)
    assert "SMTP_URL" in str(wrong.value)
    assert "hidden" not in str(wrong.value)


@pytest.mark.parametrize("sender", ["", "nobody", "a@b.org, c@d.org", "a@b.org\r\nBcc: c@d.org", "ä@b.org"])
def test_a_wrong_sender_stops_the_start(sender: str) -> None:
    with pytest.raises(ValidationError):
        mail_settings("sqlite://", "smtp://127.0.0.1:25", mail_from=sender)


@pytest.mark.parametrize("address", ["eva@example.org\nBcc: x@y.org", "eva@b.org\x00", "<eva>", "a@b.org,c@d.org"])
def test_no_address_makes_another_header(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        letter(address, FROM, "Words\n", "one", MONDAY)
    assert address_of("Eva <eva@example.org>") == "eva@example.org"
