"""Who may sign in, who is signed in, and what was done."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.database import Base


class Account(Base):
    """One member of staff. `is_demonstration`: made by `make run`, refused in production.

    `password_hash`: None until the person has chosen a password. `joined_at`: None while only invited.
    `failures` and `locked_until` slow down whoever guesses passwords or codes.
    `totp_secret` is encrypted; `totp_step` is the time step of the last code accepted. `subject`: who this is for the
    issuer of single sign-on, remembered at the first sign-in. `wants_reminders`: of what waits, by e-mail.
    `approvals_held_until`: until then this person decides on no words, because an administrator changed who can sign in
    as them, or gave them the role.
    """

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    roles: Mapped[list[str]] = mapped_column(JSON)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    wants_reminders: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    totp_secret: Mapped[str | None]
    totp_step: Mapped[int | None]
    subject: Mapped[str | None]
    created_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    approvals_held_until: Mapped[datetime | None]
    approvals_held_by_id: Mapped[str | None]
    approvals_held_because: Mapped[str | None]


class StaffSession(Base):
    """One browser that is signed in. Only a hash of its token is kept, so a copy of the database signs nobody in.

    `passed_second_factor`: a code was given, or the issuer said so. `pending_secret`: of a second factor that is being
    set up in this browser, encrypted.
    """

    __tablename__ = "staff_session"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str]
    browser: Mapped[str] = mapped_column(default="")
    passed_second_factor: Mapped[bool] = mapped_column(default=False)
    pending_secret: Mapped[str | None]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class RecoveryCode(Base):
    """A code that signs in once instead of the app's; a keyed hash of it."""

    __tablename__ = "recovery_code"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(primary_key=True)


class AccountLink(Base):
    """A one-time link with which a person chooses a password: an invitation, or after forgetting it. One an account."""

    __tablename__ = "account_link"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class AuditEntry(Base):
    """Something that was done: who, what, to what, before and after. Never changed, never removed.

    `by_id` is None for a command. `words` holds everything that is searched, in small letters.
    """

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by_id: Mapped[str | None] = mapped_column(index=True)
    by_name: Mapped[str] = mapped_column(index=True)
    what: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(index=True)
    before: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    after: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    words: Mapped[str] = mapped_column(Text)


def _refuse(*_: object) -> None:
    raise TypeError("The audit log is append-only.")


event.listen(AuditEntry, "before_update", _refuse)
event.listen(AuditEntry, "before_delete", _refuse)
