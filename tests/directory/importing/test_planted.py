"""2,000 records with every kind of fault planted: each is named at its own record and field, and nothing is written."""

import pytest
from fastapi import FastAPI

from api.database import Database
from api.directory.importing import repository
from api.directory.importing.applying import HasErrors
from tests.directory.importing.conftest import Desk, today
from tests.directory.importing.planted import Json, Planted, feed
from tests.sms.serving import served

COUNT = 2_000


def test_every_planted_fault_is_named_and_healthy_records_have_none(desk: Desk, database: Database) -> None:
    before = desk.entries()
    records, planted = feed(COUNT, today=today())
    report = desk.report(desk.read(records))
    _assert_named(report, planted)
    assert desk.entries() == before
    errors = sum(1 for one in planted if one.fault.level == "error")
    assert report["counts"]["refused"] == errors
    assert report["counts"]["new"] == COUNT - errors


def test_the_same_feed_over_http_page_by_page_names_the_same_faults(desk: Desk) -> None:
    records, planted = feed(COUNT, today=today())
    with served(_council(records)) as address:
        import_id = desk.importer.from_url(f"{address}/services", by="An editor")
    assert desk.importer.look(import_id).origin == address
    _assert_named(desk.report(import_id), planted)


def test_with_an_error_nothing_is_written_until_the_editor_leaves_it_out(desk: Desk) -> None:
    records, planted = feed(200, today=today(), share=0.9)
    errors = {one.number for one in planted if one.fault.level == "error"}
    before = desk.entries()
    import_id = desk.read(records)
    with pytest.raises(HasErrors, match="Nothing was imported"):
        desk.importer.apply(import_id, by="An editor", leave_out_errors=False)
    assert desk.entries() == before
    desk.importer.apply(import_id, by="An editor", leave_out_errors=True)
    added = {key: entry for key, entry in desk.entries().items() if key not in before}
    assert len(added) == 200 - len(errors)
    assert {entry.listing for entry in added.values()} == {"hold"}
    assert all(entry.assured_on is None and "Imported from council.json" in (entry.provenance.gaps or "")
               for entry in added.values())  # fmt: skip
    with desk.database.read() as session:
        assert len(repository.changes_of(session, import_id)) == len(added)


def _assert_named(report: Json, planted: list[Planted]) -> None:
    by_number = {record["number"]: record for record in report["records"]}
    missed = []
    for one in planted:
        found = [(f["level"], f["field"]) for f in by_number[one.number]["findings"]]
        if (one.fault.level, one.fault.field) not in found:
            missed.append((one.fault.name, found))
    assert missed == []
    spoiled = {one.number for one in planted}
    assert [r for r in report["records"] if r["findings"] and r["number"] not in spoiled] == []


def _council(records: list[Json]) -> FastAPI:
    app = FastAPI()

    @app.get("/services")
    def services(page: int = 1, per_page: int = 50) -> Json:
        begin = (page - 1) * per_page
        pages = -(-len(records) // per_page)
        return {"total_items": len(records), "total_pages": pages, "contents": records[begin : begin + per_page]}

    return app
