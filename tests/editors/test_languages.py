"""A language that nobody wrote code for: proposed, approved, chosen by a family, translated, written into the files."""

import html
import re
from typing import Any

import pytest

from api.accounts.models import AuditEntry
from api.accounts.service import Accounts
from api.cli import main
from api.content.languages import load_languages
from api.content.source import read_messages
from api.conversations.assembly import assemble
from api.settings import ROOT, get_settings
from tests.editors.conftest import ADMIN, APPROVER, EDITOR, GUJARATI, PASSWORD, Room
from tests.editors.test_message_desk import fields

PAGE = "/editors/languages"
NEW: dict[str, dict[str, Any]] = {
    "ti": {"name": "ትግርኛ", "script": "Ethi", "stop": "ኣቋርጽ\nመልእኽቲ ይኣክል", "start": "ጀምር"},
    "si": {"name": "සිංහල", "script": "Sinh", "stop": "නවත්වන්න", "start": "ආරම්භ කරන්න"},
    "ps": {"name": "پښتو", "script": "Arab", "direction": "rtl", "letters": "ټډړږښګڼېۍ", "stop": "ودرېږئ"},
    "sk": {"name": "Slovenčina", "script": "Latn", "stop": "zastavit\nnepíšte mi", "start": "zacat"},
}
ENGLISH_LINE = "conversation/not_in_your_language"
TROUBLE = "conversation/trouble"


def form(page: str) -> dict[str, Any]:
    """What the form of a language holds."""
    texts = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    boxes = re.findall(r'<input class="nhsuk-input"[^>]* name="(\w+)" type="text" value="([^"]*)"', page)
    base = re.findall(r'name="(base)" value="(\d+)"', page)
    chosen = re.findall(r'<select[^>]* name="(\w+)".*?<option value="(\w+)" selected', page, re.DOTALL)
    ticked = re.findall(r'name="sounds_like" type="checkbox" value="(\w+)" checked', page)
    plain = {name: html.unescape(text) for name, text in (*texts, *boxes, *base, *chosen)}
    return {**plain, "sounds_like": ticked}


def propose(room: Room, code: str, status: int = 303, by: str = ADMIN, **changed: Any) -> Any:
    room.sign_in(by)
    return room.post(f"{PAGE}/{code}", {**form(room.get(f"{PAGE}/{code}")), **changed}, status=status)


def decide(room: Room, code: str, number: int = 1, by: str = APPROVER, verb: str = "approve", status: int = 303) -> Any:
    room.sign_in(by)
    return room.post(f"{PAGE}/{code}/{number}/{verb}", status=status)


def add(room: Room, code: str) -> None:
    propose(room, code, **NEW[code])
    decide(room, code)


def offered(room: Room) -> list[str]:
    return [entry["code"] for entry in room.client.get("/api/v1/languages").json()]


def say(room: Room, conversation: str, text: str) -> Any:
    answer = room.client.post(f"/api/v1/conversations/{conversation}/messages", json={"text": text})
    assert answer.status_code == 200, answer.text
    return answer.json()


def start(room: Room, language: str | None) -> Any:
    answer = room.client.post("/api/v1/conversations", json={"language": language})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_cldr_fills_in_the_form_and_only_a_second_person_puts_the_language_on_offer(room: Room) -> None:
    room.sign_in(ADMIN)
    chosen = room.client.get(f"{PAGE}/add-one?code=ti", follow_redirects=False)
    assert chosen.headers["location"] == f"{PAGE}/ti"
    begun = form(room.get(f"{PAGE}/ti"))
    assert (begun["name"], begun["script"], begun["direction"]) == ("ትግርኛ", "Ethi", "ltr")
    room.get(f"{PAGE}/add-one?other=t1", status=422)
    propose(room, "ti", **NEW["ti"])
    assert "Waits for approval" in room.get(PAGE)
    decide(room, "ti", by=ADMIN, status=409)
    assert "ti" not in offered(room)
    decide(room, "ti")
    assert offered(room)[-1] == "ti"
    assert "still to come with a change of the program" in room.get(f"{PAGE}/ti")
    with room.parts.database.read() as session:
        logged = [row.what for row in session.query(AuditEntry) if row.what.startswith("language.")]
    assert logged == ["language.proposed", "language.approved"]


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(room: Room) -> None:
    wrong = {"stop": "yes\nmy baby is not breathing", "start": "bandh karo", "direction": "rtl", "also": "gujarati"}
    refused = propose(room, "ti", status=422, **{**NEW["ti"], **wrong})
    for field in wrong:
        assert f'id="{field}-error"' in refused.text
        assert f'href="#{field}"' in refused.text
    assert {name: form(refused.text)[name] for name in wrong} == wrong
    decide(room, "ti", status=404)


def test_who_may_not_is_refused(room: Room) -> None:
    room.sign_in(EDITOR)
    room.get(f"{PAGE}/ti", status=404)
    room.post(f"{PAGE}/gu", NEW["ti"], status=403)
    add(room, "ti")
    propose(room, "ti", also="tigrigna")
    decide(room, "ti", 2, by=GUJARATI, status=403)
    decide(room, "ti", 2, by=ADMIN, verb="decline")
    decide(room, "ti", 2, status=409)
    assert room.parts.catalogue.languages["ti"].also == ()


def test_a_word_for_stop_is_not_lost_by_mistake(room: Room) -> None:
    before = room.parts.catalogue.languages["gu"]
    shorter = "\n".join(before.stop[1:])
    asked = propose(room, "gu", status=422, stop=shorter)
    assert f"{before.stop[0]} would no longer end texts" in asked.text
    propose(room, "gu", stop=shorter, weaker="1")
    room.sign_in(APPROVER)
    assert "It takes away words for STOP" in room.get(f"{PAGE}/gu")
    assert room.parts.catalogue.languages["gu"] == before
    decide(room, "gu")
    assert room.parts.catalogue.languages["gu"].stop == before.stop[1:]
    assert load_languages(ROOT / "content")["gu"] == before, "what other rooms share is never written to"
    refused = propose(room, "en", status=422, stop="quit", weaker="1")
    assert "STOP itself always ends texts" in refused.text


@pytest.mark.parametrize("code", list(NEW))
def test_a_whole_conversation_before_and_after_the_first_translation(room: Room, code: str) -> None:
    add(room, code)
    own = NEW[code]["name"]
    room.client.cookies.clear()
    assert own in room.client.get("/").text
    conversation = start(room, code)["conversation_id"]
    answers = [say(room, conversation, text) for text in (own, "my nappy budget?", "22", "24 weeks pregnant")]
    for reply in answers:
        assert {message["language"] for message in reply["messages"]} == {"en"}
        assert ENGLISH_LINE in [message["key"] for message in reply["messages"]]
    danger = say(room, conversation, "my baby is not breathing")
    assert danger["urgent"]["contact"] == "999"
    assert "999" in danger["messages"][0]["text"]
    assert f'lang="{code}"' in room.client.get(f"/?language={code}").text
    translate(room, code)
    reply = say(room, conversation, own)
    assert [(message["key"], message["language"]) for message in reply["messages"]] == [(TROUBLE, code)]
    assert own in reply["messages"][0]["text"]
    grid = room.get("/editors/messages")
    assert f'href="/editors/messages/{TROUBLE}/{code}"' in grid


def translate(room: Room, code: str) -> None:
    """One message at the desk: written by one translator, approved by another."""
    people = [f"{name}.{code}@example.org" for name in ("first", "second")]
    accounts = Accounts(room.parts.database, is_production=False)
    for email in people:
        accounts.add(
            email=email, name=email, roles=["translator"], languages=[code], password=PASSWORD, is_demonstration=True
        )
    room.sign_in(APPROVER)
    room.post(f"/editors/messages/{TROUBLE}/en/1/approve")
    own, desk = NEW[code]["name"], f"/editors/messages/{TROUBLE}/{code}"
    room.sign_in(people[0])
    words = {"title": own, "web": f"{own} 999. {own} NHS 111.", "sms": f"{own} 999. {own} NHS 111."}
    room.post(desk, {**fields(room.get(desk)), **words, "action": "save", "sure": "1"})
    room.post(f"{desk}/1/approve", status=409)
    room.sign_in(people[1])
    room.post(f"{desk}/1/approve")


def test_a_text_in_its_letters_alone_chooses_a_new_language(room: Room) -> None:
    conversation = start(room, None)["conversation_id"]
    assert say(room, conversation, "ሰላም ከመይ ኣለኹም")["language"] == "en"
    add(room, "ti")
    assert say(room, conversation, "ሰላም ከመይ ኣለኹም")["language"] == "ti"


def test_every_place_that_lists_languages_has_the_new_one(room: Room) -> None:
    add(room, "si")
    room.sign_in(ADMIN)
    for path in ("/accounts/invite", "/editors/files", "/editors/messages", "/signposting/text"):
        assert "Sinhala" in room.get(path), path
    room.post(
        "/accounts/invite", {"email": "x@example.org", "name": "X", "roles": ["translator"], "languages": ["si"]}, 200
    )
    assert "si" in room.client.get("/embed.js").text
    assert room.get("/privacy?language=si").count('lang="si"')
    room.get("/leaflet/safer_sleep/dummies?lang=si")
    room.get("/editors/messages?language=si")


def test_another_process_follows_too(room: Room) -> None:
    """Each asks the database for one number, and reads anew when it has gone up."""
    other = assemble(room.parts.settings)
    try:
        add(room, "sk")
        other.conversations.start(language="sk", channel="web")
        assert other.catalogue.languages["sk"].name == "Slovenčina"
    finally:
        other.close()


def test_the_files_come_back_with_the_new_language_and_load_again(
    room: Room, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(room, "ti")
    translate(room, "ti")
    monkeypatch.setenv("DATABASE_URL", room.parts.settings.database_url)
    get_settings.cache_clear()
    try:
        assert main(["export", str(tmp_path)]) == 0, capsys.readouterr()
    finally:
        get_settings.cache_clear()
    original = (ROOT / "content" / "languages.yml").read_text(encoding="utf-8")
    written = (tmp_path / "content" / "languages.yml").read_text(encoding="utf-8")
    assert written.startswith(original)
    assert load_languages(tmp_path / "content")["ti"] == room.parts.catalogue.languages["ti"]
    assert 'msgctxt "conversation/trouble.web"' in (tmp_path / "locales/ti/LC_MESSAGES/messages.po").read_text("utf-8")
    assert read_messages(tmp_path / "content").keys() == read_messages(ROOT / "content").keys()
