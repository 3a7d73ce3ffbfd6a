"""Every query about reminders."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from api.accounts.models import Account
from api.reminders.models import Reminder
from api.reminders.states import State


def reminded_in(session: Session, week: date) -> set[str]:
    """Accounts that have their row of the week."""
    return set(session.scalars(select(Reminder.account_id).where(Reminder.week == week)))


def due(session: Session, week: date, moment: datetime, states: Collection[State]) -> list[int]:
    """Ids of this week's rows in `states` whose next attempt is due, the longest waiting first."""
    query = select(Reminder.id).where(Reminder.week == week, Reminder.state.in_(states), Reminder.not_before <= moment)
    return list(session.scalars(query.order_by(Reminder.not_before, Reminder.id)))


def claim(
    session: Session, reminder_id: int, states: Collection[State], moment: datetime, lease: timedelta
) -> Reminder | None:
    """The row, now being sent by us alone; None when another worker has it or was faster."""
    query = select(Reminder).where(Reminder.id == reminder_id, Reminder.state.in_(states))
    row = session.scalar(query.with_for_update(skip_locked=True))
    if row is not None:
        row.state, row.lease_until, row.updated_at = State.SENDING, moment + lease, moment
        row.attempts += 1
    return row


def held(session: Session, row: Reminder) -> Reminder | None:
    """The row again while our claim on it stands: who slept past the lease has lost it."""
    found = session.get(Reminder, row.id, with_for_update=True)
    is_ours = found is not None and (found.state, found.lease_until) == (State.SENDING, row.lease_until)
    return found if is_ours else None


def lapse(session: Session, moment: datetime) -> int:
    """An attempt that nobody finished may have gone out: it becomes unknown and is never repeated."""
    has_lapsed = Reminder.state == State.SENDING, Reminder.lease_until <= moment
    values = {"state": State.UNKNOWN, "lease_until": None, "updated_at": moment}
    statement = update(Reminder).where(*has_lapsed).values(**values).returning(Reminder.id)
    return len(session.scalars(statement).all())


def forget_before(session: Session, week: date) -> None:
    session.execute(delete(Reminder).where(Reminder.week < week))


def newest(session: Session, limit: int) -> list[tuple[Reminder, Account]]:
    """The newest rows and whom they are for."""
    query = select(Reminder, Account).join(Account, Account.id == Reminder.account_id)
    rows = session.execute(query.order_by(Reminder.week.desc(), Account.name, Reminder.id).limit(limit))
    return [(row[0], row[1]) for row in rows]
