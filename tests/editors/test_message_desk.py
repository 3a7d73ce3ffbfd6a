"""Writing, translating, approving: from an editor's page to what a Gujarati-speaking family reads."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import perf_counter
from typing import Any

import pytest

from api.accounts.models import AuditEntry
from api.content import repository
from api.content import service as content
from api.content.models import Message
from api.content.shelf import Shelf
from api.conversations.models import Conversation
from api.database import now
from tests.editors.conftest import APPROVER, EDITOR, GUJARATI, MIDWIFE, SECOND_GUJARATI, Room

BED = "safer_sleep/bed_sharing"
DESK = f"/editors/messages/{BED}"
LINE = "There is a new line."


def read(room: Room, language: str, *, drafts: bool = False) -> tuple[str, str | None, str] | None:
    """Language, fallback and web text as a family reads them."""
    with room.parts.database.read() as session:
        found = content.render(Shelf(drafts).open(session), BED, language=language, channel="web")
    return (found.language, found.fallback_from, found.text) if found else None


def fields(page: str) -> dict[str, str]:
    """What the form of a desk holds."""
    texts = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    hidden = re.findall(r'<input type="hidden" name="(base|english|seen)" value="(\w*)"', page)
    return {**{name: html.unescape(text) for name, text in texts}, **dict(hidden)}


def write(room: Room, language: str, by: str, status: int = 303, **changed: Any) -> Any:
    room.sign_in(by)
    path = f"{DESK}/{language}"
    return room.post(path, {**fields(room.get(path)), "action": "save", "sure": "1", **changed}, status=status)


def decide(
    room: Room, language: str, number: int, by: str, verb: str = "approve", status: int = 303, **more: str
) -> Any:
    room.sign_in(by)
    return room.post(f"{DESK}/{language}/{number}/{verb}", more, status=status)


def approve_first(room: Room) -> None:
    decide(room, "en", 1, APPROVER)
    decide(room, "gu", 1, GUJARATI)


def new_english(room: Room) -> str:
    room.sign_in(EDITOR)
    return fields(room.get(f"{DESK}/en"))["web"] + " " + LINE


def test_a_safety_edit_goes_round_and_comes_back_in_gujarati(room: Room) -> None:
    approve_first(room)
    before = read(room, "gu")
    assert before
    assert before[:2] == ("gu", None)
    write(room, "en", EDITOR, web=new_english(room), change="safety")
    assert read(room, "gu") == before, "nobody has approved the new English"
    decide(room, "en", 2, APPROVER)
    fallback = read(room, "gu")
    assert fallback
    assert fallback[:2] == ("en", "gu")
    assert LINE in fallback[2]
    page = write(room, "gu", GUJARATI, web=before[2] + " નવી લીટી છે.")
    assert read(room, "gu") == fallback, "nobody has approved the new Gujarati"
    assert page.headers["location"].endswith("?done=saved")
    decide(room, "gu", 2, GUJARATI, status=409)
    decide(room, "gu", 2, SECOND_GUJARATI)
    after = read(room, "gu")
    assert after
    assert after[:2] == ("gu", None)
    assert "નવી લીટી" in after[2]


def test_a_change_of_wording_leaves_translations_and_a_change_of_meaning_is_told_before(room: Room) -> None:
    approve_first(room)
    room.sign_in(EDITOR)
    page = room.get(f"{DESK}/en")
    assert "Taken away until it is translated again" in page
    write(room, "en", EDITOR, web=new_english(room), change="wording")
    decide(room, "en", 2, APPROVER)
    still = read(room, "gu")
    assert still
    assert still[0] == "gu"


@pytest.mark.parametrize(
    ("by", "language", "status"),
    [(MIDWIFE, "en", 403), (EDITOR, "gu", 403), (GUJARATI, "en", 403), (SECOND_GUJARATI, "pl", 403)],
)
def test_who_may_not_write_is_told(room: Room, by: str, language: str, status: int) -> None:
    room.sign_in(by)
    filled = {"title": "x", "web": "x", "sms": "x", "base": "1", "english": "1", "action": "save"}
    room.post(f"{DESK}/{language}", filled, status=status)
    room.post(f"{DESK}/{language}/look", filled, status=status)


def test_nobody_approves_what_they_may_not(room: Room) -> None:
    for by, language in ((EDITOR, "en"), (GUJARATI, "en"), (APPROVER, "gu"), (GUJARATI, "pl"), (MIDWIFE, "en")):
        decide(room, language, 1, by, status=403)
    assert read(room, "en") is None


def test_self_approval_is_refused(room: Room) -> None:
    write(room, "en", EDITOR, web=new_english(room), change="wording")
    room.sign_in(EDITOR)
    assert "waits for approval by somebody else than you" in room.get(f"{DESK}/en")
    with room.parts.database.write() as session:
        message = session.get(Message, BED)
        assert message
        message.level = "information"  # of which an editor may approve the English
    assert "Approval needs the name of a second person" in html.unescape(decide(room, "en", 2, EDITOR, status=409).text)


def test_faults_block_doubts_ask_and_nothing_typed_is_lost(room: Room) -> None:
    approve_first(room)
    blocked = write(room, "gu", GUJARATI, status=422, web="Only English words, 999")
    assert "Only English words, 999" in blocked.text
    assert 'id="web-error"' in blocked.text
    doubtful = fields(room.get(f"{DESK}/gu"))["web"] + " વધુ એક લીટી."
    asked = write(room, "gu", GUJARATI, status=422, web=doubtful, sure="") if has_doubts(room, doubtful) else None
    if asked:
        assert 'name="sure"' in asked.text
    write(room, "gu", GUJARATI, web=doubtful)


def has_doubts(room: Room, web: str) -> bool:
    room.sign_in(GUJARATI)
    page = room.post(f"{DESK}/gu", {**fields(room.get(f"{DESK}/gu")), "web": web, "action": "check"}, status=200)
    return 'class="doubts"' in page.text


def test_two_at_once_see_each_others_words(room: Room) -> None:
    room.sign_in(EDITOR)
    mine = {**fields(room.get(f"{DESK}/en")), "change": "wording", "sure": "1", "action": "save"}
    write(room, "en", EDITOR, web=mine["web"] + " Theirs.", change="wording")
    page = room.post(f"{DESK}/en", {**mine, "web": mine["web"] + " Mine."}, status=409).text
    assert "Theirs." in page
    assert "Mine." in page
    assert fields(page)["base"] == "2"


def test_the_same_form_sent_twice_is_one_revision(room: Room) -> None:
    room.sign_in(EDITOR)
    filled = {**fields(room.get(f"{DESK}/en")), "change": "wording", "sure": "1", "action": "save"}
    for _ in range(2):
        room.post(f"{DESK}/en", {**filled, "web": filled["web"] + " Once."})
    with room.parts.database.read() as session:
        assert [row.number for row in repository.revisions(session, [BED], ["en"])] == [2, 1]


def test_typing_is_kept_as_ones_own_draft(room: Room) -> None:
    room.sign_in(EDITOR)
    filled = fields(room.get(f"{DESK}/en"))
    panel = room.post(f"{DESK}/en/look", {**filled, "web": "Half a sent"}, status=200).text
    assert "Kept as your draft" in panel
    assert "Half a sent" in panel
    assert fields(room.get(f"{DESK}/en"))["web"] == "Half a sent"
    room.sign_in(APPROVER)
    assert fields(room.get(f"{DESK}/en"))["web"] == filled["web"], "a draft is one's own"
    room.sign_in(EDITOR)
    room.post(f"{DESK}/en/forget")
    assert fields(room.get(f"{DESK}/en"))["web"] == filled["web"]


def test_withdrawn_words_are_gone_with_the_next_reply_and_nothing_older_comes_back(room: Room) -> None:
    approve_first(room)
    write(room, "en", EDITOR, web=new_english(room), change="wording")
    decide(room, "en", 2, APPROVER)
    decide(room, "gu", 1, GUJARATI, "withdraw")
    gone = read(room, "gu")
    assert gone
    assert gone[:2] == ("en", "gu")
    decide(room, "en", 2, APPROVER, "withdraw")
    assert read(room, "en") is None
    assert read(room, "gu") is None
    decide(room, "en", 2, APPROVER, "go-back", status=409)
    decide(room, "en", 1, APPROVER, "go-back")
    back = read(room, "en")
    assert back
    assert LINE not in back[2]


def test_a_planned_approval_waits_and_can_be_called_off(room: Room) -> None:
    approve_first(room)
    write(room, "en", EDITOR, web=new_english(room), change="wording")
    decide(room, "en", 2, APPROVER, begins="yesterday", status=422)
    decide(room, "en", 2, APPROVER, begins="2020-01-01T09:00", status=422)
    tomorrow = now() + timedelta(days=1)
    decide(room, "en", 2, APPROVER, begins=f"{tomorrow:%Y-%m-%dT%H:%M}")
    served = read(room, "en")
    assert served
    assert LINE not in served[2]
    room.sign_in(EDITOR)
    assert "begins" in room.get(f"{DESK}/en")
    decide(room, "en", 2, APPROVER, "withdraw")
    assert read(room, "en") == served


def test_several_are_approved_with_every_text_before_one(room: Room) -> None:
    room.sign_in(APPROVER)
    page = room.get("/editors/approvals?language=en")
    names = re.findall(r'name="chosen" value="([^"]+)"', page)
    assert len(names) == 25
    assert not re.search(r"<input[^>]* checked", page), "nothing is ticked beforehand"
    done = room.post("/editors/approvals", {"chosen": [*names[:2], "no/such|en|1"], "language": "en"}, status=200).text
    assert done.count(": approved") == 2
    assert "not approved" in done


def test_the_picture_shows_what_a_translator_has_to_do_and_leads_there(room: Room) -> None:
    approve_first(room)
    write(room, "en", EDITOR, web=new_english(room), change="safety")
    decide(room, "en", 2, APPROVER)
    room.sign_in(GUJARATI)
    assert room.client.get("/editors", follow_redirects=False).headers["location"] == "/editors/translate/gu"
    page = room.get("/editors/messages?language=gu&state=withheld")
    assert f'href="{DESK}/gu"' in page
    assert "1 message." in page
    first = room.client.get("/editors/translate/gu", follow_redirects=False).headers["location"]
    assert first.startswith("/editors/messages/")
    assert first.endswith("/gu")
    assert "<ins>" in room.get(f"{DESK}/gu"), "what changed in the English"


def test_a_machines_words_are_marked_until_a_person_takes_them_over(room: Room) -> None:
    room.sign_in(GUJARATI)
    assert "Drafted by a machine" in room.get(f"{DESK}/gu")
    write(room, "gu", GUJARATI)
    assert "Drafted by a machine:" not in room.get(f"{DESK}/gu")
    write(room, "gu", GUJARATI, status=422)


def test_facts_are_saved_with_what_is_wrong_named(room: Room) -> None:
    room.sign_in(EDITOR)
    page = room.get(DESK)
    filled = {**fields(page), "review_by": "2027-01-01", "level": "safety"}
    wrong = room.post(DESK, {**filled, "sources": "NHS | https://www.nhs.uk"}, status=422).text
    assert "sources, line 1" in wrong
    assert "no message no/such" in room.post(DESK, {**filled, "choices": "no/such"}, status=422).text
    room.post(DESK, {**filled, "level": "information"}, status=403)
    room.post(DESK, filled)
    assert "2027-01-01" in room.get(DESK)


def test_everything_decided_is_in_the_audit_log(room: Room) -> None:
    approve_first(room)
    write(room, "en", EDITOR, web=new_english(room), change="wording")
    with room.parts.database.read() as session:
        what = [entry.what for entry in session.query(AuditEntry).filter(AuditEntry.what.startswith("message."))]
    assert sorted(what) == ["message.approved", "message.approved", "message.written"]


def test_a_withdrawal_holds_while_fifty_conversations_run(room: Room) -> None:
    """Readers that began before it may finish with the old words; none that begins after it reads them."""
    approve_first(room)
    shelf = Shelf(False)
    withdrawn_at: list[float] = []

    def converse(_: int) -> list[tuple[float, str | None]]:
        said = []
        for _ in range(20):
            began = perf_counter()
            with room.parts.database.read() as session:
                found = content.render(shelf.open(session), BED, language="gu", channel="sms")
            said.append((began, found.language if found else None))
        return said

    with ThreadPoolExecutor(max_workers=50) as pool:
        running = [pool.submit(converse, number) for number in range(50)]
        decide(room, "gu", 1, GUJARATI, "withdraw")
        withdrawn_at.append(perf_counter())
        said = [one for future in running for one in future.result()]
    assert {language for _, language in said} <= {"gu", "en"}, "never silence"
    assert {language for began, language in said if began > withdrawn_at[0]} <= {"en"}
    again = read(room, "gu")
    assert again
    assert again[:2] == ("en", "gu")


def test_trying_a_message_shows_the_phrase_and_the_reply_and_keeps_nothing(room: Room) -> None:
    room.sign_in(EDITOR)
    page = html.unescape(room.post("/editors/try", {"text": "my baby is blue and not breathing"}, status=200).text)
    assert "urgent/baby_not_breathing" in page
    assert "The bot did not answer" in page, "this application has no bot: danger is answered all the same"
    assert "Urgent: 999" in page
    with room.parts.database.read() as session:
        assert session.query(Conversation).count() == 0
    long = room.post("/editors/try", {"text": "cot " * 401}, status=422).text
    assert "cot cot" in long


def test_a_translation_of_english_that_nobody_approved_is_refused_and_never_read(room: Room) -> None:
    approve_first(room)
    write(room, "en", EDITOR, web=new_english(room), change="wording")
    room.sign_in(GUJARATI)
    ahead = {**fields(room.get(f"{DESK}/gu")), "english": "2", "action": "save", "sure": "1"}
    room.post(f"{DESK}/gu", {**ahead, "web": ahead["web"] + " વધુ."})
    told = html.unescape(decide(room, "gu", 2, SECOND_GUJARATI, status=409).text)
    assert "was not made from the English that families read now" in told
    decide(room, "en", 2, APPROVER)
    decide(room, "gu", 2, SECOND_GUJARATI)
    served = read(room, "gu")
    assert served
    assert served[2].endswith("વધુ.")


def test_what_was_planned_does_not_undo_a_later_correction(room: Room) -> None:
    approve_first(room)
    write(room, "en", EDITOR, web=new_english(room), change="wording")
    decide(room, "en", 2, APPROVER, begins=f"{now() + timedelta(days=1):%Y-%m-%dT%H:%M}")
    write(room, "en", EDITOR, web=new_english(room) + " Mended.", change="wording")
    decide(room, "en", 3, APPROVER)
    with room.parts.database.read() as session:
        planned = next(r for r in repository.revisions(session, [BED], ["en"]) if r.number == 2)
    assert planned.approvals[0].withdrawn_at is not None


def test_words_without_which_there_would_be_silence_are_not_just_withdrawn(room: Room) -> None:
    room.sign_in(APPROVER)
    path = "/editors/messages/conversation/trouble/en/1"
    room.post(f"{path}/approve", {})
    assert "no answer at all" in html.unescape(room.post(f"{path}/withdraw", {}, status=409).text)


def test_what_a_safety_message_links_to_is_the_clinical_approvers(room: Room) -> None:
    room.sign_in(EDITOR)
    filled = {**fields(room.get(DESK)), "level": "safety"}
    linked = "NHS | https://www.nhs.uk/new | 2026-11-26"
    assert "nhs.uk/new" in room.post(DESK, {**filled, "sources": linked}, status=403).text, "what was typed stays"
    for wrong in ("NHS | javascript:alert(1) | 2026-11-26", "N\u202eHS | https://www.nhs.uk/new | 2026-11-26"):
        room.post(DESK, {**filled, "sources": wrong}, status=422)
    room.post(DESK, {**filled, "review_by": "2020-01-01"}, status=422)
    room.sign_in(APPROVER)
    room.post(DESK, {**filled, "sources": linked})
