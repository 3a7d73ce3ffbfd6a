"""A question that nobody wrote code for: proposed, approved, written, exported and loaded again."""

import html
from typing import Any

import pytest

from api.accounts.models import Account
from api.cli import load_content, main
from api.content.derived import bot_files
from api.content.models import Message
from api.content.source import read_messages, read_topics
from api.content.structure import check_structure
from api.settings import ROOT, Settings, get_settings
from tests.editors.conftest import ADMIN, APPROVER, EDITOR, GUJARATI, Room
from tests.editors.test_languages import form, say, start
from tests.editors.test_levels import facts
from tests.editors.test_message_desk import fields

PAGE = "/editors/topics"
FLYING, SLINGS = "travel/flying", "safer_sleep/hammocks"
NEW = {
    FLYING: {
        "other": "travel",
        "question": "flying",
        "title": "May I fly?",
        "level": "safety",
        "line": "Flying.",
    },
    SLINGS: {
        "topic": "safer_sleep",
        "question": "hammocks",
        "title": "Is a hammock safe?",
        "level": "information",
        "line": "Hammocks and nests.",
    },
}
WORDS = {
    "web": "Ask your midwife before you fly. They know you and your baby.",
    "sms": "Ask your midwife before you fly. They know you and your baby.",
    "change": "safety",
}


def add(room: Room, key: str) -> None:
    room.sign_in(EDITOR)
    room.post(f"{PAGE}/new", NEW[key])
    decide(room, key)


def decide(room: Room, key: str, number: int = 1, by: str = APPROVER, verb: str = "approve", status: int = 303) -> Any:
    room.sign_in(by)
    return room.post(f"{PAGE}/{key}/{number}/{verb}", status=status)


def propose_line(room: Room, key: str, line: str, status: int = 303, by: str = EDITOR) -> Any:
    room.sign_in(by)
    base = form(room.get(f"{PAGE}/{key}"))["base"] if status == 303 else "0"
    return room.post(f"{PAGE}/{key}", {"line": line, "base": base}, status=status)


def write_english(room: Room, key: str) -> None:
    room.sign_in(EDITOR)
    desk = f"/editors/messages/{key}/en"
    begun = fields(room.get(desk))
    assert begun["title"] == NEW[key]["title"]
    room.post(desk, {**begun, **WORDS, "action": "save", "sure": "1"})
    source = {"sources": "NHS | https://www.nhs.uk/pregnancy/ | 2026-11-26", "choices": "", "notes": ""}
    room.sign_in(APPROVER)
    level, due = NEW[key]["level"], {"review_by": "2027-05-25"}
    room.post(f"/editors/messages/{key}", {**facts(room, key), **source, **due, "level": level})
    room.post(f"{desk}/1/approve")


def test_a_line_is_changed_by_two_people_and_the_message_stays(room: Room) -> None:
    key = "safer_sleep/bed_sharing"
    propose_line(room, key, "Sharing a bed, a sofa or an armchair.")
    assert "Waits for approval" in room.get(PAGE)
    decide(room, key, by=EDITOR, status=403)
    decide(room, key)
    assert room.parts.questions.lines[key] == "Sharing a bed, a sofa or an armchair."
    assert "Sharing a bed, a sofa or an armchair." in room.get(PAGE)
    assert "nothing is different" in propose_line(room, key, "Sharing a bed, a sofa or an armchair.", 422).text
    assert 'id="line-error"' in propose_line(room, key, "", 422).text
    propose_line(room, "support/none_such", "x", 404)


def test_self_approval_is_refused_and_only_a_clinical_approver_approves(room: Room) -> None:
    with room.parts.database.write() as session:
        session.query(Account).filter_by(email=APPROVER).one().roles = ["approver", "editor"]
    room.sign_in(APPROVER)
    room.post(f"{PAGE}/new", NEW[FLYING])
    assert "Approval needs the name of a second person" in html.unescape(decide(room, FLYING, status=409).text)
    for by in (EDITOR, ADMIN, GUJARATI):
        decide(room, FLYING, by=by, status=403)
    decide(room, FLYING, by=EDITOR, verb="decline")
    assert FLYING not in room.parts.question_keys
    add_again = {**NEW[FLYING], "title": "May I fly now?"}
    room.sign_in(EDITOR)
    room.post(f"{PAGE}/new", add_again)
    decide(room, FLYING, 2)
    assert FLYING in room.parts.question_keys


@pytest.mark.parametrize("key", [FLYING, SLINGS])
def test_a_new_question_is_written_and_told_only_after_both_approvals(room: Room, key: str) -> None:
    """The menus lead past it as long as its English is not there."""
    offering = "conversation/help_menu"
    with room.parts.database.write() as session:
        menu = session.get(Message, offering)
        assert menu
        menu.choices = [key, *menu.choices]
    add(room, key)
    assert key in room.parts.question_keys
    conversation = start(room, "en")["conversation_id"]
    say(room, conversation, "hello")
    room.parts.conversations.say(conversation, offering)
    assert NEW[key]["title"] not in str(room.parts.conversations.transcript(conversation))
    assert room.client.get(f"/leaflet/{key}").status_code == 404
    room.sign_in(GUJARATI)
    grid, page = room.get("/editors/messages"), room.get(f"/editors/messages/{key}/gu")
    assert f"/editors/messages/{key}/en" in grid
    assert key in page
    assert "offered to no family" in room.get(f"{PAGE}/{key}")
    write_english(room, key)
    assert room.client.get(f"/leaflet/{key}").status_code == 200
    answer = room.parts.conversations.say(conversation, key)
    assert answer.messages[0].key == key
    assert NEW[key]["title"] in [c.label for c in room.parts.conversations.say(conversation, offering).choices]


def test_what_is_wrong_with_a_new_question_is_told_and_nothing_is_lost(room: Room) -> None:
    room.sign_in(EDITOR)
    for changed, field in (
        ({"other": "urgent"}, "topic"),
        ({"question": "No"}, "question"),
        ({"other": "support", "question": "housing"}, "question"),
        ({"title": ""}, "title"),
        ({"line": ""}, "line"),
        ({"level": "odd"}, "level"),
    ):
        page = room.post(f"{PAGE}/new", {**NEW[FLYING], **changed}, status=422).text
        assert f'id="{field}-error"' in page
        assert "nothing you wrote is lost" in page
    room.post(f"{PAGE}/new", NEW[FLYING])
    assert "already" in room.post(f"{PAGE}/new", NEW[FLYING], status=422).text


def test_the_files_hold_a_new_question_once_it_has_words_and_load_again(
    room: Room, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in NEW:
        add(room, key)
    write_english(room, FLYING)
    url = room.parts.settings.database_url
    monkeypatch.setenv("DATABASE_URL", url)
    get_settings.cache_clear()
    try:
        assert main(["export", str(tmp_path)]) == 0
    finally:
        get_settings.cache_clear()
    content = tmp_path / "content"
    for name in ("taxonomy.yml", "interface.yml", "glossary.yml"):
        (content / name).write_bytes((ROOT / "content" / name).read_bytes())
    topics, messages = read_topics(content), read_messages(content)
    assert set(topics) - set(read_topics(ROOT / "content")) == {FLYING}, "the other one has no English yet"
    assert messages[FLYING].title == "May I fly?"
    assert messages.keys() - read_messages(ROOT / "content").keys() == {FLYING}
    assert [finding for finding in check_structure(topics, messages) if finding.level == "error"] == []
    assert "utter_travel/flying" in bot_files([key for key in topics if key in messages])["domain/derived.yml"]
    for folder in ("postcodes", "taxonomies"):
        (content / folder).symlink_to(ROOT / "content" / folder)
    assert "0 new revisions" in load_content(
        Settings(_env_file=None, database_url=url, content_folder=content, locales_folder=tmp_path / "locales")
    )
    with room.parts.database.read() as session:
        kept = session.get(Message, FLYING)
        assert kept
        assert (kept.level, kept.sources[0]["title"]) == ("safety", "NHS")
