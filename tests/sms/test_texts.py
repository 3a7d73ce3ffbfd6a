"""A reply as texts."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from api.channels.sms.texts import LONGEST, Said, texts_of
from api.content.segments import count
from api.conversations.schemas import ChoiceOut, MessageOut, Reply, ServiceOut, Understood, Urgent


def message(text: str, key: str = "support/housing", language: str = "en") -> MessageOut:
    return MessageOut(key=key, language=language, text=text, revision=3, approved=True, demonstration=False)


def reply(*messages: MessageOut, choices: tuple[str, ...] = (), services: tuple[ServiceOut, ...] = ()) -> Reply:
    return Reply(
        reply_id="r",
        conversation_id="c",
        language="en",
        understood=Understood(),
        messages=list(messages),
        services=list(services),
        choices=[ChoiceOut(label=label, say=label) for label in choices],
    )


def test_an_answer_and_its_choices_are_one_text_when_that_costs_no_more() -> None:
    [text] = texts_of(reply(message("An answer."), choices=("Bed sharing", "Talk to a person")))
    assert text.body == "An answer.\n\n1 Bed sharing\n2 Talk to a person"
    assert text.said == (Said("support/housing", "en", 3),)


def test_an_english_answer_is_not_made_dear_by_a_line_in_gujarati() -> None:
    english, gujarati = "Phone them and ask. " * 14, "આ જવાબ હજુ ગુજરાતીમાં નથી."
    texts = texts_of(reply(message(gujarati, language="gu"), message(english)))
    assert [text.body for text in texts] == [gujarati, english.strip()]
    assert sum(count(text.body).count for text in texts) < count(f"{gujarati}\n\n{english}").count


def test_a_service_is_name_phone_and_distance() -> None:
    near = ServiceOut(id="a", name="Baby Basics", summary="", phone="0116 496 0123", distance_km=1.24)
    bare = ServiceOut(id="b", name="Family hub", summary="", url="https://example.org/hub")
    [text] = texts_of(reply(message("Places near you:"), services=(near, bare)))
    assert text.body.splitlines()[2:] == ["Baby Basics, 0116 496 0123, 1.2 km", "Family hub, https://example.org/hub"]


def test_an_urgent_message_is_a_text_of_its_own_and_the_first() -> None:
    danger = reply(message("Phone 999 now.", "urgent/baby_fit"), message("This is not yet in Urdu."), choices=("Help",))
    danger.urgent = Urgent(key="urgent/baby_fit", contact="999")
    first, second = texts_of(danger)
    assert (first.body, first.despite_opt_out) == ("Phone 999 now.", True)
    assert second.body == "This is not yet in Urdu.\n\n1 Help"
    assert not second.despite_opt_out


def test_a_long_answer_is_cut_between_words() -> None:
    texts = texts_of(reply(message("word " * 700)))
    assert len(texts) == 3
    assert all(set(text.body.split()) == {"word"} for text in texts)
    assert {text.said for text in texts} == {(Said("support/housing", "en", 3),)}


@given(st.lists(st.text(min_size=1, max_size=3000), min_size=1, max_size=3), st.lists(st.text(max_size=60), max_size=9))
def test_no_text_is_too_long_and_no_word_is_lost(messages: list[str], labels: list[str]) -> None:
    whole = reply(*map(message, messages), choices=tuple(labels))
    texts = texts_of(whole)
    assert all(0 < len(text.body.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST for text in texts)
    sent = "".join("".join(text.body for text in texts).split())
    for words in messages:
        assert "".join(unicodedata.normalize("NFC", words.replace("\r\n", "\n")).split()) in sent


def test_words_are_sent_composed() -> None:
    [text] = texts_of(reply(message(unicodedata.normalize("NFD", "à côté"))))
    assert text.body == "à côté"
