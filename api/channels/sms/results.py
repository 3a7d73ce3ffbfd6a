"""Writes what an attempt came to, unless a report from the network already knows better."""

import logging
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from api.channels.sms import outbound_repository, repository
from api.channels.sms.models import OutboundSms
from api.channels.sms.outcomes import CONFIGURATION_CODES, Attempt, Outcome
from api.channels.sms.states import OutboundState
from api.channels.sms.status import apply_report

log = logging.getLogger(__name__)
ATTEMPTS_AT_MOST = 10
FIRST_WAIT, LONGEST_WAIT = 1.0, 600.0
SIGNED_OUT_WAIT = timedelta(minutes=1)


def back_off(attempts: int, chance: float) -> timedelta:
    """Twice as long each time, spread over its upper half so that many texts do not come back at once."""
    longest = min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
    return timedelta(seconds=longest * (0.5 + chance / 2))


def write_result(session: Session, row: OutboundSms, attempt: Attempt, moment: datetime, chance: float) -> None:
    """`chance`: between 0 and 1, spreads the next attempt."""
    if attempt.outcome in (Outcome.ACCEPTED, Outcome.DELIVERED):
        _write_accepted(session, row, attempt, moment)
    elif row.state == OutboundState.SENDING:
        row.updated_at, row.lease_until, row.error_code = moment, None, attempt.error_code
        row.state = _state_after_refusal(row, attempt, moment, chance)
        if attempt.outcome is Outcome.OPTED_OUT:
            repository.suppress(session, row.to_hash, reason="network", moment=moment)


def _write_accepted(session: Session, row: OutboundSms, attempt: Attempt, moment: datetime) -> None:
    row.message_sid = row.message_sid or attempt.message_sid
    status = "delivered" if attempt.outcome is Outcome.DELIVERED else "accepted"
    apply_report(session, row, status, None, moment)
    for event in outbound_repository.events(session, [row.message_sid] if row.message_sid else []):
        apply_report(session, row, event.status, event.error_code, moment)


def _state_after_refusal(row: OutboundSms, attempt: Attempt, moment: datetime, chance: float) -> OutboundState:
    match attempt.outcome:
        case Outcome.OPTED_OUT:
            return OutboundState.SUPPRESSED
        case Outcome.NOT_SIGNED_IN:
            row.attempts, row.not_before = row.attempts - 1, moment + SIGNED_OUT_WAIT
            return OutboundState.QUEUED
        case Outcome.TRY_LATER if row.attempts < ATTEMPTS_AT_MOST:
            row.not_before = moment + back_off(row.attempts, chance)
            return OutboundState.QUEUED
        case Outcome.UNKNOWN:
            log.error("text %d may or may not have gone out: unknown until the network reports", row.id)
            return OutboundState.UNKNOWN
    level = logging.CRITICAL if attempt.error_code in CONFIGURATION_CODES else logging.WARNING
    log.log(level, "text %d failed with code %s after %d attempts", row.id, attempt.error_code, row.attempts)
    return OutboundState.FAILED
