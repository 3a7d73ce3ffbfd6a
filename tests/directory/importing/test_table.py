"""A table as people keep it: read whatever wrote it, and each fault named by its column."""

import pytest

from api.directory.importing.openings_text import schedules
from api.directory.importing.report import report_csv
from api.directory.importing.table import TableUnusable, read_table, template
from tests.directory.importing.conftest import Desk

HEADER = "name,organisation,status"
WHOLE = (
    "id,name,organisation,status,summary,phone,text_number,email,url,address,postcode,needs,categories,languages,area,"
    "referral,referrers,eligibility,minimum_age,maximum_age,from_week,to_week,cost,hours,opening,interpreters,alert\r\n"
    'FIS-7,Bump club,Hall trust,active,"We meet, and talk",0116 496 0001; 0116 496 0002,66777,team@example.org,'
    "https://example.org,1 Hall Road,LE1 5WW,maternity; infant_feeding,Midwife and maternity,gu; Panjabi,city; county,"
    'professional,a midwife,Everyone,0,1,12,40,free,Not in May,"MO-WE 09:00-12:00; 2SA 10:00-11:30",by phone,Moved\r\n'
)


def test_every_column_reaches_the_entry(desk: Desk) -> None:
    desk.bring(WHOLE.encode(), "groups.csv")
    entry = next(entry for entry in desk.entries().values() if entry.name == "Bump club")
    assert [number.number for number in entry.phones] == ["0116 496 0001", "0116 496 0002"]
    assert [number.number for number in entry.text_numbers] == ["66777"]
    assert (entry.needs, entry.categories) == (["maternity", "infant_feeding"], ["Midwife and maternity"])
    assert (entry.languages, entry.area) == (["gu", "pa"], ["city", "county"])
    assert (entry.referral, entry.referrers, entry.from_week, entry.to_week) == ("professional", "a midwife", 12, 40)
    assert [(row.freq, row.byday) for row in entry.schedules] == [("WEEKLY", ["MO", "TU", "WE"]), ("MONTHLY", ["2SA"])]
    assert (entry.hours, entry.interpreters, entry.alert) == ("Not in May.", "by phone", "Moved")
    assert (entry.locations[0].address, entry.locations[0].postcode) == ("1 Hall Road", "LE1 5WW")
    assert (entry.minimum_age, entry.maximum_age, entry.is_free, entry.listing) == (0, 1, True, "hold")


def test_the_same_table_again_changes_nothing(desk: Desk) -> None:
    desk.bring(WHOLE.encode(), "groups.csv")
    assert desk.actions(desk.read(WHOLE.encode(), "groups.csv")) == ["same"]
    assert desk.actions(desk.read(WHOLE.replace("LE1 5WW", "LE2 1AA").encode(), "groups.csv")) == ["update"]


def test_a_row_without_an_id_is_found_again_by_who_runs_what_where(desk: Desk) -> None:
    table = b"name,organisation,status,postcode\nBump club,Hall trust,active,LE1 5WW\n"
    desk.bring(table, "groups.csv")
    assert desk.actions(desk.read(table, "groups.csv")) == ["same"]
    assert desk.actions(desk.read(table, "others.csv")) == ["new"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("before", ["", "\ufeff", "sep={mark}\r\n", ",,,\r\n"])
def test_it_is_read_whatever_wrote_it(mark: str, before: str) -> None:
    text = before.format(mark=mark) + f"Name {mark}ORGANIZATION{mark}Status{mark}\r\n\r\n"
    text += f'"Bump\u00a0club"{mark}Hall{mark}active{mark}\r\n{mark}{mark}{mark}\r\n'
    services, found = read_table(text)
    assert [(service["name"], service["organization"]) for service in services] == [("Bump club", {"name": "Hall"})]
    assert found == {}


def test_the_template_can_be_filled_and_read(desk: Desk) -> None:
    assert desk.actions(desk.read(template().encode(), "t.csv")) == ["new"]


def test_a_formula_that_was_made_harmless_is_read_and_written_harmless(desk: Desk) -> None:
    services, _ = read_table(f"{HEADER},phone\n'=SUM(A1),Hall,active,'+44 116 496 0000\n")
    assert (services[0]["name"], services[0]["phones"][0]["number"]) == ("=SUM(A1)", "+44 116 496 0000")
    report = desk.report(desk.read(f"{HEADER}\n=cmd|' /C calc'!A0,Hall,active\n".encode(), "t.csv"))
    assert "'=cmd" in report_csv(report)
    assert ",=cmd" not in report_csv(report)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{HEADER},telephone_no\nA,B,active,1\n", 'no column "telephone_no"'),
        (f"{HEADER},postcde\nA,B,active,1\n", "Did you mean postcode"),
        ("name,status\nA,active\n", "is missing: organisation"),
        (f"{HEADER},name\nA,B,active,C\n", "is there twice: name"),
        (f"{HEADER}\n", "no row"),
        (f'{HEADER}\n"A,B,active\n', "broken"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(text: str, reason: str) -> None:
    with pytest.raises(TableUnusable, match=reason):
        read_table(text)


@pytest.mark.parametrize(
    ("column", "value", "level"),
    [
        ("opening", "weekdays", "error"),
        ("opening", "MO-XX 09:00-10:00", "error"),
        ("opening", "MO 25:00-26:00", "error"),
        ("email", "nobody", "error"),
        ("url", "example.org", "error"),
        ("latitude", "12.5", "error"),
        ("minimum_age", "baby", "error"),
        ("from_week", "99", "error"),
        ("referral", "perhaps", "error"),
        ("postcode", "LE77 9ZZ", "warning"),
        ("languages", "klingonese", "warning"),
        ("area", "Atlantis", "warning"),
        ("needs", "falconry", "warning"),
        ("phone", "0116 49", "warning"),
    ],
)
def test_a_fault_is_named_by_its_column(desk: Desk, column: str, value: str, level: str) -> None:
    report = desk.report(desk.read(f"{HEADER},{column}\nClub,Hall,active,{value}\n".encode(), "t.csv"))
    found = [(finding["level"], finding["field"]) for finding in report["records"][0]["findings"]]
    assert (level, column) in found


def test_too_many_cells_are_named(desk: Desk) -> None:
    report = desk.report(desk.read(f"{HEADER}\nClub,Hall,active,sit, down\n".encode(), "t.csv"))
    assert [f["field"] for f in report["records"][0]["findings"] if f["level"] == "error"] == ["row"]


def test_ranges_of_days_may_go_over_the_weekend() -> None:
    assert [row["byday"] for row in schedules("FR-MO 09:00-10:00; mo,we 9:00–10:00 term time")] == [
        "FR,SA,SU,MO",
        "MO,WE",
    ]
    assert schedules("-1FR 09:00-10:00")[0]["freq"] == "MONTHLY"
