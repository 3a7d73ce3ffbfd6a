"""`python -m api.cli import`: a dry run for the terminal; with --apply it is written."""

import getpass
from pathlib import Path

from api.database import Database
from api.directory.importing.report import lines
from api.directory.importing.running import Importer
from api.errors import BumplineError
from api.settings import Settings


def run(settings: Settings, source: str, *, is_applied: bool, leave_out_errors: bool) -> str:
    """Imports `source`, a file or the address of a feed; returns what to print. Raises BumplineError."""
    database = Database(settings.database_url)
    importer = Importer(database, settings.content_folder, allow_loopback=not settings.is_production, is_patient=True)
    try:
        return _run(importer, source, is_applied=is_applied, leave_out_errors=leave_out_errors)
    finally:
        database.close()


def _run(importer: Importer, source: str, *, is_applied: bool, leave_out_errors: bool) -> str:
    by = f"{getpass.getuser()} (command)"
    if source.startswith(("http://", "https://")):
        import_id = importer.from_url(source, by=by)
    else:
        import_id = importer.from_file(Path(source).name, _bytes(Path(source)), by=by)
    row = importer.look(import_id)
    if row.state == "failed":
        raise BumplineError(row.problem or "The import failed.")
    said = lines(row.report or {})
    if not is_applied:
        return "\n".join([*said, f"Nothing was written. Import {import_id} waits; add --apply to write at once."])
    try:
        importer.apply(import_id, by=by, leave_out_errors=leave_out_errors)
    except BumplineError as error:
        raise BumplineError("\n".join([*said, error.message])) from error
    return "\n".join([*said, f"Written. Import {import_id} can be undone on /editors/directory/import."])


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BumplineError(f"{path} cannot be read: {error.strerror}. Check the name.") from error
