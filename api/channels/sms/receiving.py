"""Stores what Twilio brings, once, in one short transaction."""

from api.channels.sms import repository
from api.channels.sms.forms import InboundText, StatusReport
from api.channels.sms.models import InboundSms
from api.channels.sms.numbers import NotAMobile, mobile, number_keeper
from api.channels.sms.states import InboundState
from api.channels.sms.status import record_report
from api.conversations.assembly import Parts
from api.database import now


def receive_text(assembled: Parts, text: InboundText) -> None:
    """Storing the same MessageSid again changes nothing."""
    keeper = number_keeper(assembled.settings.secret_key)
    sender = _one_spelling(text.sender)
    values = {
        "message_sid": text.message_sid,
        "from_hash": keeper.hash(sender),
        "from_encrypted": keeper.encrypt(sender),
        "body_encrypted": keeper.encrypt(text.body),
        "num_media": text.num_media,
        "opt_out_type": text.opt_out_type,
        "state": InboundState.QUEUED,
        "attempts": 0,
        "received_at": now(),
    }
    with assembled.database.write() as session:
        repository.insert_once(session, InboundSms, values)


def receive_report(assembled: Parts, report: StatusReport) -> None:
    with assembled.database.write() as session:
        record_report(session, report, now())


def _one_spelling(sender: str) -> str:
    try:
        return mobile(sender, abroad=True, allow_fiction=True).e164
    except NotAMobile:
        return sender
