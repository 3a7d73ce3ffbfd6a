"""One step of the work: answer texts that came in, send texts that go out, note attempts that nobody finished."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.channels.sms import repository
from api.channels.sms.inbound import Decision, InboundTexts
from api.channels.sms.models import InboundSms
from api.channels.sms.outbox import Outbox, enqueue
from api.channels.sms.states import InboundState
from api.database import Database, now

log = logging.getLogger(__name__)
AT_ONCE = 4
ATTEMPTS_AT_MOST = 3
FIRST_WAIT = timedelta(seconds=1)


@dataclass
class SmsWorker:
    """Any number of these may run on one database, in threads or processes. `run_once` may be called forever."""

    database: Database
    inbound: InboundTexts
    outbox: Outbox
    lease: timedelta = timedelta(seconds=30)
    _pool: ThreadPoolExecutor = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="sms-in")

    def run_once(self) -> int:
        """Does what there is to do now; returns how much it was, 0 when there was nothing or no database."""
        try:
            return self.outbox.lapse() + self.answer_texts() + self.outbox.run_once()
        except SQLAlchemyError as error:
            log.error("the SMS queue cannot be reached: %s", type(error).__name__)
            return 0

    def answer_texts(self) -> int:
        claimed = self._claimed()
        list(self._pool.map(self._handle, claimed))
        return len(claimed)

    def close(self) -> None:
        self._pool.shutdown()
        self.outbox.close()

    def _claimed(self) -> list[InboundSms]:
        moment = now()
        with self.database.read() as session:
            if not repository.has_waiting_text(session, moment):
                return []
        with self.database.write() as session:
            return repository.claim_texts(session, moment=moment, lease=self.lease, limit=AT_ONCE)

    def _handle(self, row: InboundSms) -> None:
        try:
            if row.attempts > ATTEMPTS_AT_MOST:
                self._finish(row, self.inbound.decide_in_trouble(row))
            else:
                self._finish(row, self.inbound.decide(row))
        except Exception as error:
            log.error("inbound text %d, attempt %d: %s", row.id, row.attempts, type(error).__name__)
            self._release(row)

    def _finish(self, row: InboundSms, decision: Decision) -> None:
        """The answer and the mark that it was given, in one transaction: never one without the other."""
        moment = now()
        with self.database.write() as session:
            held = repository.leased_text(session, row.id, row.attempts)
            if held is None:
                return
            held.state, held.handled_at, held.lease_until = decision.state, moment, None
            self._write(session, held, decision, moment)

    def _write(self, session: Session, row: InboundSms, decision: Decision, moment: datetime) -> None:
        if decision.suppress:
            repository.suppress(session, row.from_hash, reason=decision.reason, moment=moment)
        elif decision.suppress is False:
            repository.unsuppress(session, row.from_hash)
        if decision.welcomed:
            repository.mark_welcomed(session, row.from_hash)
        if decision.to is not None:
            enqueue(
                session,
                self.inbound.keeper,
                to=decision.to,
                texts=decision.texts,
                batch=f"reply:{row.message_sid}",
                conversation_id=decision.conversation_id,
            )

    def _release(self, row: InboundSms) -> None:
        """Back in the queue after a pause; when not even that can be written, the lease runs out by itself."""
        try:
            with self.database.write() as session:
                held = repository.leased_text(session, row.id, row.attempts)
                if held is not None:
                    held.state = InboundState.QUEUED
                    held.lease_until = now() + FIRST_WAIT * row.attempts
        except SQLAlchemyError as error:
            log.error("inbound text %d could not be put back: %s", row.id, type(error).__name__)
