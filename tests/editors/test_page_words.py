"""Buttons and summaries of services: from a translator's tick to what a Gujarati-speaking family reads."""

import html
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.accounts.models import AuditEntry
from api.accounts.service import Accounts
from api.cli import load_content
from api.conversations.bot import Say
from api.conversations.wording import Wording
from api.directory import curating
from api.directory.models import Service
from api.main import create_app
from api.settings import ROOT
from api.versions.models import Version
from tests.editors.conftest import (
    EDITOR,
    GUJARATI,
    PASSWORD,
    PEOPLE,
    SECOND_GUJARATI,
    Room,
    room_settings,
)

STRONG = "x" * 40
WORDS, REVIEW = "/editors/words/gu", "/editors/words/gu/review"
SERVICES = f"{WORDS}?kind=summary"
DRAFT, ENGLISH = "મોકલો", "Send"
SERVICE = "baby_basics_leicester"
MakeRoom = Callable[..., Room]


@pytest.fixture
def make_room(database_url: str) -> Iterator[MakeRoom]:
    """A production server, and people who work in it; called again, a second server on the same database."""
    with ExitStack() as opened:
        made: list[Room] = []

        def make(**changed: object) -> Room:
            strict = {"bumpline_env": "production", "secret_key": STRONG, "bot_token": STRONG, **changed}
            settings = room_settings(database_url).model_copy(update=strict)
            app = create_app(settings)
            client = TestClient(app, base_url="http://bumpline.test", headers={"Sec-Fetch-Site": "same-origin"})
            opened.enter_context(client)
            if not made:
                add_staff(app)
            made.append(Room(client))
            return made[-1]

        yield make


def add_staff(app: FastAPI) -> None:
    accounts = Accounts(app.state.parts.database, is_production=True)
    for email in (GUJARATI, SECOND_GUJARATI, EDITOR):
        roles, languages = PEOPLE[email]
        name = email.split("@")[0].replace(".", " ").title()
        accounts.add(email=email, name=name, roles=roles, languages=languages, password=PASSWORD)


def fields(page: str) -> dict[str, str]:
    """What the form of one page holds, unticked."""
    seen = dict(re.findall(r'name="(seen:[^"]+)" value="([^"]+)"', page))
    texts = dict(re.findall(r'<textarea[^>]* name="(text:[^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL))
    return seen | {name: html.unescape(text) for name, text in texts.items()}


def whole_table(room: Room, path: str = WORDS) -> dict[str, str]:
    """The form as if it were one page."""
    found: dict[str, str] = {}
    for number in range(1, 5):
        found |= fields(room.get(f"{path}{'&' if '?' in path else '?'}page={number}"))
    return found


def write(room: Room, path: str = WORDS, by: str = GUJARATI, status: int = 303, **more: Any) -> Any:
    """Saves the table as it stands, but for `more`: ticks, and text__send for the field text:send."""
    room.sign_in(by)
    changed = {name.replace("__", ":"): value for name, value in more.items()}
    return room.post(path, {**whole_table(room, path), **changed}, status=status)


def waiting(page: str) -> list[str]:
    return re.findall(r'name="chosen" value="(\d+)"', page)


def decide(room: Room, by: str = SECOND_GUJARATI, verb: str = "approve", chosen: list[str] | None = None) -> str:
    room.sign_in(by)
    ids = waiting(room.get(REVIEW)) if chosen is None else chosen
    return str(room.post(REVIEW, {"chosen": ids, "verb": verb}, status=200).text)


def button(room: Room) -> str:
    """What stands on the button of the chat page in Gujarati."""
    found = re.search(r'<button class="send" id="send">(.*?)</button>', room.get("/?language=gu"))
    assert found
    return re.sub(r"<[^>]+>", "", found[1])


def summary(room: Room) -> str:
    """A service's summary as a reply says it in Gujarati."""
    with room.parts.database.write() as session:
        session.scalars(select(Service).where(Service.id == SERVICE)).one().assured_on = date.today()
    with room.parts.database.read() as session:
        need = curating.entry_of(session, SERVICE)[0].needs[0]
        found = Wording(session, room.parts.catalogue, "gu", "web").services(
            Say(say="conversation/find_service", need=need)
        )
    return next(one.summary for one in found if one.id == SERVICE)


def test_a_draft_is_taken_over_approved_and_read_at_the_next_page(make_room: MakeRoom) -> None:
    room = make_room()
    assert button(room) == ENGLISH
    answer = write(room, right="send")
    assert answer.headers["location"].endswith("saved=1")
    assert button(room) == ENGLISH, "nobody else has looked"
    assert waiting(room.get(REVIEW)) == [], "one's own words are not offered for approval"
    with room.parts.database.read() as session:
        made = session.scalars(select(Version)).one()
    assert "not approved" in decide(room, GUJARATI, chosen=[str(made.id)])
    assert button(room) == ENGLISH
    shown = decide(room)
    assert "send: approved" in shown
    assert button(room) == DRAFT
    with room.parts.database.read() as session:
        log = [(entry.what, entry.subject) for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    assert ("words.written", "interface gu send, version 1") in log
    assert ("words.approved", "interface gu send, version 1") in log


def test_another_process_follows_and_the_words_stay_after_a_restart(make_room: MakeRoom) -> None:
    room, other = make_room(), make_room()
    write(room, right="send")
    decide(room)
    assert button(other) == DRAFT
    assert button(make_room()) == DRAFT


def test_words_of_an_older_english_are_not_read_until_somebody_looked(make_room: MakeRoom, tmp_path: Path) -> None:
    room = make_room()
    write(room, right="send")
    decide(room)
    shutil.copytree(ROOT / "content", tmp_path / "content")
    path = tmp_path / "content" / "interface.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("send: Send\n", "send: Send it now\n"), encoding="utf-8")
    newer = make_room(content_folder=tmp_path / "content")
    assert button(newer) == "Send it now"
    assert "saved=1" in write(newer, f"{WORDS}?state=stale", right="send").headers["location"]
    assert button(newer) == "Send it now"
    decide(newer)
    assert button(newer) == DRAFT


def test_a_summary_goes_the_same_way_and_falls_back_when_the_english_is_edited(make_room: MakeRoom) -> None:
    room = make_room()
    english = summary(room)
    assert english.isascii()
    write(room, f"{SERVICES}&text={SERVICE}", right=SERVICE)
    assert summary(room) == english
    decide(room)
    translated = summary(room)
    assert not translated.isascii()
    load_content(room.parts.settings)
    assert summary(room) == translated, "a load leaves what a person approved"
    with room.parts.database.write() as session:
        entry, seen = curating.entry_of(session, SERVICE)
        curating.change(session, entry.model_copy(update={"summary": "New plain words."}), by="An Editor", seen=seen)
    assert summary(room) == "New plain words."
    room.sign_in(GUJARATI)
    assert "Out of date" in room.get(f"{SERVICES}&text={SERVICE}")
    write(room, f"{SERVICES}&text={SERVICE}", text__baby_basics_leicester="નવા સાદા શબ્દો.")
    decide(room)
    assert summary(room) == "નવા સાદા શબ્દો."


def test_what_is_wrong_is_kept_beside_its_reason_and_holds_up_no_other_row(make_room: MakeRoom) -> None:
    room = make_room()
    wrong = {
        "text__announcement": "Bumpline: સંદેશ",  # the placeholder is missing
        "text__danger_line": "અત્યારે જોખમમાં છો? 111 પર ફોન કરો",
        "text__you_said": "ты",
        "text__urgent": "અત્યારે ૨",
        "text__services": "",
        "text__send": "મોકલી દો",
    }
    page = write(room, status=422, **wrong).text
    assert "1 saved, 5 not" in page
    for text in wrong.values():
        if text != "મોકલી દો" and text:
            assert text in page
    for reason in ("placeholders must be", "numbers are not", "another script: т ы", "another script: ૨", "no words"):
        assert reason in page, reason
    assert "1 saved" in page
    assert "send: approved" in decide(room)
    assert button(room) == "મોકલી દો"


def test_a_doubt_asks_once(make_room: MakeRoom) -> None:
    room = make_room()
    page = write(room, status=422, text__send="Send").text
    assert "these are the English words" in page
    sent = {**fields(page), "sure": "send"}
    assert room.post(WORDS, sent).headers["location"].endswith("saved=1")


def test_the_same_form_sent_twice_saves_once_and_two_people_do_not_overwrite_each_other(make_room: MakeRoom) -> None:
    room = make_room()
    room.sign_in(GUJARATI)
    form = {**whole_table(room), "text:send": "મોકલી દો"}
    assert room.post(WORDS, form).headers["location"].endswith("saved=1")
    assert room.post(WORDS, form).headers["location"].endswith("saved=0")
    room.sign_in(SECOND_GUJARATI)
    page = room.post(WORDS, {**form, "text:send": "હમણાં મોકલો"}, status=422).text
    assert "changed this meanwhile" in page
    assert "હમણાં મોકલો" in page
    assert "મોકલી દો" in page
    assert room.post(WORDS, fields(page)).headers["location"].endswith("saved=1")
    with room.parts.database.read() as session:
        rows = session.scalars(select(Version).order_by(Version.number)).all()
    assert [(row.number, row.decision) for row in rows] == [(1, "declined"), (2, None)]


def test_an_earlier_version_is_put_back_by_proposing_it_again(make_room: MakeRoom) -> None:
    room = make_room()
    write(room, right="send")
    decide(room)
    write(room, text__send="મોકલી દો")
    decide(room)
    assert button(room) == "મોકલી દો"
    history = f"{WORDS}/interface/send"
    room.sign_in(GUJARATI)
    assert 'name="base" value="2"' in room.get(history)
    room.post(f"{history}/1/again", {"base": "2"})
    room.post(f"{history}/1/again", {"base": "2"}, status=422)
    assert button(room) == "મોકલી દો"
    decide(room)
    assert button(room) == DRAFT


def test_declined_words_are_not_read_and_can_be_proposed_again(make_room: MakeRoom) -> None:
    room = make_room()
    write(room, right="send")
    assert "send: declined" in decide(room, verb="decline")
    assert button(room) == ENGLISH
    write(room, right="send")
    decide(room)
    assert button(room) == DRAFT


def test_many_drafts_are_taken_over_and_approved_in_one_go(make_room: MakeRoom) -> None:
    room = make_room()
    room.sign_in(GUJARATI)
    names = re.findall(r'name="right" value="([^"]+)"', room.get(f"{WORDS}?state=draft"))
    assert len(names) == 40
    form = fields(room.get(f"{WORDS}?state=draft"))
    room.post(f"{WORDS}?state=draft", {**form, "right": names, "sure": names})
    room.sign_in(SECOND_GUJARATI)
    assert len(waiting(room.get(REVIEW))) == 25
    decide(room)
    room.sign_in(SECOND_GUJARATI)
    assert len(waiting(room.get(REVIEW))) == 15
    assert "25 of " in room.get(WORDS)


def test_who_does_not_work_in_a_language_reads_and_does_not_write_or_decide(make_room: MakeRoom) -> None:
    room = make_room()
    write(room, right="send")
    room.sign_in(EDITOR)
    assert "<textarea" not in room.get(WORDS)
    assert 'name="chosen"' not in room.get(REVIEW)
    room.post(WORDS, {"seen:send": "0-0-0", "text:send": "x"}, status=403)
    with room.parts.database.read() as session:
        made = session.scalars(select(Version)).one().id
    room.post(REVIEW, {"chosen": str(made)}, status=403)
    room.sign_in(GUJARATI)
    room.post("/editors/words/pl", {}, status=403)
    room.get("/editors/words/en", status=404)
    assert room.client.get("/editors/words", follow_redirects=False).headers["location"] == WORDS


def test_what_others_or_another_language_wrote_cannot_be_decided_here(make_room: MakeRoom) -> None:
    room = make_room()
    write(room, right="send")
    with room.parts.database.write() as session:
        row = session.scalars(select(Version)).one()
        row.subject = "pl send"
        made = str(row.id)
    assert "no such words" in decide(room, chosen=[made, "2147483647"])


def test_markup_in_words_is_shown_as_it_is_written(make_room: MakeRoom) -> None:
    room = make_room()
    write(room, text__send="<b>મોકલો</b><script>", sure="send")
    decide(room)
    page = room.get("/?language=gu")
    assert "&lt;b&gt;મોકલો&lt;/b&gt;&lt;script&gt;" in page
    assert "<b>મોકલો" not in page


def test_a_whole_page_of_long_words_is_not_too_large_to_send(make_room: MakeRoom) -> None:
    room = make_room()
    room.sign_in(GUJARATI)
    form = fields(room.get(SERVICES))
    long = {name: "શબ્દ " * 50 for name in form if name.startswith("text:")}
    csrf = re.search(r'name="csrf" value="([^"]+)"', room.get("/account"))
    assert csrf
    sent = {name: (None, value) for name, value in {**form, **long, "csrf": csrf[1]}.items()}
    answer = room.client.post(SERVICES, files=sent, follow_redirects=False)
    assert answer.status_code == 422
    assert "5 saved, 35 not" in answer.text
    assert answer.text.count("શબ્દ " * 49) == 35


def test_a_language_without_a_file_is_written_from_nothing(make_room: MakeRoom, tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    room = make_room(locales_folder=tmp_path / "locales")
    assert button(room) == ENGLISH
    room.sign_in(GUJARATI)
    assert "Not translated" in room.get(f"{WORDS}?state=missing")
    write(room, text__send=DRAFT)
    decide(room)
    assert button(room) == DRAFT
