"""An importer on a database of one's own, and helpers that look at what it found."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from api.database import Database
from api.directory import repository
from api.directory.entry import ServiceEntry
from api.directory.importing.running import Importer
from api.directory.openings import LONDON
from api.directory.storing import restored
from api.settings import ROOT

BY = "An editor"
ORIGIN = "council.json"


class Desk:
    """Imports files at once and says what they did."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.importer = Importer(database, ROOT / "content", allow_loopback=True, is_patient=True)

    @property
    def in_production(self) -> Importer:
        return replace(self.importer, allow_loopback=False)

    def read(self, services: Any, name: str = ORIGIN) -> str:
        """A dry run of `services`: its id."""
        data = services if isinstance(services, bytes) else json.dumps({"contents": services}).encode()
        return self.importer.from_file(name, data, by=BY)

    def bring(self, services: Any, name: str = ORIGIN) -> str:
        """A dry run, then written."""
        import_id = self.read(services, name)
        self.importer.apply(import_id, by=BY, leave_out_errors=False)
        return import_id

    def report(self, import_id: str) -> Any:
        row = self.importer.look(import_id)
        assert row.state != "failed", row.problem
        return row.report

    def actions(self, import_id: str) -> list[str]:
        return [record["action"] for record in self.report(import_id)["records"]]

    def entries(self) -> dict[str, ServiceEntry]:
        with self.database.read() as session:
            return {row.id: restored(row) for row in repository.every_whole(session)}


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def today() -> Any:
    return datetime.now(LONDON).date()
