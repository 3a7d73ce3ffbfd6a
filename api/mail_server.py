"""A mail server's address as a setting names it, and who mails come from. Pure."""

from dataclasses import dataclass, field
from email.policy import SMTP
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

Security = Literal["none", "starttls", "tls"]
SCHEMES: dict[str, tuple[Security, int]] = {
    "smtp": ("none", 25),
    "smtp+starttls": ("starttls", 587),
    "smtps": ("tls", 465),
}
"""Scheme -> how the connection is protected, and the port when none is given."""
THIS_MACHINE = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class MailServer:
    """`user` is empty where the server asks for none."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)


def read_mail_server(address: str) -> MailServer:
    """`smtp+starttls://user:password@host:587`; raises ValueError, which never repeats the password."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme not in SCHEMES or not host or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(
            "SMTP_URL is like smtp+starttls://user:password@mail.example.org:587 (or smtps://, or smtp:// without a "
            "password). Write special characters of the password as in any address (@ as %40)."
        )
    security, usual = SCHEMES[parts.scheme]
    if parts.password and security == "none" and host not in THIS_MACHINE:
        raise ValueError("SMTP_URL would send its password unprotected. Use smtp+starttls:// or smtps://.")
    return MailServer(host, port or usual, security, unquote(parts.username or ""), unquote(parts.password or ""))


def address_of(written: str) -> str:
    """The bare address in `Name <name@example.org>` or `name@example.org`; raises ValueError unless it is just one."""
    if not written.isprintable():
        raise ValueError("An address is one line.")
    read: Any = SMTP.header_factory("From", written)
    if read.defects or len(read.addresses) != 1 or not read.addresses[0].domain:
        raise ValueError("An address is like name@example.org, or Name <name@example.org>.")
    bare: str = read.addresses[0].addr_spec
    if not bare.isascii():
        raise ValueError("An address has no letters that not every mail server takes.")
    return bare
