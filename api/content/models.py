"""Messages, their revisions in every language, and who approved which."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.database import Base


class Message(Base):
    """One answer, whatever the language: where it comes from and who answers for it.

    `is_edited`: a person has changed these facts here, so no file overwrites them.
    `lowering_asked_by`: who asked to make a safety message information; None while nobody does.
    """

    __tablename__ = "message"

    key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    level: Mapped[str]
    contact: Mapped[str | None]
    owner: Mapped[str]
    approver: Mapped[str]
    review_by: Mapped[date | None]
    choices: Mapped[list[str]] = mapped_column(JSON)
    sources: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    notes: Mapped[str] = mapped_column(Text, default="")
    is_edited: Mapped[bool] = mapped_column(default=False)
    lowering_asked_by: Mapped[str | None]
    lowering_asked_by_id: Mapped[str | None]
    lowering_asked_at: Mapped[datetime | None]


class Revision(Base):
    """The words of one message in one language at one time. Never changed after it is written.

    `made_from`: field -> the English that this says in another language, {} for English itself; `source_hash` is its
    hash. `notes`: field -> what a translator was not sure of. `change`: of English, what its editor said it changes.
    `author_id`: the account of the person who wrote it; None for what came in a file.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("key", "language", "number", name="uq_revision_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(ForeignKey("message.key"), index=True)
    language: Mapped[str]
    number: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    web: Mapped[str] = mapped_column(Text)
    sms: Mapped[str] = mapped_column(Text)
    source_hash: Mapped[str]
    made_from: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    notes: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    change: Mapped[str | None]
    author: Mapped[str]
    author_id: Mapped[str | None]
    created_at: Mapped[datetime]
    approvals: Mapped[list["Approval"]] = relationship(lazy="raise", order_by="Approval.id")


class Approval(Base):
    """A named person's approval of one exact revision, counting from `begins_at`; going back approves it again."""

    __tablename__ = "approval"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    approved_by: Mapped[str]
    approved_by_id: Mapped[str | None]
    approved_at: Mapped[datetime]
    begins_at: Mapped[datetime]
    withdrawn_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]


class MessageDraft(Base):
    """What one person has typed and not saved yet. `base`: the revision number it began from, 0 for none."""

    __tablename__ = "message_draft"

    account_id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(ForeignKey("message.key"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    base: Mapped[int]
    at: Mapped[datetime]


class Suggestion(Base):
    """Words that came in a file for one message in one language. Never served: a person may put them into the form.

    `made_from`: field -> the English that the words say; of English, what it said when the file was made. `origin`: the
    name of the file. `decision`: "taken", "left_out", or None while nobody has decided.
    """

    __tablename__ = "message_suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(ForeignKey("message.key"), index=True)
    language: Mapped[str]
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    made_from: Mapped[dict[str, str]] = mapped_column(JSON)
    origin: Mapped[str]
    by: Mapped[str]
    by_id: Mapped[str | None]
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    decision: Mapped[str | None]


class TrainingExample(Base):
    """A sentence as families write it, for the bot to learn that it asks `key`. `taken_at`: when a training took it."""

    __tablename__ = "training_example"
    __table_args__ = (UniqueConstraint("language", "text", name="uq_training_example_language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    language: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    added_by: Mapped[str]
    added_by_id: Mapped[str | None]
    added_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]


class ContentStamp(Base):
    """One row: a number that goes up with every change of words, so that readers know when to read again."""

    __tablename__ = "content_stamp"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
