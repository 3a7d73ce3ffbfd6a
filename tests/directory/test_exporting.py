"""The directory comes back as files, byte for byte; what editors and imports did is in them; nothing is taken away."""

import shutil
from pathlib import Path

import pytest

from api.cli import main
from api.database import Database, now
from api.directory import repository
from api.directory.entry import ServiceEntry
from api.directory.exporting import exported, left_over
from api.directory.loading import load_services
from api.directory.models import Service
from api.directory.source import read_services
from api.directory.storing import organisation, restored, store
from api.settings import ROOT, get_settings
from tests.directory.entries import everything

CONTENT = ROOT / "content"
FILES = [CONTENT / "organisations.yml", *sorted((CONTENT / "services").glob("*.yml"))]


def files(database: Database) -> dict[str, str]:
    with database.read() as session:
        return exported(session)


def entry_of(database: Database, service_id: str) -> ServiceEntry:
    with database.read() as session:
        held = repository.whole(session, service_id)
        assert held is not None
        return restored(held)


def test_services_and_organisations_come_back_byte_for_byte(database: Database) -> None:
    found = files(database)
    assert set(found) == {str(path.relative_to(ROOT)) for path in FILES}
    for name, text in found.items():
        assert text.encode() == (ROOT / name).read_bytes(), f"{name} is not in the form that make export writes"


def test_an_edited_entry_is_written_with_its_edit_and_nothing_else_changes(database: Database) -> None:
    before = files(database)
    mended = entry_of(database, "uhl_mau").model_copy(update={"alert": "New entrance: use Infirmary Road"})
    with database.write() as session:
        store(session, mended, origin="starter pack", moment=now(), is_edited=True)
    after = files(database)
    assert [name for name in after if after[name] != before[name]] == ["content/services/uhl_mau.yml"]
    added = set(after["content/services/uhl_mau.yml"].splitlines()) - set(
        before["content/services/uhl_mau.yml"].splitlines()
    )
    assert added == {"alert: 'New entrance: use Infirmary Road'"}


def test_a_new_entry_gets_a_file_that_a_load_reads_back(database: Database, tmp_path: Path) -> None:
    made, imported = everything(), everything(id="8d5c9b1e-6b1f-4f7e-9e55-0c1c4a5a1b11", name="From a feed")
    with database.write() as session:
        store(session, made, origin="desk", moment=now(), is_edited=True)
        store(session, imported, origin="https://feed.example", moment=now(), is_edited=False)
    shutil.copytree(CONTENT, tmp_path / "content")
    for name, text in files(database).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    read = {entry.id: entry for entry in read_services(tmp_path / "content")}
    assert (read[made.id], read[imported.id]) == (made, imported)
    with database.write() as session:
        assert load_services(session, tmp_path / "content", {}).kept == []


def test_an_organisation_that_only_a_service_names_is_not_written(database: Database) -> None:
    with database.write() as session:
        organisation(session, "Named By A Service")
        organisation(session, "Known Charity").identifiers = {"GB-CHC": "1"}
    text = files(database)["content/organisations.yml"]
    assert "Named By A Service" not in text
    assert "Known Charity:\n  description: Known Charity\n  identifiers:\n    GB-CHC: '1'\n" in text


def test_the_command_writes_everything_and_names_what_the_database_no_longer_has(
    database: Database,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with database.write() as session:
        session.delete(repository.whole(session, "zinthiya"))
    (tmp_path / "content" / "services").mkdir(parents=True)
    old = tmp_path / "content" / "services" / "closed_long_ago.yml"
    old.write_text("id: closed_long_ago\n", encoding="utf-8")
    monkeypatch.setenv("DATABASE_URL", database_url)
    get_settings.cache_clear()
    try:
        assert main(["export", str(tmp_path)]) == 0
    finally:
        get_settings.cache_clear()
    said = capsys.readouterr().out
    assert "no longer in the database: closed_long_ago.yml, zinthiya.yml." in said
    assert old.exists()
    assert not (tmp_path / "content" / "services" / "zinthiya.yml").exists()
    for path in FILES:
        if path.stem != "zinthiya":
            assert (tmp_path / path.relative_to(ROOT)).read_bytes() == path.read_bytes()


def test_files_left_over_are_named_once(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "gone.yml").touch()
        (tmp_path / folder / "kept.yml").touch()
    folders = [tmp_path / "a", tmp_path / "b", tmp_path / "none"]
    assert left_over(["content/services/kept.yml"], folders) == ["gone.yml"]


def test_every_service_has_a_file(database: Database) -> None:
    with database.read() as session:
        assert session.query(Service).count() == len(FILES) - 1
