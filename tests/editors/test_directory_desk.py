"""The directory desk: what waits, checking, chasing, editing, history and undo, on both databases."""

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest

from api.accounts.models import AuditEntry
from api.database import now
from api.directory import curating, reporting
from api.directory import service as directory
from api.directory.models import Service
from api.directory.search import Wanted
from api.directory.source import read_services
from api.directory.trust import Trust
from api.directory.trust_models import Proposal, Report
from api.editors.directory import form as forms
from api.settings import ROOT
from tests.editors.conftest import EDITOR, MIDWIFE, Room

ENTRY = "baby_basics_leicester"
DESK = "/editors/directory"


def form_of(room: Room, service_id: str = ENTRY, **changed: Any) -> dict[str, Any]:
    with room.parts.database.read() as session:
        entry, seen = curating.entry_of(session, service_id)
    return {**forms.fields(entry), "seen": seen.isoformat(), **changed}


def entry_of(room: Room, service_id: str = ENTRY) -> Any:
    with room.parts.database.read() as session:
        return curating.entry_of(session, service_id)[0]


def undo_on(page: str) -> str:
    found = re.search(r'action="(/editors/directory/changes/\d+/put-back)"', page)
    assert found
    return found[1]


def test_every_entry_comes_back_from_its_own_form_as_it_was() -> None:
    for entry in read_services(ROOT / "content"):
        filled = {name: said if isinstance(said, list) else [said] for name, said in forms.fields(entry).items()}
        assert type(entry).model_validate(forms.typed(filled)) == entry, entry.id


def test_only_editors_come_in(room: Room) -> None:
    room.sign_in(MIDWIFE)
    room.get(DESK, status=403)
    room.post(f"{DESK}/entries/{ENTRY}/check", {"how": "phoned"}, status=403)
    room.client.cookies.clear()
    assert room.client.get(DESK, follow_redirects=False).headers["location"].startswith("/sign-in")


def test_an_edit_is_read_at_once_kept_in_the_history_and_can_be_undone(room: Room) -> None:
    before = entry_of(room)
    done = room.post(f"{DESK}/entries/{ENTRY}", form_of(room, summary="Cots & clothes, free."))
    page = room.get(done.headers["location"])
    assert "Saved." in page
    with room.parts.database.read() as session:
        (found,) = directory.by_ids(session, [ENTRY], trust=Trust(drafts_allowed=True))
    assert found.summary == "Cots & clothes, free."
    history = html.unescape(room.get(f"{DESK}/entries/{ENTRY}/history"))
    assert re.search(r"<ins>\s*Cots & clothes, free.\s*</ins>", history)
    assert "Editor" in history
    room.post(undo_on(page))
    assert entry_of(room) == before
    assert "Put back as before change" in room.get(f"{DESK}/entries/{ENTRY}/history")


def test_what_was_typed_wrongly_is_named_and_nothing_is_lost(room: Room) -> None:
    wrong = {"summary": "Kept words", "email": "not an address", "schedules.0.opens_at": "9 o'clock", "name": ""}
    page = room.post(f"{DESK}/entries/{ENTRY}", form_of(room, **wrong), status=422).text
    for name in ("name", "email", "schedules.0.opens_at"):
        assert f'id="{name}-error"' in page, name
        assert f'href="#{name}"' in page, name
    assert "Kept words" in page
    assert entry_of(room).summary != "Kept words"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"languages": "Gujarati, Klingonese"}, "Klingonese is not one we know"),
        ({"listing": "hold", "provenance.gaps": ""}, "an entry on hold must name its gap"),
        ({"needs": ["time_travel"]}, "time_travel is not one we know"),
    ],
)
def test_what_nobody_knows_is_refused_by_name(room: Room, changed: dict[str, Any], said: str) -> None:
    page = room.post(f"{DESK}/entries/{ENTRY}", form_of(room, **changed), status=422).text
    assert said in html.unescape(page)


def test_two_editors_at_once_lose_nothing(room: Room) -> None:
    mine = form_of(room, summary="Mine")
    room.post(f"{DESK}/entries/{ENTRY}", form_of(room, summary="Theirs"))
    page = room.post(f"{DESK}/entries/{ENTRY}", mine, status=409).text
    assert "Theirs: Theirs" in page
    assert "Yours: Mine" in page
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen
    room.post(f"{DESK}/entries/{ENTRY}", {**mine, "seen": seen[1]})
    assert entry_of(room).summary == "Mine"


def test_checked_today_is_one_click_and_can_be_undone(room: Room) -> None:
    assert "Never checked" in room.get(f"{DESK}?list=due")
    before = entry_of(room)
    changed_at = form_of(room)["seen"]
    done = room.post(f"{DESK}/entries/{ENTRY}/check", {"how": "phoned"})
    page = room.get(done.headers["location"])
    checked = entry_of(room)
    assert (checked.assured_by, checked.assured_how) == ("Editor", "phoned")
    assert form_of(room)["seen"] == changed_at, "a check is not a change of facts"
    assert f"/entries/{ENTRY}/check" not in page, "what is checked is no longer due"
    room.post(undo_on(page))
    assert entry_of(room) == before
    room.post(f"{DESK}/entries/{ENTRY}/check", {"how": "guessed"}, status=422)


def test_saving_an_edit_keeps_the_check(room: Room) -> None:
    room.post(f"{DESK}/entries/{ENTRY}/check", {"how": "visited"})
    room.post(f"{DESK}/entries/{ENTRY}", form_of(room, summary="Other words"))
    assert entry_of(room).assured_how == "visited"


def test_an_entry_that_nobody_checks_is_listed_then_warned_of_then_withheld(room: Room) -> None:
    trust = Trust(drafts_allowed=False)
    today = date.today()
    seen: dict[int, tuple[bool, str]] = {}
    for age in (0, 80, 100, 121):
        with room.parts.database.write() as session:
            service = session.get(Service, ENTRY)
            assert service
            service.assured_on = today - timedelta(days=age)
        with room.parts.database.read() as session:
            family = directory.by_ids(session, [ENTRY], trust=trust)
        seen[age] = (bool(family), "due" if f"/{ENTRY}/check" in all_due(room) else "")
    assert seen == {0: (True, ""), 80: (True, "due"), 100: (True, "due"), 121: (False, "due")}
    assert "Withheld from families" in room.get(f"{DESK}/entries/{ENTRY}")


def test_a_check_that_lies_in_the_future_is_due(room: Room) -> None:
    with room.parts.database.write() as session:
        service = session.get(Service, ENTRY)
        assert service
        service.assured_on = date.today() + timedelta(days=400)
    assert f"/{ENTRY}/check" in all_due(room)
    with room.parts.database.read() as session:
        assert not directory.by_ids(session, [ENTRY], trust=Trust(drafts_allowed=False))


def all_due(room: Room) -> str:
    return "".join(room.get(f"{DESK}?list=due&page={page}") for page in (1, 2, 3))


def test_the_chase_letter_holds_what_families_read(room: Room) -> None:
    entry = entry_of(room)
    page = html.unescape(room.get(f"{DESK}/entries/{ENTRY}/chase"))
    for part in (entry.summary, entry.phones[0].number if entry.phones else entry.url, "Editor"):
        assert str(part) in page
    room.post(f"{DESK}/entries/{ENTRY}/asked")
    assert "Asked by e-mail" in all_due(room)


def test_a_report_is_read_closed_and_reopened(room: Room) -> None:
    with room.parts.database.write() as session:
        reporting.report(session, ENTRY, reason="phone", detail="<b>rings out</b>", reporter="family")
    page = room.get(DESK)
    assert "Reported as wrong" in page
    assert "&lt;b&gt;rings out&lt;/b&gt;" in page
    with room.parts.database.read() as session:
        report = session.query(Report).one()
    path = f"{DESK}/reports/{report.id}"
    room.post(f"{path}/close", {"outcome": "perhaps"}, status=422)
    room.post(f"{path}/close", {"outcome": "the entry is right", "note": "Phoned twice."})
    room.post(f"{path}/close", {"outcome": "the entry is right"}, status=409)
    assert "Nobody has reported anything wrong" in room.get(f"{DESK}?list=reports")
    assert "the entry is right: Phoned twice." in room.get(f"{DESK}/entries/{ENTRY}/history")
    room.post(f"{path}/reopen")
    assert "rings out" in room.get(f"{DESK}?list=reports")


def propose(room: Room, **fields: Any) -> int:
    with room.parts.database.write() as session:
        row = Proposal(service_id=ENTRY, origin="a feed", reason="It differs", at=now(), **fields)
        session.add(row)
        session.flush()
        return row.id


def test_a_proposed_change_is_taken_or_left(room: Room) -> None:
    taken = propose(room, kind="change", field="url", current=None, proposed="https://example.org/new")
    assert "https://example.org/new" in room.get(f"{DESK}?list=proposals")
    room.post(f"{DESK}/proposals/{taken}/accept")
    assert entry_of(room).url == "https://example.org/new"
    room.post(f"{DESK}/proposals/{taken}/decline", status=409)
    left = propose(room, kind="change", field="summary", current=None, proposed="Other")
    room.post(f"{DESK}/proposals/{left}/decline")
    assert entry_of(room).summary != "Other"
    wrong = propose(room, kind="change", field="email", current=None, proposed="no address")
    room.post(f"{DESK}/proposals/{wrong}/accept", status=422)


def test_a_duplicate_goes_on_hold_with_its_twin_named(room: Room) -> None:
    twin = propose(room, kind="duplicate", other_id="chathealth_city", current=None, proposed=None)
    room.post(f"{DESK}/proposals/{twin}/accept")
    entry = entry_of(room)
    assert entry.listing == "hold"
    assert "chathealth_city" in entry.provenance.gaps


def test_a_new_entry_waits_on_hold_and_is_found_when_it_is_shown(room: Room) -> None:
    filled = {
        "name": "Ävington Baby Café",
        "organisation": "Leicester City Council",
        "summary": "Come and feed together.",
        "listing": "hold",
        "provenance.gaps": "No phone number",
        "provenance.sources": "https://example.org/a\nhttps://example.org/b",
        "provenance.confidence": "medium",
        "status": "active",
        "referral": "self",
        "area": ["city"],
        "needs": ["infant_feeding"],
        "languages": "Polish; Gujarati",
        "locations.0.address": "1 High Street",
        "locations.0.postcode": "LE1 1AA",
        "schedules.0.byday": ["MO"],
        "schedules.0.week": "2",
        "schedules.0.opens_at": "10:00",
        "schedules.0.closes_at": "12:00",
        "phones.1.number": "0116 496 0000",
    }
    done = room.post(f"{DESK}/new", filled)
    service_id = done.headers["location"].partition("/entries/")[2].partition("?")[0]
    entry = entry_of(room, service_id)
    assert (entry.languages, entry.schedules[0].byday, entry.schedules[0].freq) == (["pl", "gu"], ["2MO"], "MONTHLY")
    assert len(entry.provenance.sources) == 2
    room.post(f"{DESK}/new", filled, status=409)
    assert not found(room, service_id)
    room.post(f"{DESK}/entries/{service_id}", form_of(room, service_id, listing="show", **{"provenance.gaps": ""}))
    assert found(room, service_id)


def found(room: Room, service_id: str) -> bool:
    near = Wanted(need="infant_feeding", audience="professional")
    with room.parts.database.read() as session:
        return service_id in {s.id for s in directory.find(session, near, trust=Trust(True), limit=100)}


def test_pages_that_are_not_there_say_so(room: Room) -> None:
    for path in ("entries/no_such", "entries/no_such/history", "entries/no_such/chase"):
        assert "no such entry" in room.get(f"{DESK}/{path}", status=404)
    assert "0 entries" in room.get(f"{DESK}/entries?text=zzzz")


def test_the_audit_log_knows_who_did_what_to_which_entry(room: Room) -> None:
    room.post(f"{DESK}/entries/{ENTRY}", form_of(room, summary="Other words"))
    room.post(f"{DESK}/entries/{ENTRY}/check", {"how": "phoned"})
    with room.parts.database.read() as session:
        found = {e.what: e for e in session.query(AuditEntry).filter(AuditEntry.subject == ENTRY)}
    assert set(found) == {"entry.changed", "entry.checked"}
    assert found["entry.changed"].after == {"summary": "Other words"}
    assert EDITOR in found["entry.checked"].by_name


def test_an_old_undo_does_not_show_what_was_put_on_hold_since(room: Room) -> None:
    done = room.post(f"{DESK}/entries/{ENTRY}/check", {"how": "phoned"})
    undo = undo_on(room.get(done.headers["location"]))
    room.post(f"{DESK}/entries/{ENTRY}", form_of(room, listing="hold", **{"provenance.gaps": "Closed"}))
    assert "on hold" in room.post(undo, status=409).text
    assert entry_of(room).listing == "hold"


def test_of_two_duplicates_of_each_other_one_stays(room: Room) -> None:
    first = propose(room, kind="duplicate", other_id="chathealth_city", current=None, proposed=None)
    with room.parts.database.write() as session:
        twins = {"service_id": "chathealth_city", "other_id": ENTRY, "current": None, "proposed": None}
        mirror = Proposal(kind="duplicate", origin="a feed", reason="It differs", at=now(), **twins)
        session.add(mirror)
        session.flush()
        second = mirror.id
    room.post(f"{DESK}/proposals/{first}/accept")
    room.post(f"{DESK}/proposals/{second}/accept", status=409)
    assert entry_of(room, "chathealth_city").listing == "show"


def test_nobody_writes_a_check_into_a_new_entry_and_odd_forms_are_refused(room: Room) -> None:
    filled = {
        "name": "Forged", "organisation": "X", "summary": "Y", "listing": "hold", "provenance.gaps": "Z",
        "area": ["city"],
        "provenance.confidence": "low", "status": "active", "referral": "self", "assured_on": "2199-01-01",
        "assured_by": "The NHS", "assured_how": "visited",
    }  # fmt: skip
    room.post(f"{DESK}/new", filled)
    assert entry_of(room, "forged").assured_on is None
    for odd in ({"provenance": "x"}, {"phones": "x", "phones.0.number": "1"}, {"schedules.0": "x"}):
        room.post(f"{DESK}/new", odd, status=422)
    room.post(f"{DESK}/new", {**filled, "name": "Two", "email": "a@b.org?bcc=evil@evil.org"}, status=422)
