"""One e-mail a week to everybody for whom something waits. Two transactions around every attempt, as for texts."""

import logging
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError

from api.accounts.colleagues import reminded
from api.accounts.visitor import Visitor
from api.conversations.wording import Catalogue
from api.database import Database, now
from api.mail_server import read_mail_server
from api.reminders import repository
from api.reminders.agenda import Agenda, Waiting, agenda_of
from api.reminders.letter import letter, text_of
from api.reminders.mailer import LONGEST_REASON, Mailer, NotSent, Unclear
from api.reminders.models import Reminder
from api.reminders.states import KEPT, State, begins, next_attempt, week_of
from api.reminders.waiting import waiting
from api.settings import Settings

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
"""Longer than a mail server may take for every one of its answers."""
PAUSE = timedelta(minutes=5)
"""After a failure that every other e-mail would meet as well."""
BY_ITSELF = (State.WAITING,)
WHEN_ASKED = (State.WAITING, State.FAILED)


@dataclass(frozen=True)
class Outcome:
    state: State
    problem: str = ""
    is_everybodys: bool = False


def mailer_of(settings: Settings) -> Mailer | None:
    """None where no mail server is set."""
    return Mailer(read_mail_server(settings.smtp_url), settings.mail_from) if settings.has_mail else None


@dataclass
class Reminders:
    """Any number of processes may run one on the same database."""

    database: Database
    catalogue: Catalogue
    settings: Settings
    mailer: Mailer | None
    clock: Callable[[], datetime] = now
    is_stopping: Callable[[], bool] = lambda: False
    _paused_until: datetime | None = field(default=None, init=False)

    def run_once(self) -> int:
        """What is due from Monday, 08:00, on; returns how many people were dealt with."""
        moment = self.clock()
        week = week_of(moment)
        is_paused = self._paused_until is not None and moment < self._paused_until
        if self.mailer is None or moment < begins(week) or is_paused:
            return 0
        return self._deal(self.mailer, week, begins(week), BY_ITSELF).total()

    def send_now(self, mailer: Mailer) -> Counter[State]:
        """This week's reminders whatever the hour, those that were given up too; nobody gets a second one."""
        moment = self.clock()
        return self._deal(mailer, week_of(moment), moment, WHEN_ASKED)

    def shown(self) -> list[tuple[Visitor, str]]:
        """Who would get which text if this week's were sent now for the first time; nothing is sent or written."""
        moment = self.clock()
        with self.database.read() as session:
            found = waiting(session, self.catalogue, moment)
            people = reminded(session, self.settings.is_production, moment)
        agendas = [(visitor, self._agenda(visitor, found)) for visitor in people.values()]
        return [(visitor, self._text(visitor, agenda)) for visitor, agenda in agendas if agenda]

    def _deal(self, mailer: Mailer, week: date, joined_before: datetime, states: Collection[State]) -> Counter[State]:
        done: Counter[State] = Counter()
        moment = self.clock()
        self._plan(week, joined_before)
        until = moment if states == BY_ITSELF else moment + timedelta(weeks=1)
        with self.database.read() as session:
            ids = repository.due(session, week, until, states)
            found = waiting(session, self.catalogue, moment) if ids else None
        for reminder_id in ids:
            row = None if self.is_stopping() else self._claimed(reminder_id, states)
            if row is None or found is None:
                continue
            outcome = self._attempt(mailer, row, found, joined_before)
            self._write(row, outcome)
            done[outcome.state] += 1
            if outcome.is_everybodys:
                self._paused_until = self.clock() + PAUSE
                log.error("no reminder goes out: %s", outcome.problem)
                break
        return done

    def _plan(self, week: date, joined_before: datetime) -> None:
        """One row for everybody who had joined when the week's reminders began; attempts nobody finished lapse."""
        moment = self.clock()
        with self.database.read() as session:
            people = set(reminded(session, self.settings.is_production, joined_before))
            new = sorted(people - repository.reminded_in(session, week))
        try:
            with self.database.write() as session:
                lapsed = repository.lapse(session, moment)
                if new:
                    repository.forget_before(session, week - KEPT)
                state = {"week": week, "state": State.WAITING, "not_before": moment, "updated_at": moment}
                session.add_all(Reminder(account_id=account_id, **state) for account_id in new)
        except IntegrityError:
            return  # another worker planned the week between our two looks
        if lapsed:
            log.error("%d reminders may or may not have gone out; they are not repeated", lapsed)

    def _claimed(self, reminder_id: int, states: Collection[State]) -> Reminder | None:
        with self.database.write() as session:
            return repository.claim(session, reminder_id, states, self.clock(), LEASE)

    def _attempt(self, mailer: Mailer, row: Reminder, found: Waiting, joined_before: datetime) -> Outcome:
        """People are read again: who has left, or wants no reminders any more, gets none."""
        with self.database.read() as session:
            visitor = reminded(session, self.settings.is_production, joined_before).get(row.account_id)
        agenda = self._agenda(visitor, found) if visitor else Agenda()
        if visitor is None or not agenda:
            return Outcome(State.NOTHING)
        try:
            text, name = self._text(visitor, agenda), f"reminder-{row.week}-{row.id}"
            written = letter(visitor.email, mailer.sender, text, name, self.clock())
        except Exception as error:
            return Outcome(State.WAITING, f"The e-mail could not be written: {error}"[:LONGEST_REASON])
        try:
            mailer.send(written)
            return Outcome(State.SENT)
        except NotSent as error:
            return Outcome(State.WAITING, error.reason, error.is_everybodys)
        except Unclear:
            return Outcome(State.UNKNOWN, "The connection broke while the e-mail was handed over.")

    def _write(self, row: Reminder, outcome: Outcome) -> None:
        moment = self.clock()
        with self.database.write() as session:
            held = repository.held(session, row)
            if held is None:
                return
            held.state, held.problem, held.lease_until, held.updated_at = outcome.state, outcome.problem, None, moment
            if outcome.state is State.WAITING:
                again = next_attempt(held.attempts, moment)
                held.state, held.not_before = (State.WAITING, again) if again else (State.FAILED, moment)
        if outcome.problem:
            log.warning("reminder %d did not go out", row.id)

    def _agenda(self, visitor: Visitor, found: Waiting) -> Agenda:
        return agenda_of(visitor, found, list(self.catalogue.languages))

    def _text(self, visitor: Visitor, agenda: Agenda) -> str:
        return text_of(visitor, agenda, self.catalogue.languages, self.settings.public_base_url)
