"""The screen that follows approvals: never absent, never without the old phrases while the new ones are read."""

import logging
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from api.conversations import live_screen
from api.conversations.live_screen import KIND, LiveScreen, approved_lists
from api.database import Database
from api.person import Person
from api.safety import Approved, RedFlagScreen, load_screen
from api.versions import service
from api.versions.service import Proposal
from tests.safety.small_screen import ENGLISH, write_phrases

SUBJECT = "en urgent/baby_fit"
BODY = {"native": [], "latin": ["wibbly wobbly"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_phrases(tmp_path, en=ENGLISH)


def comes(screen: LiveScreen, text: str) -> bool:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if screen.screen(text):
            return True
        time.sleep(0.01)
    return False


def test_another_screen_takes_the_place_of_the_old_one_while_that_still_answers(folder: Path) -> None:
    may_go_on = Event()

    def slow(folder: Path, approved: Approved | None = None) -> RedFlagScreen:
        if approved:
            may_go_on.wait()
        return load_screen(folder, approved)

    screen = LiveScreen(folder, {}, slow)
    screen.follow({KIND: {SUBJECT: BODY}})
    screen.follow({KIND: {SUBJECT: {"latin": ["flimsy flamsy"]}}})  # approved while the first is being read
    assert screen.screen("she is not breathing")
    assert screen.screen("flimsy flamsy") is None
    may_go_on.set()
    assert comes(screen, "flimsy flamsy")
    assert screen.screen("wibbly wobbly") is None
    assert screen.screen("she is not breathing")
    screen.follow({})
    for _ in range(3000):
        if screen.screen("flimsy flamsy") is None:
            break
        time.sleep(0.01)
    assert screen.screen("flimsy flamsy") is None


def test_a_screen_that_cannot_be_built_leaves_the_old_one_and_is_tried_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failures = iter([MemoryError, OSError])

    def failing(folder: Path, approved: Approved | None = None) -> RedFlagScreen:
        failure = next(failures, None) if approved else None
        if failure:
            raise failure
        return load_screen(folder, approved)

    monkeypatch.setattr(live_screen, "RETRY", 0.05)
    screen = LiveScreen(folder, {}, failing)
    with caplog.at_level(logging.ERROR):
        screen.follow({KIND: {SUBJECT: BODY}})
        assert screen.screen("she is not breathing")
        assert comes(screen, "wibbly wobbly")
    assert "MemoryError" in caplog.text
    assert "OSError" in caplog.text
    screen.close()


def test_when_no_thread_can_be_started_the_next_message_tries_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class NoThread(Thread):
        def start(self) -> None:
            raise RuntimeError("can't start new thread")

    screen = LiveScreen(folder, {}, load_screen)
    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr(live_screen, "Thread", NoThread)
        screen.follow({KIND: {SUBJECT: BODY}})
        assert screen.screen("she is not breathing")
    assert caplog.text.count("RuntimeError") == 2
    assert comes(screen, "wibbly wobbly")


def test_a_list_that_cannot_be_read_leaves_the_files_and_every_other(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = {"latin": ["b*"]}
    with caplog.at_level(logging.ERROR):
        approved = {"en urgent/baby_not_breathing": broken, "en urgent/nothing": BODY, SUBJECT: BODY}
        screen = LiveScreen(folder, approved, load_screen)
    assert screen.screen("she is not breathing")
    assert screen.screen("wibbly wobbly")
    assert caplog.text.count("cannot be read") == 2


def test_a_language_without_a_file_has_phrases_too(folder: Path) -> None:
    approved = {"ti urgent/baby_fit": {"native": ["ሕጻን ይንቅጥቅጥ"], "latin": []}}
    found = LiveScreen(folder, approved, load_screen).screen("ሕጻን ይንቅጥቅጥ ኣሎ")
    assert found
    assert (found.key, found.language) == ("urgent/baby_fit", "ti")


def test_what_is_approved_is_there_at_the_start_and_without_a_database_the_files_are(
    database: Database, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with database.write() as session:
        made = service.propose(session, Proposal(KIND, SUBJECT, BODY, 0), Person("First")).id
    assert approved_lists(database) == {}
    with database.write() as session:
        service.approve(session, made, Person("Second"))
    assert LiveScreen(folder, approved_lists(database), load_screen).screen("wibbly wobbly")
    nowhere = Database(f"sqlite:///{tmp_path / 'nowhere' / 'none.db'}")
    with caplog.at_level(logging.ERROR):
        assert LiveScreen(folder, approved_lists(nowhere), load_screen).screen("she is not breathing")
    assert "only the files'" in caplog.text
