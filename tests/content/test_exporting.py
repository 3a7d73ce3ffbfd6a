"""What is loaded can be written back, byte for byte; what a person decided is in it."""

import shutil
from pathlib import Path

import polib
import pytest
import yaml
from sqlalchemy import text as sql

from api.cli import main
from api.content import approving, repository
from api.content.exporting import exported, write
from api.content.interface import load_interface
from api.content.languages import load_languages
from api.content.loading import load
from api.content.models import Revision
from api.content.source import ContentFileError, read_messages, read_translations, words_hash
from api.content.translating import templates, updated
from api.database import Database, now
from api.errors import Conflict, Unusable
from api.person import Person
from api.settings import ROOT

LANGUAGES = load_languages(ROOT / "content")
BED = "safer_sleep/bed_sharing"
DANGER = "urgent/baby_fit"
PO = "locales/gu/LC_MESSAGES/messages.po"


def files(database: Database) -> dict[str, str]:
    with database.read() as session:
        return exported(session, LANGUAGES)


def test_the_files_come_back_byte_for_byte(database: Database) -> None:
    found = files(database)
    assert len(found) == 8 + 13
    for name, text in found.items():
        assert text.encode() == (ROOT / name).read_bytes(), f"{name} is not in the form that make export writes"


def test_writing_twice_changes_nothing(database: Database, tmp_path: Path) -> None:
    found = files(database)
    assert len(write(found, tmp_path)) == len(found)
    assert write(found, tmp_path) == []


def test_an_approved_revision_is_no_longer_fuzzy(database: Database, tmp_path: Path) -> None:
    with database.write() as session:
        approving.approve(session, key=BED, language=LANGUAGES["gu"], number=1, by=Person("A Second Person"))
    write(files(database), tmp_path)
    entries = read_translations(tmp_path / "locales", "gu")
    assert not any(entry.fuzzy for entry in entries[BED].values())
    assert all(entry.fuzzy for entry in entries["safer_sleep/no_cot"].values())


def test_a_stale_translation_keeps_the_english_it_was_made_from(database: Database, tmp_path: Path) -> None:
    new = {"title": "Is our bed safe for my baby?", "web": "Your own bed is best.", "sms": "Use a cot."}
    before = read_translations(ROOT / "locales", "gu")[BED]["title"]
    with database.write() as session:
        session.add(
            Revision(key=BED, language="en", number=2, source_hash=words_hash(new), author="An Editor",
                     created_at=now(), **new)
        )  # fmt: skip
    write(files(database), tmp_path)
    entry = read_translations(tmp_path / "locales", "gu")[BED]["title"]
    assert (entry.msgid, entry.previous_msgid, entry.msgstr) == (new["title"], before.msgid, before.msgstr)
    fresh = _loaded_elsewhere(tmp_path)
    with fresh.read() as session:
        kept = repository.newest(session, BED, "gu")
        assert kept is not None
        assert kept.made_from["title"] == before.msgid
    fresh.close()


def test_notes_for_the_translator_survive(database: Database) -> None:
    noted = [entry for entry in polib.pofile(str(ROOT / PO)) if entry.comment]
    assert noted
    back = {entry.msgctxt: entry.comment for entry in polib.pofile(files(database)[PO])}
    assert all(back[entry.msgctxt] == entry.comment for entry in noted)


def test_update_keeps_what_is_translated_and_marks_what_has_changed(tmp_path: Path) -> None:
    content = tmp_path / "content"
    _copy(content)
    path = content / "messages" / "safer_sleep.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("Can my baby sleep in our bed?", "Is our bed safe?"))
    changed = updated(content, ROOT / "locales")[ROOT / PO]
    entry = next(e for e in polib.pofile(changed) if e.msgctxt == f"{BED}.title")
    assert (entry.msgid, entry.previous_msgid, entry.fuzzy) == (
        "Is our bed safe?", "Can my baby sleep in our bed?", True,
    )  # fmt: skip
    assert entry.msgstr


def test_update_throws_nothing_away(tmp_path: Path) -> None:
    path = tmp_path / "locales" / "gu" / "LC_MESSAGES" / "services.po"
    path.parent.mkdir(parents=True)
    file = polib.pofile(str(ROOT / "locales" / "gu" / "LC_MESSAGES" / "services.po"))
    before = [(entry.msgctxt, entry.msgstr) for entry in file.obsolete_entries()]
    file.metadata["Last-Translator"] = "A Translator"
    file[0].tcomment = "asked a friend"
    file[1].msgstr, file[1].comment = "", "which word for hub?"
    file.append(polib.POEntry(msgctxt="gone", msgid="Old", msgstr="જૂનું"))
    file.save(str(path))
    back = polib.pofile(updated(ROOT / "content", tmp_path / "locales")[path])
    assert back.metadata["Last-Translator"] == "A Translator"
    assert back[0].tcomment == "asked a friend"
    assert back[1].comment == "which word for hub?"
    assert [(entry.msgctxt, entry.msgstr) for entry in back.obsolete_entries()] == [("gone", "જૂનું"), *before]


def test_an_export_keeps_what_is_half_translated(database: Database, tmp_path: Path) -> None:
    half = next(entry for entry in polib.pofile(str(ROOT / PO)) if entry.msgctxt == f"{BED}.title")
    with database.write() as session:
        session.execute(sql("delete from revision where key = :key and language = 'gu'"), {"key": BED})
    (tmp_path / PO).parent.mkdir(parents=True)
    shutil.copy(ROOT / PO, tmp_path / PO)
    write(files(database), tmp_path)
    kept = next(entry for entry in polib.pofile(str(tmp_path / PO)) if entry.msgctxt == half.msgctxt)
    assert (kept.msgstr, kept.fuzzy) == (half.msgstr, True)


def test_a_database_from_before_the_english_was_kept_learns_it_at_the_next_load(database: Database) -> None:
    with database.write() as session:
        session.execute(sql("update revision set made_from = '{}', notes = '{}'"))
    with pytest.raises(Conflict, match="Run `make load` first"), database.write() as session:
        approving.approve(session, key=BED, language=LANGUAGES["gu"], number=1, by=Person("A Second Person"))
    with database.write() as session:
        loaded = load(session, content=ROOT / "content", locales=ROOT / "locales", languages=LANGUAGES)
        assert (loaded.added, loaded.kept) == (0, [])
    assert files(database)[PO].encode() == (ROOT / PO).read_bytes()


def test_a_wrong_number_in_a_service_stops_a_load(database: Database, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "locales", tmp_path / "locales")
    path = tmp_path / "locales" / "gu" / "LC_MESSAGES" / "services.po"
    path.write_text(path.read_text(encoding="utf-8").replace("999 પર", "998 પર"), encoding="utf-8")
    with (
        pytest.raises(ContentFileError, match="numbers are not the English"),
        database.write() as one,
    ):
        load(one, content=ROOT / "content", locales=tmp_path / "locales", languages=LANGUAGES)


def test_a_load_names_what_no_file_has_any_more(database: Database, tmp_path: Path) -> None:
    _copy(tmp_path)
    path = tmp_path / "messages" / "safer_sleep.yml"
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    del entries["dummies"]
    path.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    with database.write() as session:
        loaded = load(session, content=tmp_path, locales=ROOT / "locales", languages=LANGUAGES)
    assert loaded.gone == ["safer_sleep/dummies"]


def test_a_load_names_what_is_only_half_translated(database: Database, tmp_path: Path) -> None:
    file = polib.pofile(str(ROOT / PO))
    next(entry for entry in file if entry.msgctxt == f"{DANGER}.sms").msgstr = ""
    (tmp_path / PO).parent.mkdir(parents=True)
    file.save(str(tmp_path / PO))
    only_gujarati = {code: LANGUAGES[code] for code in ("en", "gu")}
    with database.write() as session:
        loaded = load(session, content=ROOT / "content", locales=tmp_path / "locales", languages=only_gujarati)
    assert loaded.incomplete == [f"{DANGER} (gu)"]
    with database.read() as session:
        assert repository.newest(session, DANGER, "gu") is not None


def test_an_export_over_a_broken_file_writes_nothing(database: Database, tmp_path: Path) -> None:
    (tmp_path / PO).parent.mkdir(parents=True)
    (tmp_path / PO).write_text('msgid "a\n', encoding="utf-8")
    with pytest.raises(ContentFileError, match="line 1"):
        write(files(database), tmp_path)
    assert not (tmp_path / "content").exists()


def test_a_stale_interface_word_stays_stale_after_an_update(tmp_path: Path) -> None:
    content, locales = tmp_path / "content", tmp_path / "locales"
    _copy(content)
    shutil.copytree(ROOT / "locales", locales)
    path = content / "interface.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("send: Send\n", "send: Do not send\n"), encoding="utf-8")
    for target, text in updated(content, locales).items():
        target.write_text(text, encoding="utf-8")
    words = load_interface(content, locales, ["en", "gu"], drafts_allowed=True)
    assert words.text("send", "gu") == "Do not send"


@pytest.mark.parametrize("text", ["# only a comment\n", "- a\n- b\n", "\xff\xfe"])
def test_a_file_without_entries_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "support.yml").write_bytes(text.encode("latin-1"))
    with pytest.raises(ContentFileError, match=r"support\.yml"):
        read_messages(tmp_path)


def test_a_forgotten_quote_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gu" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgctxt "a/b.title"\nmsgid "Help"\nmsgstr "મદદ\n', encoding="utf-8")
    with pytest.raises(ContentFileError, match=r"gu/LC_MESSAGES/messages\.po, line 3: .*msgstr"):
        read_translations(tmp_path, "gu")


def test_a_misspelt_field_is_named_without_jargon(tmp_path: Path) -> None:
    _copy(tmp_path)
    path = tmp_path / "messages" / "safer_sleep.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("  title: Can my baby sleep", "  titel: Can my baby sleep")
    )
    with pytest.raises(ContentFileError) as caught:
        read_messages(tmp_path)
    assert "safer_sleep.yml, entry bed_sharing: title: field required" in str(caught.value)
    assert "pydantic" not in str(caught.value)


def test_the_po_files_are_up_to_date() -> None:
    for path, text in updated(ROOT / "content", ROOT / "locales").items():
        assert path.read_text(encoding="utf-8") == text, f"{path.parts[-3:]}: run make update"


def test_templates_hold_every_english_entry() -> None:
    texts = templates(ROOT / "content", ROOT / "locales")
    assert {path.name for path in texts} == {"messages.pot", "interface.pot", "services.pot"}
    messages = next(text for path, text in texts.items() if path.name == "messages.pot")
    assert len(polib.pofile(messages)) == 3 * len(read_messages(ROOT / "content"))


def test_a_broken_translation_stops_a_load_and_says_where(database: Database, tmp_path: Path) -> None:
    file = polib.pofile(str(ROOT / PO))
    broken = next(entry for entry in file if entry.msgctxt == f"{DANGER}.web")
    broken.msgstr = broken.msgstr.replace("999", "998")
    (tmp_path / PO).parent.mkdir(parents=True)
    file.save(str(tmp_path / PO))
    with pytest.raises(ContentFileError) as caught, database.write() as session:
        load(session, content=ROOT / "content", locales=tmp_path / "locales", languages=LANGUAGES)
    assert f"gu {DANGER}.web: phone numbers missing: 999" in str(caught.value)
    assert "Mend these words" in str(caught.value)
    with database.read() as session:
        newest = repository.newest(session, DANGER, "gu")
        assert newest is not None
        assert "998" not in newest.web


def test_words_with_errors_cannot_be_approved(database: Database) -> None:
    with database.write() as session:
        newest = repository.newest(session, BED, "gu")
        assert newest is not None
        session.add(
            Revision(key=BED, language="gu", number=2, title=newest.title, web="૯૯૯", sms=newest.sms,
                     source_hash=newest.source_hash, made_from=newest.made_from, author="An Editor", created_at=now())
        )  # fmt: skip
    with pytest.raises(Unusable, match="digits must be 0 to 9"), database.write() as session:
        approving.approve(session, key=BED, language=LANGUAGES["gu"], number=2, by=Person("A Second Person"))


def test_a_database_that_is_not_there_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    from api.settings import get_settings

    get_settings.cache_clear()
    try:
        assert main(["export", str(tmp_path / "out")]) == 1
    finally:
        get_settings.cache_clear()
    assert "Run `make load` first" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def _loaded_elsewhere(folder: Path) -> Database:
    from api.cli import migrate
    from api.settings import Settings

    url = f"sqlite:///{folder / 'fresh.db'}"
    migrate(Settings(database_url=url))
    fresh = Database(url)
    with fresh.write() as session:
        load(session, content=folder / "content", locales=folder / "locales", languages=LANGUAGES)
    return fresh


def _copy(content: Path) -> None:
    for path in (ROOT / "content").rglob("*.yml"):
        target = content / path.relative_to(ROOT / "content")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
