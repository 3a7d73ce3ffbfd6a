"""What an import writes, what it never writes, and how it is taken back, on both databases."""

import random
from typing import Any

import pytest
from sqlalchemy import func, select

from api.directory import curating, deciding
from api.directory.entry import ServiceEntry
from api.directory.importing.known import read_terms
from api.directory.models import Location, Organisation, Service
from api.directory.open_referral import service_json
from api.directory.repository import every_whole
from api.directory.trust_models import Change, Proposal
from api.errors import Conflict
from api.settings import ROOT
from tests.directory.importing.conftest import BY, ORIGIN, Desk, today
from tests.directory.importing.planted import Json, healthy

STARTER = "quit_ready"


def some(count: int = 3) -> list[Json]:
    return [healthy(n, random.Random(n), today()) for n in range(count)]


def published(desk: Desk) -> list[Json]:
    """Our own open feed."""
    names = read_terms(ROOT / "content").names
    with desk.database.read() as session:
        return [service_json(row, names, is_full=True) for row in every_whole(session)]


def proposals(desk: Desk) -> list[Proposal]:
    with desk.database.read() as session:
        return list(session.scalars(select(Proposal).order_by(Proposal.id)))


def edit(desk: Desk, service_id: str, **values: Any) -> None:
    with desk.database.write() as session:
        entry, _ = curating.entry_of(session, service_id)
        curating.change(session, ServiceEntry.model_validate({**entry.model_dump(), **values}), by=BY, seen=None)


def test_our_own_feed_is_the_same_when_it_comes_back(desk: Desk) -> None:
    before, feed = desk.entries(), published(desk)
    import_id = desk.read(feed, "ours.json")
    assert set(desk.actions(import_id)) == {"same"}
    assert desk.report(import_id)["counts"]["refused"] == 0
    desk.importer.apply(import_id, by=BY, leave_out_errors=False)
    assert desk.entries() == before
    assert proposals(desk) == []


def test_what_came_from_elsewhere_is_proposed_and_never_overwritten(desk: Desk) -> None:
    feed = published(desk)
    mine = next(record for record in feed if record["name"].startswith("Quit Ready"))
    mine |= {"description": "Changed.", "email": "new@example.org", "phones": [], "schedules": None}
    before = desk.entries()
    desk.bring(feed, "ours.json")
    assert desk.entries() == before
    assert [(p.service_id, p.field, p.proposed, p.decided_at) for p in proposals(desk)] == [
        (STARTER, "summary", "Changed.", None),
        (STARTER, "email", "new@example.org", None),
    ]


def test_an_untouched_entry_is_brought_up_to_date_and_stays_on_hold(desk: Desk) -> None:
    records = some()
    desk.bring(records)
    assert desk.actions(desk.read(records)) == ["same"] * 3
    records[1] |= {"name": "Another name", "phones": [], "schedules": []}
    import_id = desk.bring(records)
    assert desk.actions(import_id) == ["same", "update", "same"]
    entry = desk.entries()[records[1]["id"]]
    assert (entry.name, entry.phones, entry.listing) == ("Another name", [], "hold")
    with desk.database.read() as session:
        change = session.scalars(select(Change).where(Change.import_id == import_id)).one()
    assert change.before is not None
    assert change.after is not None
    assert (change.before["name"] != "Another name", change.after["name"]) == (True, "Another name")


def test_an_entry_that_was_shown_keeps_being_shown(desk: Desk) -> None:
    records = some(1)
    desk.bring(records)
    with desk.database.write() as session:
        session.get_one(Service, records[0]["id"]).listing = "show"
    desk.bring([{**records[0], "name": "Another name"}])
    entry = desk.entries()[records[0]["id"]]
    assert (entry.name, entry.listing) == ("Another name", "show")


def test_an_entry_that_nobody_could_reach_any_more_goes_on_hold(desk: Desk) -> None:
    records = some(1)
    desk.bring(records)
    with desk.database.write() as session:
        session.get_one(Service, records[0]["id"]).listing = "show"
    bare = {name: records[0][name] for name in ("id", "name", "status", "organization")}
    import_id = desk.bring([bare])
    assert desk.entries()[bare["id"]].listing == "hold"
    assert ("listing", "show", "hold") in [tuple(c.values()) for c in desk.report(import_id)["records"][0]["changes"]]


@pytest.mark.parametrize("how", ["edited", "checked"])
def test_what_a_person_edited_or_checked_is_never_overwritten(desk: Desk, how: str) -> None:
    records = some(1)
    service_id = records[0]["id"]
    desk.bring(records)
    if how == "edited":
        edit(desk, service_id, name="What the editor wrote", listing="show")
    else:
        with desk.database.write() as session:
            row = session.get_one(Service, service_id)
            row.assured_on, row.assured_by = today(), BY
    before = desk.entries()[service_id]
    desk.bring([{**records[0], "name": "What the feed says", "status": "defunct"}])
    assert desk.entries()[service_id] == before
    found = {p.field: (p.current, p.proposed) for p in proposals(desk)}
    assert found["status"] == ("active", "defunct")
    assert found["name"] == (before.name, "What the feed says")
    assert set(found) == {"name", "status"}


def test_what_an_editor_declined_is_not_proposed_again(desk: Desk) -> None:
    records = some(1)
    desk.bring(records)
    edit(desk, records[0]["id"], name="What the editor wrote")
    desk.bring(records)
    with desk.database.write() as session:
        deciding.decline(session, proposals(desk)[0].id, by=BY)
    desk.bring(records)
    assert len(proposals(desk)) == 1
    desk.bring([{**records[0], "name": "Something new"}])
    assert [p.proposed for p in proposals(desk)] == [records[0]["name"], "Something new"]


def test_a_field_the_feed_is_silent_about_is_not_proposed_to_be_emptied(desk: Desk) -> None:
    records = some(1)
    bare = {name: records[0][name] for name in ("id", "name", "status", "organization")}
    desk.bring([bare])
    edit(desk, bare["id"], summary="Written here", email="found@example.org", hours="Mornings", referral="professional")
    assert desk.actions(desk.read([bare])) == ["same"]


def test_what_the_feed_no_longer_has_is_reported_and_stays(desk: Desk) -> None:
    records = some(3)
    desk.bring(records)
    import_id = desk.bring(records[:2])
    assert desk.report(import_id)["gone"] == [{"id": records[2]["id"], "name": records[2]["name"]}]
    assert records[2]["id"] in desk.entries()


def test_another_origin_does_not_overwrite_what_the_first_brought(desk: Desk) -> None:
    records = some(1)
    desk.bring(records)
    import_id = desk.bring([{**records[0], "name": "Another name"}], "other.json")
    assert desk.actions(import_id) == ["propose"]
    assert desk.entries()[records[0]["id"]].name == records[0]["name"]


def test_a_place_where_another_service_meets_stays_as_it_is(desk: Desk) -> None:
    """Places are shared by services that write them alike: a feed must not move one that an editor put right."""
    held = next(e for e in desk.entries().values() if e.locations and e.locations[0].postcode)
    place = held.locations[0]
    records = some(1)
    location = records[0]["service_at_locations"][0]["location"]
    location |= {"name": place.name, "latitude": 52.9, "longitude": -1.0, "accessibility": [{"description": "None"}]}
    location["addresses"] = [{"address_1": place.address, "postal_code": place.postcode}]
    before = {key: entry.locations for key, entry in desk.entries().items()}
    desk.bring(records)
    after = {key: entry.locations for key, entry in desk.entries().items()}
    assert after.pop(records[0]["id"]) == [place]
    assert after == before


def test_a_likely_duplicate_is_proposed_and_nothing_is_merged(desk: Desk) -> None:
    twin = some(1)[0] | {"name": "Quit Ready, Leicestershire & Rutland"}
    twin["organization"] = {"name": "Leicestershire County Council"}
    again = some(2)[1] | {"name": "quit ready leicestershire and rutland"}
    again["organization"] = {"name": "Somebody else"}
    again["service_at_locations"] = twin["service_at_locations"]
    for part in again["service_at_locations"]:
        part.pop("service_id", None)
    before = desk.entries()
    import_id = desk.bring([twin, again, *some(4)[2:]])
    assert desk.report(import_id)["counts"]["duplicates"] == 2
    found = {(p.service_id, p.other_id): p.reason for p in proposals(desk) if p.kind == "duplicate"}
    assert set(found) == {(twin["id"], STARTER), (again["id"], twin["id"])}
    assert "nearly the same name, the same organisation" in found[(twin["id"], STARTER)]
    assert {key: entry for key, entry in desk.entries().items() if key in before} == before


def test_undoing_leaves_the_directory_as_it_was(desk: Desk) -> None:
    before, counts = desk.entries(), _counts(desk)
    import_id = desk.bring(some(5))
    done = desk.importer.undo(import_id, by=BY)
    assert (len(done.deleted), done.put_back, done.kept) == (5, [], [])
    assert desk.entries() == before
    assert _counts(desk) == counts
    with pytest.raises(Conflict, match="undone"):
        desk.importer.undo(import_id, by=BY)
    assert desk.actions(desk.bring(some(5))) == ["new"] * 5


def test_undoing_an_update_puts_the_earlier_words_back_and_withdraws_its_proposals(desk: Desk) -> None:
    records = some(2)
    desk.bring(records)
    edit(desk, records[1]["id"], name="What the editor wrote")
    before = desk.entries()
    import_id = desk.bring([{**record, "alert": "Closed in August"} for record in records])
    assert desk.entries() != before
    done = desk.importer.undo(import_id, by=BY)
    assert (done.deleted, done.put_back, done.kept) == ([], [records[0]["id"]], [])
    assert desk.entries() == before
    assert {p.decision for p in proposals(desk)} == {"withdrawn"}
    assert desk.actions(desk.bring([{**record, "alert": "Closed in August"} for record in records])) == [
        "update",
        "propose",
    ]
    assert [p.field for p in proposals(desk) if p.decided_at is None] == ["name", "alert"]


def test_undoing_keeps_what_somebody_has_worked_on_since(desk: Desk) -> None:
    records = some(3)
    import_id = desk.bring(records)
    edit(desk, records[0]["id"], name="What the editor wrote")
    desk.bring([records[0], {**records[1], "alert": "Moved"}, records[2]], ORIGIN)
    done = desk.importer.undo(import_id, by=BY)
    assert sorted(done.kept) == sorted([records[0]["id"], records[1]["id"]])
    assert done.deleted == [records[2]["id"]]
    assert desk.entries()[records[0]["id"]].name == "What the editor wrote"


def test_an_import_is_written_once(desk: Desk) -> None:
    import_id = desk.bring(some(1))
    with pytest.raises(Conflict, match="applied"):
        desk.importer.apply(import_id, by=BY, leave_out_errors=False)


def test_an_entry_edited_between_the_dry_run_and_the_button_is_not_overwritten(desk: Desk) -> None:
    records = some(1)
    desk.bring(records)
    import_id = desk.read([{**records[0], "name": "What the feed says"}])
    assert desk.actions(import_id) == ["update"]
    edit(desk, records[0]["id"], name="What the editor wrote")
    desk.importer.apply(import_id, by=BY, leave_out_errors=False)
    assert desk.entries()[records[0]["id"]].name == "What the editor wrote"
    assert desk.actions(import_id) == ["propose"]


def _counts(desk: Desk) -> list[int]:
    with desk.database.read() as session:
        return [session.scalar(select(func.count()).select_from(t)) or 0 for t in (Service, Location, Organisation)]
