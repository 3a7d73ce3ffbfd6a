"""What families say of answers, and their unanswered questions, on the desk; on both databases."""

import re

from sqlalchemy import select

from api.accounts.models import AuditEntry
from api.content.models import TrainingExample
from api.conversations import feedback
from api.conversations.asking import Verdict
from api.conversations.models import Feedback, Turn
from tests.editors.conftest import ADMIN, APPROVER, EDITOR, GUJARATI, Room
from tests.editors.families import BED, conversation, turn

PERSONAL = "Can we all sleep in one bed at LE1 1AA? Ring 07700 900123, a@example.org, www.example.com"
HIDDEN = ("LE1 1AA", "900123", "a@example.org", "www.example.com")


def told(room: Room, verdict: Verdict, said: str = PERSONAL, language: str = "en", key: str = BED) -> str:
    """A verdict on the answer to `said`; returns the id of the turn."""
    with room.parts.database.write() as session:
        family = conversation(session, language)
        made = turn(session, said, told=key, language=language, family=family)
        feedback.give(session, family.id, made, verdict)
    return made


def asked(room: Room, *said: str, language: str = "en", **changed: object) -> list[str]:
    """Turns that were not answered."""
    with room.parts.database.write() as session:
        return [turn(session, one, language=language, **changed) for one in said]  # type: ignore[arg-type]


def log(room: Room, what: str) -> list[AuditEntry]:
    with room.parts.database.read() as session:
        return list(session.scalars(select(AuditEntry).where(AuditEntry.what == what)))


def examples(room: Room) -> list[tuple[str, str, str, str]]:
    with room.parts.database.read() as session:
        return [(e.key, e.language, e.text, e.added_by) for e in session.scalars(select(TrainingExample))]


def test_a_report_shows_what_was_read_and_is_settled_with_a_note(room: Room) -> None:
    assert "There is nothing to do" in room.get("/editors/feedback")
    assert "Nobody has said yet" in room.get("/editors/feedback/counts")
    made = told(room, Verdict(False, "wrong", "The number 0116 258 6111 is old"))
    told(room, Verdict(True))
    page = room.get("/editors/feedback")
    assert "1 report, newest first" in page
    assert "Can we all sleep in one bed at [postcode]? Ring [number], [e-mail address], [link]" in page
    assert "The number [number] is old" in page
    for hidden in (*HIDDEN, "258 6111"):
        assert hidden not in page
    assert "It is wrong or out of date" in page
    assert f"/editors/messages/{BED}/en/history#revision-1" in page
    assert "41 % sure" in page
    assert "is here for 30 days" in page
    assert 'id="revision-1"' in room.get(f"/editors/messages/{BED}/en/history")
    room.post(f"/editors/feedback/{made}/settle", {"note": "Number put right"})
    assert "There is nothing to do" in room.get("/editors/feedback")
    settled = room.get("/editors/feedback?state=settled")
    assert "Number put right" in settled
    assert "Settled</strong> by Editor" in settled
    (entry,) = log(room, "feedback.settled")
    assert (entry.subject, entry.after) == (f"{BED} (en), revision 1", {"reason": "wrong", "note": "Number put right"})
    assert "sleep in one bed" not in entry.words
    room.post(f"/editors/feedback/{made}/reopen")
    assert "1 report, newest first" in room.get("/editors/feedback")
    room.post("/editors/feedback/none/settle", status=404)


def test_reports_are_filtered_and_translators_act_on_their_languages(room: Room) -> None:
    english = told(room, Verdict(False), "why not")
    gujarati = told(room, Verdict(False, "unclear"), "kem nahi", "gu", "stop_smoking/get_help")
    for query, count in (
        ("", 2), ("?language=gu", 1), ("?topic=safer_sleep", 1), ("?topic=safer", 0), ("?reason=any", 1),
        ("?reason=unclear&language=gu&topic=stop_smoking", 1), ("?reason=wrong", 0), ("?state=settled", 0),
        ("?state=all", 2), ("?page=9", 0),
    ):  # fmt: skip
        assert room.get(f"/editors/feedback{query}").count('<article class="place">') == count, query
    assert "No report is like that" in room.get("/editors/feedback?reason=wrong")
    room.get("/editors/feedback?state=x", 422)
    room.sign_in(GUJARATI)
    page = room.get("/editors/feedback")
    assert f"/editors/feedback/{gujarati}/settle" in page
    assert f"/editors/feedback/{english}/settle" not in page
    room.post(f"/editors/feedback/{english}/settle", status=403)
    room.post(f"/editors/feedback/{gujarati}/settle")
    room.sign_in(APPROVER)
    room.post(f"/editors/feedback/{english}/settle", status=403)
    room.sign_in(ADMIN)
    room.post(f"/editors/feedback/{english}/settle")


def test_messages_are_counted_worst_first_and_the_count_outlives_the_words(room: Room) -> None:
    for verdict in (Verdict(False), Verdict(False), Verdict(True)):
        told(room, verdict, key="stop_smoking/get_help")
    told(room, Verdict(True))
    with room.parts.database.read() as session:
        families = [one.conversation_id for one in session.scalars(select(Turn))]
    for family in families:
        room.parts.conversations.erase(family)
    with room.parts.database.read() as session:
        assert session.scalars(select(Feedback)).all() == []
    page = room.get("/editors/feedback/counts")
    assert page.index("stop_smoking/get_help") < page.index(BED)
    assert "<td>2</td><td>1</td>" in page
    assert 'width="66.7"' in page
    assert BED not in room.get("/editors/feedback/counts?topic=stop_smoking")
    assert "Nobody has said yet whether these" in room.get("/editors/feedback/counts?language=gu")


def test_questions_are_grouped_and_those_of_danger_and_loss_are_never_listed(room: Room) -> None:
    assert "There is nothing to do" in room.get("/editors/unanswered")
    asked(room, "is it ok if she lies with us", "is it OK if she lies with us?", "cosleep yes or no")
    asked(room, "kya sathe suvay", language="gu", likely={})
    asked(room, "bleeding words", urgent_key="urgent/bleeding")
    asked(room, "")
    with room.parts.database.write() as session:
        turn(session, "before the loss", family=conversation(session, bereaved=True))
        turn(session, "a good question", told=BED)
        turn(session, "the bot was away", told="conversation/trouble", likely={})
        turn(session, "surely nothing", told="conversation/out_of_scope", likely={"conversation/out_of_scope": 0.9})
        turn(session, "which day is it", told="conversation/out_of_scope", likely={"conversation/out_of_scope": 0.5})
    page = room.get("/editors/unanswered")
    for hidden in ("bleeding words", "before the loss", "a good question", "the bot was away", "surely nothing"):
        assert hidden not in page
    assert f"English: perhaps {BED}" in page
    assert "2 sentences like it" in page
    assert "Gujarati: no question is likely" in page
    assert "which day is it" in page
    assert "5 sentences, the largest group first" in page
    assert "cosleep" not in room.get("/editors/unanswered?language=gu")
    assert "cosleep" not in room.get("/editors/unanswered?key=stop_smoking/get_help")
    assert "cosleep" in room.get(f"/editors/unanswered?language=en&key={BED}")
    assert "kya sathe" in room.get("/editors/unanswered?key=-")


def test_an_answer_to_another_question_is_listed_without_the_key_it_was_not(room: Room) -> None:
    made = told(room, Verdict(False, "not_my_question"), "where shall she sleep at grandmas")
    page = room.get("/editors/unanswered")
    assert "where shall she sleep at grandmas" in page
    assert "the answer was to another question" in page
    assert f'value="{BED}"' not in re.sub(r"<select.*?</select>", "", page, flags=re.DOTALL)
    assert 'value="safer_sleep/where_to_sleep"' in page
    with room.parts.database.write() as session:
        family = session.get_one(Turn, made).conversation_id
        feedback.give(session, family, made, Verdict(True))
    assert "grandmas" not in room.get("/editors/unanswered")


def test_a_sentence_becomes_an_example_with_one_click_and_comes_back(room: Room) -> None:
    first, again = asked(room, "can she lie with us", "can she lie with us")
    room.post(f"/editors/unanswered/{first}/add", {"text": "can she lie with us", "key": BED})
    assert examples(room) == [(BED, "en", "can she lie with us", "Editor")]
    page = room.get("/editors/unanswered?done=added&undo=1")
    assert "There is nothing to do" in page
    assert "/editors/examples/1/remove" in page
    room.get(f"/editors/unanswered/{again}", 404)
    (entry,) = log(room, "example.added")
    assert entry.subject == f"{BED} (en), example 1"
    assert "lie with us" not in entry.words
    listed = room.get(f"/editors/examples?key={BED}&language=en&state=waiting&text=lie")
    assert "Added by Editor" in listed
    assert "No example is like that" in room.get("/editors/examples?state=taken")
    room.post("/editors/examples/1/remove")
    assert examples(room) == []
    assert "Nobody has added an example yet" in room.get("/editors/examples")
    assert "2 sentences, the largest" in room.get("/editors/unanswered")
    assert log(room, "example.removed")


def test_what_may_not_be_learnt_is_refused_and_what_was_typed_stays(room: Room) -> None:
    (made,) = asked(room, PERSONAL)
    listed = room.get("/editors/unanswered")
    assert f'value="{BED}"' not in re.sub(r"<select.*?</select>", "", listed, flags=re.DOTALL)
    page = room.get(f"/editors/unanswered/{made}")
    for hidden in HIDDEN:
        assert hidden not in listed + page
    path = f"/editors/unanswered/{made}/add"
    for said, problem in (
        ({"text": "we live at LE1 1AA", "key": BED}, "Take out a postcode"),
        ({"text": "x" * 301, "key": BED}, "at most 300"),
        ({"text": "one bed for all", "key": ""}, "Choose the question"),
        ({"text": "one bed for all", "key": "nobody/asks"}, "Choose the question"),
        ({"text": "one bed for all", "key": BED, "language": "xx"}, "Choose the language"),
        ({"text": "my baby is not breathing", "key": BED}, "This reads as danger: urgent/baby_not_breathing"),
    ):
        answer = room.post(path, said, 422)
        assert problem in answer.text
        assert said["text"] in answer.text
    assert examples(room) == []
    assert 'name="sure"' in answer.text
    room.post(path, {"text": "my baby is not breathing", "key": "urgent/baby_not_breathing"})
    (other,) = asked(room, "shall we all share")
    path = f"/editors/unanswered/{other}/add"
    room.post(path, {"text": "my baby is not breathing", "other": BED, "sure": "yes"}, 409)
    room.post(path, {"text": "she was blue with cold", "other": BED, "language": "pl", "sure": "yes"})
    assert examples(room)[1][:3] == (BED, "pl", "she was blue with cold")


def test_sentences_are_dismissed_one_by_one_or_together_and_brought_back(room: Room) -> None:
    ids = asked(room, "what is the weather", "what is the weather now", "buy gold")
    gujarati = asked(room, "mausam", language="gu")
    room.post("/editors/unanswered/dismiss", {"ids": [*ids[:2], *gujarati], "language": "en"})
    page = room.get("/editors/unanswered")
    assert "weather" not in page
    assert "buy gold" in page
    assert "mausam" in page
    (entry,) = log(room, "question.dismissed")
    assert entry.subject == "2 in en"
    room.post("/editors/unanswered/bring-back", {"ids": ids, "language": "en"})
    assert "weather" in room.get("/editors/unanswered?done=brought_back")
    room.sign_in(GUJARATI)
    room.post("/editors/unanswered/dismiss", {"ids": ids, "language": "en"}, 403)
    room.post(f"/editors/unanswered/{ids[0]}/add", {"text": "x y", "key": BED}, 403)
    assert f"{ids[0]}/add" not in room.get("/editors/unanswered")
    room.post("/editors/unanswered/dismiss", {"ids": gujarati, "language": "gu"})
    room.sign_in(EDITOR)
    assert "mausam" not in room.get("/editors/unanswered")
