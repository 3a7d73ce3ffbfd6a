"""Which account was reminded in which week, and what came of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base


class Reminder(Base):
    """The one e-mail of an account in a week; nothing of its text is kept.

    `week`: its Monday in Leicester. `state`: one of states.State. `problem`: why the last attempt failed, for
    administrators. `not_before`: of the next attempt. `lease_until`: while one is being made.
    """

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("account_id", "week", name="uq_reminder_account_week"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    week: Mapped[date] = mapped_column(index=True)
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(default="")
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    updated_at: Mapped[datetime]
