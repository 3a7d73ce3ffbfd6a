"""Loading, approving, falling back: on both databases."""

from pathlib import Path

import pytest

from api.content import approving, repository, service
from api.content.languages import load_languages
from api.content.loading import load
from api.content.models import Revision
from api.content.shelf import Shelf
from api.content.source import ContentFileError
from api.database import Database, now
from api.errors import Conflict
from api.person import Person
from api.settings import ROOT

LANGUAGES = load_languages(ROOT / "content")
BED = "safer_sleep/bed_sharing"
DANGER = "urgent/baby_not_breathing"


def again(database: Database, content: Path = ROOT / "content", locales: Path = ROOT / "locales") -> list[str]:
    with database.write() as session:
        return load(session, content=content, locales=locales, languages=LANGUAGES).kept


def test_loading_twice_changes_nothing(database: Database) -> None:
    with database.read() as session:
        before = [(r.key, r.language, r.number) for r in repository.revisions(session, [BED], LANGUAGES)]
    again(database)
    with database.read() as session:
        assert [(r.key, r.language, r.number) for r in repository.revisions(session, [BED], LANGUAGES)] == before


def test_a_message_is_served_in_every_language_in_demonstration(database: Database) -> None:
    with database.read() as session:
        for language in LANGUAGES:
            found = service.render(Shelf(True).open(session), DANGER, language=language, channel="web")
            assert found is not None
            assert (found.language, found.fallback_from) == (language, None)
            assert found.demonstration
            assert not found.approved


def test_production_serves_nothing_that_nobody_approved(database: Database) -> None:
    with database.read() as session:
        for message in repository.messages(session):
            for language in LANGUAGES:
                for channel in ("web", "sms"):
                    found = service.render(Shelf(False).open(session), message.key, language=language, channel=channel)
                    assert found is None


def test_an_approved_english_stands_in_for_an_unapproved_translation(database: Database) -> None:
    with database.write() as session:
        approving.approve(session, key=BED, language=LANGUAGES["en"], number=1, by=Person("A Second Person"))
    with database.read() as session:
        found = service.render(Shelf(False).open(session), BED, language="gu", channel="web")
    assert found is not None
    assert (found.language, found.fallback_from, found.approved) == ("en", "gu", True)
    assert found.reviewed_on is not None


def test_nobody_approves_their_own_words(database: Database) -> None:
    with pytest.raises(Conflict), database.write() as session:
        approving.approve(session, key=BED, language=LANGUAGES["en"], number=1, by=Person("Starter Pack"))


def test_a_withdrawn_message_is_gone_with_the_next_reply(database: Database) -> None:
    with database.write() as session:
        approving.approve(session, key=BED, language=LANGUAGES["en"], number=1, by=Person("A Second Person"))
    with database.write() as session:
        approving.withdraw(session, key=BED, language="en", number=1, by=Person("A Third Person"))
    with database.read() as session:
        assert service.render(Shelf(False).open(session), BED, language="en", channel="web") is None
        assert service.render(Shelf(True).open(session), BED, language="en", channel="web") is None


def test_loading_never_overwrites_what_a_person_approved(database: Database, tmp_path: Path) -> None:
    with database.write() as session:
        approving.approve(session, key=BED, language=LANGUAGES["en"], number=1, by=Person("A Second Person"))
    again(database, _copy_with(tmp_path, "Can my baby sleep in our bed?", "Is our bed safe for my baby?"))
    for drafts in (False, True):
        with database.read() as session:
            found = service.render(Shelf(drafts).open(session), BED, language="en", channel="web")
        assert found is not None
        assert (found.title, found.revision) == ("Can my baby sleep in our bed?", 1)
    with database.write() as session:
        approving.approve(session, key=BED, language=LANGUAGES["en"], number=2, by=Person("A Second Person"))
    with database.read() as session:
        found = service.render(Shelf(False).open(session), BED, language="en", channel="web")
    assert found is not None
    assert found.title == "Is our bed safe for my baby?"


def test_loading_leaves_alone_what_a_person_wrote(database: Database, tmp_path: Path) -> None:
    with database.write() as session:
        newest = repository.newest(session, BED, "en")
        assert newest is not None
        own = Revision(
            key=BED, language="en", number=2, title="Mine", web="Mine", sms="Mine", source_hash="x",
            author="An Editor", created_at=now(),
        )  # fmt: skip
        session.add(own)
    assert f"{BED} (en)" in again(
        database, _copy_with(tmp_path, "Can my baby sleep in our bed?", "Is our bed safe for my baby?")
    )


def test_a_changed_safety_message_withholds_its_translations(database: Database, tmp_path: Path) -> None:
    again(database, _copy_with(tmp_path, "Can my baby sleep in our bed?", "Is our bed safe for my baby?"))
    with database.read() as session:
        found = service.render(Shelf(True).open(session), BED, language="gu", channel="web")
    assert found is not None
    assert found.fallback_from == "gu"


def test_a_broken_file_changes_nothing_and_names_itself(database: Database, tmp_path: Path) -> None:
    broken = _copy_with(tmp_path, "level: safety", "level: dangerous")
    with pytest.raises(ContentFileError, match=r"safer_sleep\.yml, entry"):
        again(database, broken)
    with database.read() as session:
        assert service.render(Shelf(True).open(session), BED, language="en", channel="web")


def _copy_with(folder: Path, old: str, new: str) -> Path:
    messages = folder / "messages"
    messages.mkdir()
    for path in (ROOT / "content" / "messages").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        (messages / path.name).write_text(
            text.replace(old, new) if path.stem == "safer_sleep" else text, encoding="utf-8"
        )
    return folder
