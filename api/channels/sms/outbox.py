"""Texts out. Two transactions around every attempt: a crash between them leaves `unknown`, never a second text."""

import logging
import random
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from api.channels.sms import outbound_repository, repository
from api.channels.sms.models import OutboundSms
from api.channels.sms.numbers import Mobile, NumberKeeper
from api.channels.sms.outcomes import Attempt, Outcome
from api.channels.sms.quiet_hours import next_decent_moment
from api.channels.sms.rechecking import LOST, Recheck, said_in
from api.channels.sms.results import write_result
from api.channels.sms.senders import Sender, TextToSend
from api.channels.sms.states import Kind, OutboundState
from api.channels.sms.texts import Text
from api.content.segments import count
from api.conversations.urgent_words import LAST_RESORT
from api.database import Database, now

log = logging.getLogger(__name__)
AT_ONCE = 10
SIGNED_OUT_FOR = timedelta(minutes=1)
INSTEAD = "instead:"

Instead = Callable[[str], Sequence[Text]]
"""Texts that may be said to a conversation when the answer itself may no longer be."""


def enqueue(
    session: Session,
    keeper: NumberKeeper,
    *,
    to: Mobile,
    texts: Iterable[Text],
    batch: str,
    kind: Kind = "reply",
    conversation_id: str | None = None,
    not_before: datetime | None = None,
) -> int:
    """Puts the texts of one `batch` in the outbox, once; returns how many were new."""
    common: dict[str, object] = {
        "to_hash": keeper.hash(to.e164),
        "to_encrypted": keeper.encrypt(to.e164),
        "batch": batch,
        "kind": kind,
        "conversation_id": conversation_id,
    }
    return _insert(session, texts, common, not_before or now())


def _insert(session: Session, texts: Iterable[Text], common: dict[str, object], not_before: datetime) -> int:
    moment = now()
    times = {"not_before": not_before, "created_at": moment, "updated_at": moment}
    rows = [
        {**common, **times, **_row_of(text), "dedupe_key": f"{common['batch']}:{n}", "part": n}
        for n, text in enumerate(texts)
    ]
    return sum(repository.insert_once(session, OutboundSms, row) for row in rows)


def _row_of(text: Text) -> dict[str, object]:
    cost = count(text.body)
    return {
        "body": text.body,
        "encoding": cost.encoding,
        "segments": cost.count,
        "said": [asdict(said) for said in text.said],
        "service_ids": list(text.service_ids),
        "despite_opt_out": text.despite_opt_out,
        "state": OutboundState.QUEUED,
        "attempts": 0,
    }


@dataclass
class Outbox:
    """Sends what is due. Any number of processes may run one on the same database."""

    database: Database
    keeper: NumberKeeper
    sender: Sender
    recheck: Recheck
    instead: Instead
    lease: timedelta = timedelta(seconds=60)
    clock: Callable[[], datetime] = now
    _pool: ThreadPoolExecutor = field(init=False, repr=False)
    _signed_out_until: datetime | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="sms-out")

    def run_once(self) -> int:
        """Sends at most ten texts at a time; returns how many it dealt with."""
        if self._signed_out_until and self.clock() < self._signed_out_until:
            return 0
        claimed = self._claimed()
        ready = self._ready(claimed) if claimed else []
        if ready:
            attempts = list(self._pool.map(self._attempt, ready))
            self._write_results(dict(zip((row.id for row in ready), attempts, strict=True)))
        return len(claimed)

    def lapse(self) -> int:
        """Attempts that nobody finished become unknown; returns how many."""
        moment = self.clock()
        with self.database.read() as session:
            if not outbound_repository.has_lapsed(session, moment):
                return 0
        with self.database.write() as session:
            lapsed = outbound_repository.lapse(session, moment)
        if lapsed:
            log.error("%d texts may or may not have gone out: unknown until the network reports", lapsed)
        return lapsed

    def close(self) -> None:
        self._pool.shutdown()

    def _claimed(self) -> list[OutboundSms]:
        moment = self.clock()
        with self.database.read() as session:
            if not outbound_repository.has_due(session, moment):
                return []
        with self.database.write() as session:
            return outbound_repository.claim_due(session, moment=moment, lease=self.lease, limit=AT_ONCE)

    def _ready(self, claimed: Sequence[OutboundSms]) -> list[OutboundSms]:
        """Checks again, at the last moment, whether each text may go out; those that may are marked as being sent."""
        lost = self._lost(claimed)
        gone = {row.id: self._in_place_of(row) for row in claimed if row.id in lost}
        with self.database.write() as session:
            suppressed = repository.suppressed_among(session, {row.to_hash for row in claimed})
            held = outbound_repository.locked(session, [row.id for row in claimed])
            ours = [(held[r.id], r) for r in claimed if r.id in held and _is_held(held[r.id], r)]
            for row, _ in ours:
                row.state, row.not_before = self._state_now(row, row.to_hash in suppressed, lost.get(row.id))
                row.lease_until = self.clock() + self.lease if row.state == OutboundState.SENDING else None
                row.attempts += row.state == OutboundState.SENDING
                row.updated_at = self.clock()
                self._enqueue_instead(session, row, gone.get(row.id, ()))
        return [row for row, _ in ours if row.state == OutboundState.SENDING]

    def _lost(self, claimed: Sequence[OutboundSms]) -> dict[int, OutboundState]:
        recheck = self.recheck.once()
        with self.database.read() as session:
            batches = outbound_repository.batches(session, {row.batch for row in claimed})
        found = ((row.id, recheck.lost(row, batches[row.batch])) for row in claimed)
        return {row_id: state for row_id, state in found if state is not None}

    def _state_now(
        self, row: OutboundSms, is_suppressed: bool, lost: OutboundState | None
    ) -> tuple[OutboundState, datetime]:
        moment = self.clock()
        decent = next_decent_moment(moment)
        if is_suppressed and not row.despite_opt_out:
            return OutboundState.SUPPRESSED, row.not_before
        if lost:
            return lost, row.not_before
        if row.kind != "reply" and decent > moment:
            return OutboundState.QUEUED, decent
        return OutboundState.SENDING, row.not_before

    def _in_place_of(self, row: OutboundSms) -> Sequence[Text]:
        """A family that asked is not left without a word because its answer was withdrawn on the way."""
        is_owed = row.kind == "reply" and row.conversation_id and not row.batch.startswith(INSTEAD)
        log.warning("text %d is not sent: its words or services are no longer served", row.id)
        if row.kind == "reply" and any(said.key.startswith("urgent/") for said in said_in(row)):
            return (Text(LAST_RESORT, despite_opt_out=True),)
        try:
            return self.instead(row.conversation_id) if is_owed and row.conversation_id else ()
        except Exception as error:
            log.error("nothing could be said in place of text %d: %s", row.id, type(error).__name__)
            return ()

    def _enqueue_instead(self, session: Session, row: OutboundSms, texts: Sequence[Text]) -> None:
        if row.state in LOST:
            same: dict[str, object] = {
                "to_hash": row.to_hash,
                "to_encrypted": row.to_encrypted,
                "conversation_id": row.conversation_id,
            }
            _insert(session, texts, {**same, "batch": f"{INSTEAD}{row.batch}", "kind": "reply"}, self.clock())

    def _attempt(self, row: OutboundSms) -> Attempt:
        try:
            to = Mobile(self.keeper.decrypt(row.to_encrypted))
        except Exception as error:
            log.critical("text %d has a number that cannot be read: %s", row.id, type(error).__name__)
            return Attempt(Outcome.REFUSED)
        return self.sender.send(TextToSend(row.id, to, row.body))

    def _write_results(self, attempts: dict[int, Attempt]) -> None:
        moment = self.clock()
        with self.database.write() as session:
            for row_id, row in outbound_repository.locked(session, attempts).items():
                write_result(session, row, attempts[row_id], moment, random.random())
        if any(attempt.outcome is Outcome.NOT_SIGNED_IN for attempt in attempts.values()):
            self._signed_out_until = moment + SIGNED_OUT_FOR
            log.critical(
                "Twilio refuses our credentials: no text goes out. Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN."
            )


def _is_held(row: OutboundSms, claimed: OutboundSms) -> bool:
    """Whether the claim still stands: a worker that slept past its lease has lost the row to another."""
    return row.state == OutboundState.LEASED and row.lease_until == claimed.lease_until
