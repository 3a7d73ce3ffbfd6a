"""What people did about an entry: checked it, changed it, said that it is wrong, were offered a change."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base


class Assurance(Base):
    """One check by a person. `how`: phoned, e-mailed, read on its site, visited."""

    __tablename__ = "assurance"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    on: Mapped[date]
    by: Mapped[str]
    how: Mapped[str]
    at: Mapped[datetime]


class Change(Base):
    """One change of an entry by a person or an import: the whole entry before and after. Never changed itself.

    `import_id`: the import that made it.
    """

    __tablename__ = "directory_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    what: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    import_id: Mapped[str | None] = mapped_column(index=True)


class Report(Base):
    """Somebody says that an entry is wrong. `closed_at` when an editor has dealt with it."""

    __tablename__ = "directory_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str]
    detail: Mapped[str] = mapped_column(Text)
    reporter: Mapped[str]
    at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
    outcome: Mapped[str | None]


class Proposal(Base):
    """What an import found and did not dare to write: `kind` "change" (of `field`) or "duplicate" (of `other_id`)."""

    __tablename__ = "directory_proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    field: Mapped[str | None]
    current: Mapped[Any] = mapped_column(JSON)
    proposed: Mapped[Any] = mapped_column(JSON)
    other_id: Mapped[str | None]
    reason: Mapped[str] = mapped_column(Text)
    origin: Mapped[str]
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    decision: Mapped[str | None]
    import_id: Mapped[str | None] = mapped_column(index=True)
