"""Approved page words and summaries go back into the PO files; all else in them stays, byte for byte."""

from pathlib import Path

import polib
import pytest

from api.cli import load_content
from api.content.approved_words import PAGE_WORD, SUMMARY, Kind, Said, body_of, subject_of
from api.content.commands import approved
from api.content.exporting import write
from api.content.interface import load_interface
from api.content.languages import load_languages
from api.content.pack import check_pack
from api.content.source import read_po
from api.content.translating import updated
from api.database import Database
from api.directory import exporting
from api.directory.models import ServiceTranslation
from api.directory.summaries import IN_FILE
from api.errors import BumplineError
from api.person import Person
from api.settings import ROOT, Settings
from api.versions import service
from api.versions.service import Proposal

CONTENT, LOCALES = ROOT / "content", ROOT / "locales"
LANGUAGES = [code for code in load_languages(CONTENT) if code != "en"]
FIRST, SECOND = Person("First Translator", "a1"), Person("Second Translator", "a2")
SERVICE = "baby_basics_leicester"


def path_of(language: str, domain: str = "interface") -> str:
    return f"locales/{language}/LC_MESSAGES/{domain}.po"


def exported(database: Database, locales: Path = LOCALES) -> dict[str, str]:
    with database.read() as session:
        return approved(session, CONTENT, locales, exporting.summaries(session))


def entry_of(text: str, name: str) -> polib.POEntry:
    return next(entry for entry in polib.pofile(text) if entry.msgctxt == name)


def approve(database: Database, kind: Kind, language: str, name: str, said: Said) -> None:
    with database.write() as session:
        proposal = Proposal(kind, subject_of(language, name), body_of(said), base=0)
        service.approve(session, service.propose(session, proposal, FIRST).id, SECOND)


def drafts(language: str, domain: str) -> dict[str, polib.POEntry]:
    return {entry.msgctxt: entry for entry in read_po(ROOT / path_of(language, domain)) if not entry.obsolete}


def test_without_approvals_every_file_comes_back_byte_for_byte(database: Database) -> None:
    found = exported(database)
    assert len(found) == 2 * len(LANGUAGES) == 26
    for name, text in found.items():
        assert text.encode() == (ROOT / name).read_bytes(), name


def test_only_the_approved_entries_change_in_every_language_and_a_new_server_serves_them(
    database: Database, tmp_path: Path
) -> None:
    for code in LANGUAGES:
        send, place = drafts(code, "interface")["send"], drafts(code, "services")[SERVICE]
        approve(database, PAGE_WORD, code, "send", Said(send.msgstr, send.msgid))
        approve(database, SUMMARY, code, SERVICE, Said(place.msgstr, place.msgid))
    found = exported(database)
    for name, text in found.items():
        gone = (ROOT / name).read_text(encoding="utf-8").split("\n")
        left = text.split("\n")
        assert len(gone) - len(left) == 1, f"{name}: one entry is no longer fuzzy"
        assert [line for line in left if line.startswith("# ")] == [line for line in gone if line.startswith("# ")]
        at = next(number for number, line in enumerate(left) if line != gone[number])
        assert gone[at] == "#, fuzzy"
        assert gone[at + 1 :] == left[at:]
    write(found, tmp_path)
    again = exported(database, tmp_path / "locales")
    assert again == found, "writing twice changes nothing"
    served = load_interface(CONTENT, tmp_path / "locales", LANGUAGES, drafts_allowed=False)
    for code in LANGUAGES:
        assert served.all(code) == {**served.all("en"), "send": drafts(code, "interface")["send"].msgstr}


def test_a_summary_that_is_not_fuzzy_in_the_file_counts_as_approved_and_loses_it_again(
    database: Database, tmp_path: Path
) -> None:
    entry = drafts("gu", "services")[SERVICE]
    approve(database, SUMMARY, "gu", SERVICE, Said(entry.msgstr, entry.msgid))
    write(exported(database), tmp_path)
    assert approver(database) is None
    load(database, tmp_path / "locales")
    assert approver(database) == IN_FILE
    load(database, LOCALES)
    assert approver(database) is None, "the file is fuzzy again"


def load(database: Database, locales: Path) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    for name in ("interface", "services", "messages"):
        for code in LANGUAGES:
            target = locales / code / "LC_MESSAGES" / f"{name}.po"
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes((LOCALES / code / "LC_MESSAGES" / f"{name}.po").read_bytes())
    load_content(Settings(_env_file=None, database_url=url, locales_folder=locales))


def approver(database: Database) -> str | None:
    with database.read() as session:
        row = session.get(ServiceTranslation, (SERVICE, "gu"))
        assert row is not None
        return row.approved_by


def test_words_of_an_older_english_are_fuzzy_with_that_english_above_them(database: Database, tmp_path: Path) -> None:
    approve(database, PAGE_WORD, "gu", "send", Said("મોકલી દો", "Send it"))
    assert entry_of(exported(database)[path_of("gu")], "send").msgstr == "મોકલો", "the file has words of today"
    file = read_po(ROOT / path_of("gu"))
    entry = next(entry for entry in file if entry.msgctxt == "send")
    entry.msgid, entry.msgstr = "Send it", ""
    target = tmp_path / path_of("gu")
    target.parent.mkdir(parents=True)
    file.save(str(target))
    kept = entry_of(exported(database, tmp_path / "locales")[path_of("gu")], "send")
    assert (kept.msgid, kept.previous_msgid, kept.msgstr, kept.fuzzy) == ("Send", "Send it", "મોકલી દો", True)


def test_a_plural_form_and_a_language_without_files_are_written(database: Database, tmp_path: Path) -> None:
    approve(database, PAGE_WORD, "pl", "weeks.few", Said("{count} tygodnie", "{count} weeks"))
    approve(database, PAGE_WORD, "pl", "gone", Said("Nic", "Nothing"))
    approve(database, PAGE_WORD, "uk", "send", Said("Надіслати", "Send"))
    found = exported(database, tmp_path / "locales")
    assert [entry.msgctxt for entry in polib.pofile(found[path_of("pl")])] == ["weeks.few"]
    assert not entry_of(found[path_of("uk")], "send").fuzzy
    write(found, tmp_path)
    words = load_interface(CONTENT, tmp_path / "locales", ["en", "pl", "uk"], drafts_allowed=False)
    assert words.text("send", "uk") == "Надіслати"
    assert updated(CONTENT, tmp_path / "locales")[tmp_path / path_of("pl")].count("weeks.few") == 1


def test_a_file_that_cannot_be_read_stops_the_export(database: Database, tmp_path: Path) -> None:
    target = tmp_path / path_of("gu")
    target.parent.mkdir(parents=True)
    target.write_text('msgctxt "a"\nmsgid "x\n', encoding="utf-8")
    approve(database, PAGE_WORD, "gu", "send", Said("મોકલો", "Send"))
    with pytest.raises(BumplineError, match="line 2"):
        exported(database, tmp_path / "locales")


def test_the_pack_has_no_faults_by_the_rules_of_the_desk() -> None:
    assert [str(f) for one in check_pack(CONTENT, LOCALES) for f in one.findings if f.level == "error"] == []
