"""Texts out: once, or visibly unknown."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from api.channels.sms import outbound_repository, repository
from api.channels.sms.models import OutboundSms
from api.channels.sms.numbers import Mobile
from api.channels.sms.outbox import AT_ONCE, Outbox, enqueue
from api.channels.sms.rooms import make_worker
from api.channels.sms.senders import TwilioSender
from api.channels.sms.served import ServedWords
from api.channels.sms.states import Kind, OutboundState
from api.channels.sms.texts import Said, Text
from api.content import approving
from api.content import service as content
from api.content.languages import load_languages
from api.content.shelf import Shelf
from api.database import now
from api.person import Person
from api.settings import ROOT
from tests.sms import fake_twilio
from tests.sms.conftest import FAMILY, Room

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 23, tzinfo=UTC)


def put(room: Room, number: str = FAMILY, batch: str = "one", texts: int = 1, kind: Kind = "reply") -> int:
    bodies = [Text(f"text {n}") for n in range(texts)]
    with room.parts.database.write() as session:
        return enqueue(session, room.worker.inbound.keeper, to=Mobile(number), texts=bodies, batch=batch, kind=kind)


def states(room: Room) -> list[str]:
    return [row.state for row in room.outbox()]


def make_due(room: Room) -> None:
    with room.parts.database.write() as session:
        session.execute(update(OutboundSms).values(not_before=now()))


def test_a_text_is_sent_once_with_our_own_name_for_it_in_the_callback(room: Room) -> None:
    put(room)
    room.work()
    [sent] = room.twilio.to(FAMILY)
    [row] = room.outbox()
    assert (row.state, row.message_sid, row.attempts, row.price) == ("sent", sent.sid, 1, None)
    assert row.sent_at is not None
    assert sent.status_callback == f"https://texts.example.org/sms/twilio/status?o={row.id}"


def test_the_same_texts_are_put_in_once(room: Room) -> None:
    assert put(room, texts=2) == 2
    assert put(room, texts=2) == 0
    room.work()
    assert room.twilio.bodies(FAMILY) == ["text 0", "text 1"]


def test_the_parts_of_a_reply_go_out_in_order_even_when_the_first_must_wait(room: Room) -> None:
    put(room, fake_twilio.TOO_MANY, texts=3)
    for _ in range(4):
        make_due(room)
        room.work()
    assert room.twilio.bodies(fake_twilio.TOO_MANY) == ["text 0", "text 1", "text 2"]


@pytest.mark.parametrize(("number", "refusals"), [(fake_twilio.TOO_MANY, 2), (fake_twilio.NOT_AVAILABLE, 1)])
def test_a_text_refused_before_it_was_sent_waits_and_is_tried_again(room: Room, number: str, refusals: int) -> None:
    put(room, number)
    room.work()
    [row] = room.outbox()
    assert row.state == "queued"
    assert row.not_before > now()
    for _ in range(refusals):
        make_due(room)
        room.work()
    assert states(room) == ["sent"]
    assert len(room.twilio.to(number)) == 1


def test_a_number_that_opted_out_at_the_network_is_suppressed_and_never_tried_again(room: Room) -> None:
    put(room, fake_twilio.OPTED_OUT, "one")
    room.work()
    put(room, fake_twilio.OPTED_OUT, "two")
    room.work()
    assert states(room) == ["suppressed", "suppressed"]
    assert room.outbox()[0].error_code == 21610
    assert room.is_suppressed(fake_twilio.OPTED_OUT)
    assert room.twilio.tried[fake_twilio.OPTED_OUT] == 1


def test_a_number_that_does_not_exist_fails_at_once(room: Room) -> None:
    put(room, fake_twilio.NOT_VALID)
    room.work()
    [row] = room.outbox()
    assert (row.state, row.error_code) == ("failed", 21211)
    assert room.twilio.tried[fake_twilio.NOT_VALID] == 1


@pytest.mark.parametrize("number", [fake_twilio.BROKEN, fake_twilio.TOO_SLOW])
def test_a_text_that_may_have_gone_out_is_unknown_and_not_sent_again(room: Room, number: str) -> None:
    put(room, number)
    room.work()
    assert states(room) == ["unknown"]
    make_due(room)
    room.work()
    assert len(room.twilio.to(number)) == 1


def test_a_network_that_is_not_there_is_tried_again(room: Room) -> None:
    nowhere = room.parts.settings.model_copy(update={"twilio_api_url": "http://127.0.0.1:9"})
    room.worker.outbox.sender = TwilioSender(nowhere)
    put(room)
    room.work()
    [row] = room.outbox()
    assert (row.state, row.attempts) == ("queued", 1)


def test_refused_credentials_stop_the_sender_for_a_minute_and_raise_an_alarm(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    room.twilio.knows_us = False
    put(room, batch="one")
    room.work()
    put(room, batch="two")
    assert room.worker.outbox.run_once() == 0
    assert [r for r in caplog.records if r.levelno == logging.CRITICAL and "credentials" in r.getMessage()]
    room.twilio.knows_us = True
    room.worker.outbox.clock = lambda: now() + timedelta(seconds=61)
    room.work()
    assert states(room) == ["sent", "sent"]


def test_a_family_that_stops_between_queue_and_sending_gets_nothing(room: Room) -> None:
    put(room)
    with room.parts.database.write() as session:
        hashed = room.worker.inbound.keeper.hash(FAMILY)
        repository.suppress(session, hashed, reason="asked", moment=now())
    room.work()
    assert states(room) == ["suppressed"]
    assert room.twilio.taken == []


def test_words_that_are_withdrawn_on_the_way_are_not_sent_but_the_family_is_told(room: Room) -> None:
    room.text_in("can my baby sleep in our bed")
    room.worker.answer_texts()
    with room.parts.database.write() as session:
        revision = content.render(Shelf(True).open(session), "safer_sleep/bed_sharing", language="en", channel="sms")
        assert revision is not None
        key, number, by = revision.key, revision.revision, "A second person"
        english = load_languages(ROOT / "content")["en"]
        approving.approve(session, key=key, language=english, number=number, by=Person(by))
        session.flush()
        approving.withdraw(session, key=key, language="en", number=number, by=Person(by))
    room.work()
    by_key = {row.said[0]["key"]: row.state for row in room.outbox()}
    assert by_key["safer_sleep/bed_sharing"] == "cancelled"
    assert by_key["conversation/trouble"] == "sent"


def test_a_draft_is_not_sent_in_production(room: Room) -> None:
    draft = Said("safer_sleep/bed_sharing", "en", 1)
    assert ServedWords(room.parts.database, drafts_allowed=True).is_still_served(draft)
    assert not ServedWords(room.parts.database, drafts_allowed=False).is_still_served(draft)
    assert not ServedWords(room.parts.database, drafts_allowed=True).is_still_served(Said("no/such", "en", 1))
    assert ServedWords(room.parts.database, drafts_allowed=False).is_still_served(Said("urgent/baby_fit", "en", 0))


def at(room: Room, moment: datetime) -> None:
    room.worker.outbox.clock = lambda: moment


def test_a_text_nobody_asked_for_waits_for_the_morning_and_a_reply_does_not(room: Room) -> None:
    with room.parts.database.write() as session:
        keeper, to = room.worker.inbound.keeper, Mobile(FAMILY)
        for kind in ("unsolicited", "reply"):
            texts = [Text(kind)]
            enqueue(session, keeper, to=to, texts=texts, batch=kind, kind=kind, not_before=NOON)
    at(room, NIGHT)
    room.work()
    assert room.twilio.bodies(FAMILY) == ["reply"]
    waiting = room.outbox()[0]
    assert (waiting.state, waiting.not_before) == ("queued", datetime(2026, 11, 26, 8, tzinfo=UTC))
    at(room, datetime(2026, 11, 26, 8, tzinfo=UTC))
    room.work()
    assert room.twilio.bodies(FAMILY) == ["reply", "unsolicited"]


def test_a_text_that_was_only_claimed_by_a_dead_worker_is_sent_by_another(room: Room) -> None:
    put(room)
    with room.parts.database.write() as session:
        lease = timedelta(seconds=-1)
        outbound_repository.claim_due(session, moment=now(), lease=lease, limit=1)
    assert states(room) == ["leased"]
    room.work()
    assert states(room) == ["sent"]


def test_a_text_that_a_dead_worker_was_sending_becomes_unknown_and_stays_so(room: Room) -> None:
    put(room)
    with room.parts.database.write() as session:
        session.execute(
            update(OutboundSms).values(state=OutboundState.SENDING, lease_until=now() - timedelta(seconds=1))
        )
    room.work()
    assert states(room) == ["unknown"]
    assert room.twilio.taken == []


def test_a_worker_that_slept_past_its_lease_sends_nothing(room: Room) -> None:
    put(room)
    outbox: Outbox = room.worker.outbox
    sleeper = outbox._claimed()
    outbox.clock = lambda: now() + outbox.lease + timedelta(seconds=1)
    room.work()
    assert outbox._ready(sleeper) == []
    assert len(room.twilio.to(FAMILY)) == 1


def test_two_workers_never_send_the_same_text(room: Room) -> None:
    numbers = [f"+447700900{n:03d}" for n in range(AT_ONCE * 10)]
    for number in numbers:
        put(room, number, batch=number)
    workers = [make_worker(room.parts) for _ in range(4)]

    def work(n: int) -> None:
        while workers[n].run_once():
            pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    for worker in workers:
        worker.close()
    room.work()
    sent = [text.to for text in room.twilio.taken]
    assert (
        len(sent)
        == len(set(sent))
        == AT_ONCE * 10 - len({"+447700900211"} & {f"+447700900{n:03d}" for n in range(100)})
    )


def test_a_number_kept_under_another_secret_fails_and_holds_nobody_up(room: Room) -> None:
    put(room, batch="one")
    with room.parts.database.write() as session:
        session.execute(update(OutboundSms).values(to_encrypted="not readable"))
    put(room, batch="two")
    room.work()
    assert states(room) == ["failed", "sent"]


def test_of_a_text_that_was_confirmed_as_a_whole_no_part_goes_without_the_others(room: Room) -> None:
    on_hold = Text("a service on hold", service_ids=("mums_mind",))
    shown = Text("a service that is shown", service_ids=("baby_basics_leicester",))
    with room.parts.database.write() as session:
        keeper, to = room.worker.inbound.keeper, Mobile(FAMILY)
        enqueue(session, keeper, to=to, texts=[Text("words"), on_hold, shown], batch="lost", kind="unsolicited")
        enqueue(session, keeper, to=to, texts=[shown, Text("words")], batch="whole", kind="unsolicited")
    at(room, NOON)
    with room.parts.database.write() as session:
        session.execute(update(OutboundSms).values(not_before=NOON))
    room.work()
    assert states(room) == ["unshown"] * 3 + ["sent"] * 2
    assert room.twilio.bodies(FAMILY) == ["a service that is shown", "words"]
