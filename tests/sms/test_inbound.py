"""From a family's text to the texts that answer it."""

from typing import Any

import pytest

from api.channels.sms.inbound import InboundTexts
from api.content.repository import newest
from tests.sms.conftest import FAMILY, OTHER_FAMILY, Room

BED = "can my baby sleep in our bed"
DANGER = "my baby is not breathing"


def greeted(room: Room, number: str = FAMILY) -> None:
    room.answer("hello", number)


def test_a_first_question_is_answered_and_then_the_family_learns_who_we_are_and_how_to_stop(room: Room) -> None:
    texts = room.answer(BED)
    assert room.keys_sent()[0][0] == "safer_sleep/bed_sharing"
    assert room.keys_sent()[-1] == ["conversation/welcome"]
    assert "STOP" in texts[-1]


def test_a_first_greeting_is_answered_with_the_welcome_first(room: Room) -> None:
    texts = room.answer("hello")
    assert "Welcome" in texts[0]
    assert room.keys_sent()[0] == ["conversation/welcome"]
    assert room.keys_sent()[1][0] == "conversation/greet"


def test_the_welcome_comes_once(room: Room) -> None:
    greeted(room)
    room.answer(BED)
    room.answer("hello")
    assert room.keys_sent().count(["conversation/welcome"]) == 1


def test_the_welcome_does_not_take_the_digits_of_the_answer(room: Room) -> None:
    texts = room.answer(BED)
    menu = next(text for text in texts if "\n1 " in text or text.startswith("1 "))
    first_choice = next(line[2:] for line in menu.splitlines() if line.startswith("1 "))
    room.answer("1")
    with room.parts.database.read() as session:
        revision = newest(session, room.keys_sent()[-1][0], "en")
    assert revision is not None
    assert revision.title == first_choice


def test_every_text_says_what_it_costs_and_which_words_it_holds(room: Room) -> None:
    room.answer(BED)
    for row in room.outbox():
        assert row.segments >= 1
        assert row.encoding in ("GSM-7", "UCS-2")
        assert all(set(said) == {"key", "language", "revision"} for said in row.said)
        assert row.state == "sent"
        assert row.conversation_id


def test_danger_is_answered_first_alone_and_without_a_welcome(room: Room) -> None:
    [text] = room.answer(DANGER)
    assert "999" in text
    assert room.keys_sent() == [["urgent/baby_not_breathing"]]


def test_the_welcome_comes_after_the_first_answer_that_is_not_urgent(room: Room) -> None:
    room.answer(DANGER)
    room.answer(BED)
    assert room.keys_sent()[-1] == ["conversation/welcome"]


@pytest.mark.parametrize("word", ["STOP", "Stop.", "stop please", "unsubscribe"])
def test_stop_is_confirmed_once_and_nothing_follows(room: Room, word: str) -> None:
    greeted(room)
    [confirmation] = room.answer(word)
    assert "START" in confirmation
    assert room.is_suppressed()
    assert room.answer(word) == []
    assert room.answer(BED) == []


@pytest.mark.parametrize(("word", "language"), [("bandh karo", "gu"), ("بند کریں", "ur"), ("wypisz mnie", "pl")])
def test_a_stop_in_another_language_is_confirmed_in_that_language_or_in_english(
    room: Room, word: str, language: str
) -> None:
    assert len(room.answer(word)) == 1
    assert room.is_suppressed()
    [row] = room.outbox()
    assert {said["language"] for said in row.said} <= {language, "en"}
    assert "conversation/messages_stopped" in [said["key"] for said in row.said]


def test_a_family_that_stopped_is_still_answered_when_someone_is_in_danger_and_only_then(room: Room) -> None:
    room.answer("stop")
    [text] = room.answer(DANGER)
    assert "999" in text
    assert room.is_suppressed()
    assert room.answer(BED) == []


def test_start_begins_again(room: Room) -> None:
    room.answer("stop")
    texts = room.answer("Start")
    assert not room.is_suppressed()
    assert room.keys_sent()[1][0] == "conversation/messages_restarted"
    assert len(texts) == 2
    assert room.answer(BED)


def test_a_stop_that_the_network_handled_is_noted_and_not_answered_again(room: Room) -> None:
    greeted(room)
    assert room.answer("STOP", OptOutType="STOP") == []
    assert room.is_suppressed()
    assert room.answer("HELP", OptOutType="HELP") == []
    assert room.answer("START", OptOutType="START") == []
    assert not room.is_suppressed()


def test_a_sentence_understood_as_stop_is_confirmed_once_and_stops(room: Room) -> None:
    greeted(room)
    [confirmation] = room.answer("please do not send me any more of these")
    assert "1 " not in confirmation.splitlines()[-1][:2]
    assert room.is_suppressed()
    assert room.keys_sent()[-1] == ["conversation/stop_messages"]


def test_a_family_that_lost_its_baby_can_still_ask(room: Room) -> None:
    greeted(room)
    room.answer("we lost our baby last week")
    assert not room.is_suppressed()
    assert room.answer(BED)


def test_a_picture_without_words_is_owned_up_to(room: Room) -> None:
    greeted(room)
    assert len(room.answer("", NumMedia="1")) == 1
    assert room.keys_sent()[-1] == ["conversation/picture_not_read"]


def test_a_picture_with_words_is_answered_by_its_words(room: Room) -> None:
    greeted(room)
    room.answer(BED, NumMedia="2")
    assert room.keys_sent()[-1][0] == "safer_sleep/bed_sharing"


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b", "?!", "😀"])
def test_a_text_without_words_is_asked_about(room: Room, nothing: str) -> None:
    greeted(room)
    assert len(room.answer(nothing)) == 1
    assert room.keys_sent()[-1] == ["conversation/nothing_said"]


def test_two_families_have_two_conversations_and_one_family_has_one(room: Room) -> None:
    for number in (FAMILY, OTHER_FAMILY, FAMILY):
        room.answer(BED, number)
    conversations = {(row.to_hash, row.conversation_id) for row in room.outbox()}
    assert len(conversations) == 2


def test_an_erased_conversation_is_begun_anew(room: Room) -> None:
    room.answer(BED)
    old = room.outbox()[0].conversation_id
    assert old
    room.parts.conversations.erase(old)
    assert len(room.answer(BED)) >= 1
    assert room.outbox()[-1].conversation_id != old


@pytest.mark.parametrize("sender", ["+441134960123", "+48123456789", "60006", "Twilio Demo"])
def test_a_sender_that_is_no_mobile_is_kept_and_not_answered(room: Room, sender: str) -> None:
    assert room.text_in("hello", sender).status_code == 200
    room.work()
    assert [row.state for row in room.inbox()] == ["unanswerable"]
    assert room.outbox() == []


def test_the_texts_of_one_family_are_answered_in_the_order_they_came(room: Room) -> None:
    for body in ("hello", BED, "we lost our baby last week"):
        room.text_in(body)
    room.work()
    answers = [keys[0] for keys in room.keys_sent() if keys[:1] != ["conversation/welcome"] and keys]
    assert answers == ["conversation/greet", "safer_sleep/bed_sharing", "support/baby_loss"]


def test_a_text_longer_than_any_is_still_searched_for_danger(room: Room) -> None:
    [text] = room.answer("we went out today. " * 100 + DANGER)
    assert "999" in text


def fail_always(*_: Any) -> Any:
    raise RuntimeError("broken on purpose")


@pytest.mark.parametrize(
    ("body", "key", "stops"),
    [(BED, "conversation/trouble", False), (DANGER, "urgent/baby_not_breathing", False), ("stop", None, True)],
)
def test_when_every_attempt_fails_the_family_is_not_left_without_a_word(
    room: Room, monkeypatch: pytest.MonkeyPatch, body: str, key: str | None, stops: bool
) -> None:
    monkeypatch.setattr(InboundTexts, "decide", fail_always)
    monkeypatch.setattr("api.channels.sms.worker.FIRST_WAIT", 0 * room.worker.lease)
    texts = room.answer(body)
    assert room.is_suppressed() is stops
    assert [keys[0] for keys in room.keys_sent()] == ([key] if key else [])
    assert len(texts) == (1 if key else 0)
    assert [(row.state, row.attempts) for row in room.inbox()] == [("handled", 4)]


def test_without_a_bot_every_text_is_answered(room: Room) -> None:
    room.parts.bot._client.base_url = "http://127.0.0.1:9"
    assert room.answer("which pram would you choose for two")
    assert room.keys_sent()[0][0] == "conversation/trouble"
    assert "999" in room.answer(DANGER)[0]
