"""What the network reports of a text, in any order and any number of times."""

import logging
from datetime import datetime

from sqlalchemy.orm import Session

from api.channels.sms import outbound_repository, repository
from api.channels.sms.forms import StatusReport
from api.channels.sms.models import DeliveryEvent, OutboundSms
from api.channels.sms.outcomes import OPTED_OUT_CODE
from api.channels.sms.states import moved_by

log = logging.getLogger(__name__)


def record_report(session: Session, report: StatusReport, moment: datetime) -> None:
    """Keeps the report once and moves its text forward. A text whose fate was unknown is found by our own id."""
    values = {
        "message_sid": report.message_sid,
        "status": report.status,
        "error_code": report.error_code,
        "received_at": moment,
    }
    if not repository.insert_once(session, DeliveryEvent, values):
        return
    row = outbound_repository.of_report(session, report.message_sid, report.outbox_id)
    if row is None:
        return
    if row.message_sid not in (None, report.message_sid):
        log.error("text %d is known to the network under two names: it may have been sent twice", row.id)
        return
    row.message_sid = report.message_sid
    apply_report(session, row, report.status, report.error_code, moment)


def apply_report(session: Session, row: OutboundSms, status: str, error_code: int | None, moment: datetime) -> None:
    state = moved_by(row.state, status)
    if state != row.state:
        row.state, row.updated_at, row.lease_until = state, moment, None
        row.sent_at = row.sent_at or moment
        row.error_code = error_code
    if error_code == OPTED_OUT_CODE:
        repository.suppress(session, row.to_hash, reason="network", moment=moment)
