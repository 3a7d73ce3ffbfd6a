"""Hands one e-mail to the mail server, and knows afterwards whether it surely was not taken."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage

from api.mail_server import MailServer, address_of

LONGEST_REASON = 200


class NotSent(Exception):
    """It surely did not go out. `is_everybodys`: no other e-mail would go out now either."""

    def __init__(self, reason: str, *, is_everybodys: bool) -> None:
        super().__init__(reason)
        self.reason = _plain(reason)
        self.is_everybodys = is_everybodys


class Unclear(Exception):
    """The connection broke after the text had been given: it may have gone out."""


@dataclass(frozen=True)
class Mailer:
    """`sender`: MAIL_FROM. `timeout` in seconds, of every answer."""

    server: MailServer
    sender: str
    timeout: float = 20.0

    def send(self, letter: EmailMessage) -> None:
        """Raises NotSent, Unclear."""
        try:
            client = self._connected()
        except smtplib.SMTPAuthenticationError as error:
            raise NotSent("The mail server refuses our user name or password.", is_everybodys=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(f"The mail server cannot be used: {_said(error)}", is_everybodys=True) from error
        try:
            self._hand_over(client, letter)
        finally:
            _leave(client)

    def _connected(self) -> smtplib.SMTP:
        """Signed in where there is a user; never in clear where protection was asked for."""
        server, own_name = self.server, address_of(self.sender).rpartition("@")[2]
        if server.security == "tls":
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, own_name, timeout=self.timeout, context=ssl.create_default_context()
            )
        else:
            client = smtplib.SMTP(server.host, server.port, own_name, timeout=self.timeout)
        try:
            if server.security == "starttls":
                client.starttls(context=ssl.create_default_context())
            client.ehlo_or_helo_if_needed()
            if server.user:
                client.login(server.user, server.password)
        except BaseException:
            client.close()
            raise
        return client

    def _hand_over(self, client: smtplib.SMTP, letter: EmailMessage) -> None:
        try:
            code, said = client.mail(address_of(self.sender))
            if code != 250:
                raise NotSent(f"The mail server refuses MAIL_FROM: {code} {_text(said)}", is_everybodys=True)
            code, said = client.rcpt(str(letter["To"]))
            if code not in (250, 251):
                raise NotSent(f"The mail server refuses this address: {code} {_text(said)}", is_everybodys=False)
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(f"The mail server cannot be used: {_said(error)}", is_everybodys=True) from error
        try:
            code, said = client.data(letter.as_bytes())
        except smtplib.SMTPDataError as error:
            raise NotSent(f"The mail server does not take the e-mail: {_said(error)}", is_everybodys=False) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unclear from error
        if code != 250:
            raise NotSent(f"The mail server does not take the e-mail: {code} {_text(said)}", is_everybodys=False)


def _leave(client: smtplib.SMTP) -> None:
    """What was taken stays taken, however the goodbye goes."""
    try:
        client.quit()
    except (OSError, smtplib.SMTPException):
        client.close()


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def _plain(reason: str) -> str:
    """One line that a page can show."""
    return "".join(sign if sign.isprintable() else " " for sign in reason).strip()[:LONGEST_REASON]
