"""Words and numbers are forgotten; that a text was sent is not."""

from datetime import timedelta

from api.channels.sms.models import InboundSms, OutboundSms
from api.channels.sms.retention import forget_old_texts
from api.database import Database, now


def test_old_texts_lose_their_words_and_numbers(database: Database) -> None:
    with database.write() as session:
        for age in (1, 40):
            moment = now() - timedelta(days=age)
            session.add(
                InboundSms(
                    message_sid=f"SM{age}",
                    from_hash="h",
                    from_encrypted="n",
                    body_encrypted="b",
                    state="handled",
                    received_at=moment,
                )
            )
            session.add(
                OutboundSms(
                    dedupe_key=f"reply:{age}",
                    batch="b",
                    part=0,
                    kind="reply",
                    to_hash="h",
                    to_encrypted="n",
                    body="b",
                    encoding="GSM-7",
                    segments=1,
                    said=[],
                    state="failed",
                    not_before=moment,
                    created_at=moment,
                    updated_at=moment,
                )
            )
    forget_old_texts(database, 30)
    with database.read() as session:
        assert [row.message_sid for row in session.query(InboundSms)] == ["SM1"]
        kept = {row.dedupe_key: (row.body, row.to_encrypted, row.state) for row in session.query(OutboundSms)}
    assert kept == {"reply:1": ("b", "n", "failed"), "reply:40": ("", "", "failed")}
