"""Phrases of danger on the desk: proposed, tried, approved by a second person, and found in the next messages."""

import html
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.accounts.models import AuditEntry
from api.accounts.service import Accounts
from api.cli import red_flag_files
from api.conversations.live_screen import KIND
from api.main import create_app
from api.person import Person
from api.settings import ROOT, Settings
from api.versions import repository, service
from api.versions.service import Proposal
from api.worker import Following
from tests.editors.conftest import ADMIN, APPROVER, EDITOR, GUJARATI, PASSWORD, Room, add_people, room_settings
from tests.safety.small_screen import ENGLISH, POLISH, write_phrases
from tests.safety.small_screen import GUJARATI as GUJARATI_PHRASES

BREATHING = "/editors/red-flags/en/baby_not_breathing"
GUJARATI_BREATHING = "/editors/red-flags/gu/baby_not_breathing"
BOTH, CLINICIAN = "both@example.org", "clinician@example.org"
WOBBLY = "my little one is wibbly wobbly"


def small_content(folder: Path) -> Path:
    """The real content with few phrases of danger: one can say what finds what."""
    content = folder / "content"
    (content / "red_flags").mkdir(parents=True)
    for entry in (ROOT / "content").iterdir():
        if entry.name != "red_flags":
            (content / entry.name).symlink_to(entry)
    write_phrases(content / "red_flags", en=ENGLISH, gu=GUJARATI_PHRASES, pl=POLISH)
    return content


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return room_settings(database_url).model_copy(update={"content_folder": small_content(tmp_path)})


@pytest.fixture
def desk(settings: Settings) -> Iterator[Room]:
    app = create_app(settings)
    with TestClient(app, base_url="http://bumpline.test", headers={"Sec-Fetch-Site": "same-origin"}) as client:
        add_people(app)
        accounts = Accounts(app.state.parts.database, is_production=False)
        for email, roles, languages in ((BOTH, ["editor", "approver"], []), (CLINICIAN, ["approver"], ["gu"])):
            name = email.split("@")[0].title()
            accounts.add(
                email=email, name=name, roles=roles, languages=languages, password=PASSWORD, is_demonstration=True
            )
        yield Room(client)


def told(client: TestClient, text: str) -> str | None:
    """The urgent message a family gets for `text`."""
    started = client.post("/api/v1/conversations", json={"language": "en"}).json()["conversation_id"]
    reply = client.post(f"/api/v1/conversations/{started}/messages", json={"text": text}).json()
    return reply["urgent"]["key"] if reply["urgent"] else None


def told_soon(client: TestClient, text: str, wanted: str | None) -> bool:
    """Whether it comes to that, without a restart, within a minute of a machine that is busy with other things."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if told(client, text) == wanted:
            return True
        time.sleep(0.1)
    return False


def follows_unasked(app: FastAPI, text: str) -> bool:
    """Whether a worker that nobody texts no longer finds `text`."""
    step = Following(app.state.parts).step
    screen = app.state.parts.conversations.understanding.screen
    step()
    until = time.monotonic() + 60
    while screen.screen(text) and time.monotonic() < until:
        time.sleep(0.05)
    return screen.screen(text) is None


def fields(page: str) -> dict[str, str]:
    """What the form of a list holds."""
    texts = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    inputs = re.findall(r'<input[^>]* name="(base|reason)"[^>]* value="([^"]*)"', page)
    return {name: html.unescape(text) for name, text in [*texts, *inputs]}


def propose(room: Room, path: str, by: str, status: int = 303, **typed: str) -> Any:
    room.sign_in(by)
    return room.post(path, {**fields(room.get(path)), "action": "save", "reason": "As heard", **typed}, status=status)


def decide(room: Room, path: str, number: int, by: str, status: int = 303, verb: str = "approve", **ticks: str) -> Any:
    room.sign_in(by)
    return room.post(f"{path}/{number}/{verb}", ticks, status=status)


def versions(room: Room) -> list[str]:
    with room.parts.database.read() as session:
        return [f"{row.subject} {row.number}" for row in repository.waiting(session, KIND)]


def exported(room: Room) -> dict[str, str]:
    with room.parts.database.read() as session:
        return red_flag_files(session, room.parts.settings.content_folder)


def test_a_phrase_counts_from_a_second_persons_approval_on_and_is_put_back(desk: Room, settings: Settings) -> None:
    files = exported(desk)
    folder = settings.content_folder / "red_flags"
    assert files == {f"content/red_flags/{file.name}": file.read_text(encoding="utf-8") for file in folder.glob("*")}
    propose(desk, BREATHING, BOTH, latin="wibbly wobbly", messages=WOBBLY)
    assert told(desk.client, WOBBLY) is None, "nobody has approved it"
    decide(desk, BREATHING, 1, BOTH, status=409)
    decide(desk, BREATHING, 1, EDITOR, status=403)
    assert told(desk.client, WOBBLY) is None
    assert "waits" in desk.get("/editors/red-flags")
    decide(desk, BREATHING, 1, APPROVER)
    assert told_soon(desk.client, WOBBLY, "urgent/baby_not_breathing")
    assert told(desk.client, "he is not breathing") == "urgent/baby_not_breathing"
    decide(desk, BREATHING, 1, APPROVER, status=409)
    changed = {name for name, text in exported(desk).items() if text != files[name]}
    assert changed == {"content/red_flags/en.yml"}
    app = create_app(settings)
    with TestClient(app, base_url="http://bumpline.test") as restarted:
        assert told(restarted, WOBBLY) == "urgent/baby_not_breathing", "from the first reply of a new start"
        desk.sign_in(EDITOR)
        page = desk.get(f"{BREATHING}?earlier=0")
        assert fields(page)["out"] == "wibbly wobbly"
        desk.post(BREATHING, {**fields(page), "action": "save"})
        decide(desk, BREATHING, 2, APPROVER)
        assert told_soon(desk.client, WOBBLY, None)
        assert follows_unasked(app, WOBBLY)
    assert exported(desk) == files
    history = desk.get(f"{BREATHING}/history")
    assert "Counts now" in history
    assert "wibbly wobbly" in history
    with desk.parts.database.read() as session:
        done = [entry.what for entry in session.query(AuditEntry) if entry.what.startswith("red_flags.")]
    assert done == ["red_flags.proposed", "red_flags.approved"] * 2


def test_taking_out_a_phrase_that_finds_danger_asks_both_people(desk: Room) -> None:
    shown = propose(desk, BREATHING, EDITOR, status=422, out="not|isnt|cant breath*").text
    lost = re.search(r'id="loses" name="loses" type="checkbox" value="(\w+)">', shown)
    assert lost
    assert len(re.findall("<q ", shown)) > 10
    assert "breathing" in shown.partition("Danger that would no longer be seen")[2]
    assert versions(desk) == []
    propose(desk, BREATHING, EDITOR, status=422, out="not|isnt|cant breath*", loses="1")
    propose(desk, BREATHING, EDITOR, out="not|isnt|cant breath*", loses=lost[1])
    assert "Danger that would no longer be seen" in decide(desk, BREATHING, 1, APPROVER, status=422).text
    assert told(desk.client, "she isnt breathing") == "urgent/baby_not_breathing"
    decide(desk, BREATHING, 1, APPROVER, loses=lost[1])
    assert told_soon(desk.client, "she isnt breathing", None)


def test_false_alarms_are_listed_and_ask_too(desk: Room) -> None:
    shown = propose(desk, BREATHING, EDITOR, status=422, latin="sleep*").text
    assert "Ordinary sentences that would be taken for danger" in shown
    assert versions(desk) == []


def test_a_broken_phrase_is_named_with_its_line_and_nothing_typed_is_lost(desk: Room) -> None:
    typed = "floppy & pale\n\nnot||breathing\nb*\nblue & baby"
    shown = propose(desk, BREATHING, EDITOR, status=422, latin=typed, out="never there", messages="a\nb").text
    for part in ("line 3, “not||breathing”", "line 4, “b*”", "line 5, “blue &amp; baby”: is in the list already"):
        assert part in shown
    assert "line 1, “never there”: is not in the list" in shown
    kept = fields(shown)
    assert (kept["latin"], kept["out"], kept["reason"]) == (typed, "never there", "As heard")
    assert versions(desk) == []


def test_a_phrase_that_is_a_word_for_stop_is_neither_proposed_nor_approved(desk: Room) -> None:
    shown = propose(desk, BREATHING, EDITOR, status=422, latin="he|róko kar* do|dein\nblue|roko").text
    assert "line 2, “blue|roko”: can be read as “roko”, which ends texts" in shown
    assert versions(desk) == []
    with desk.parts.database.write() as session:
        body = {"native": [], "latin": ["not|isnt|cant breath*", "blue & baby", "roko"]}
        service.propose(session, Proposal(KIND, "en urgent/baby_not_breathing", body, 0), Person("Before"))
    assert "“roko” can be read as “roko”" in decide(desk, BREATHING, 1, APPROVER, status=422).text


def test_what_somebody_proposed_meanwhile_is_shown_and_built_upon(desk: Room) -> None:
    desk.sign_in(EDITOR)
    opened = fields(desk.get(BREATHING))
    propose(desk, BREATHING, ADMIN, latin="wibbly wobbly")
    desk.sign_in(EDITOR)
    mine = {**opened, "latin": "flimsy flamsy", "reason": "Mine", "action": "save"}
    shown = desk.post(BREATHING, mine, status=409).text
    assert "What Admin changed meanwhile" in shown
    assert "wibbly wobbly" in shown
    assert fields(shown)["latin"] == "flimsy flamsy"
    desk.post(BREATHING, {**fields(shown), "action": "save"})
    assert versions(desk) == ["en urgent/baby_not_breathing 2"]
    differs = desk.get(f"{BREATHING}/2")
    assert "wibbly wobbly" in differs
    assert "flimsy flamsy" in differs


def test_who_may_propose_and_who_may_approve(desk: Room) -> None:
    propose(desk, BREATHING, GUJARATI, status=403, latin="wibbly wobbly")
    propose(desk, BREATHING, APPROVER, status=403, latin="wibbly wobbly")
    assert versions(desk) == []
    propose(desk, GUJARATI_BREATHING, GUJARATI, latin="shwas wobbly")
    for by in (APPROVER, EDITOR):  # a minute has ten sign-ins
        decide(desk, GUJARATI_BREATHING, 1, by, status=403)
    decide(desk, GUJARATI_BREATHING, 1, EDITOR, status=403, verb="decline")
    decide(desk, GUJARATI_BREATHING, 1, CLINICIAN)
    propose(desk, GUJARATI_BREATHING, GUJARATI, latin="shwas flimsy")
    desk.post(f"{GUJARATI_BREATHING}/2/approve", status=403)
    desk.post(f"{GUJARATI_BREATHING}/2/decline")
    assert versions(desk) == []


def test_phrases_are_found_ticked_taken_out_and_changed(desk: Room) -> None:
    desk.sign_in(EDITOR)
    found = desk.post(BREATHING, {"find": "BLÚE", "latin": "kept", "action": "find"}, status=200).text
    assert "1 phrase found" in found
    assert fields(found)["latin"] == "kept"
    out = desk.post(BREATHING, {"chosen": "latin|blue & baby", "action": "out"}, status=200).text
    assert (fields(out)["out"], fields(out)["latin"]) == ("blue & baby", "")
    assert "To be taken out" in out
    both = desk.post(BREATHING, {"chosen": "latin|blue & baby", "action": "change"}, status=200).text
    assert (fields(both)["out"], fields(both)["latin"]) == ("blue & baby", "blue & baby")
    assert desk.post(BREATHING, {"action": "save", "reason": "x", "base": "0"}, status=422)
    assert desk.get("/editors/red-flags/en/nonsense", status=404)
    assert desk.get("/editors/red-flags/xx/baby_fit", status=404)


def test_messages_are_tried_before_and_after(desk: Room) -> None:
    desk.sign_in(EDITOR)
    filled = {"latin": "wibbly wobbly", "messages": f"{WOBBLY}\nhe is not breathing", "action": "look"}
    shown = desk.post(BREATHING, filled, status=200).text
    tried = shown.partition("Your messages")[2].partition("Example sentences")[0]
    assert tried.count("Different.") == 1
    assert tried.index(WOBBLY) < tried.index("Different.") < tried.index("he is not breathing")
    assert versions(desk) == []
