"""One e-mail a week at most, whatever the mail server and the workers do."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from api.accounts.models import Account
from api.reminders import repository
from api.reminders.service import BY_ITSELF, LEASE
from api.reminders.states import AGAIN_AFTER, State, begins, week_of
from tests.reminders.conftest import MONDAY, Office


def states(office: Office) -> list[str]:
    return [row.state for row in office.rows()]


def test_everybody_with_something_to_do_gets_one_on_monday_and_nobody_before(office: Office) -> None:
    office.add("eva", ["editor"])
    office.add("gita", ["translator"], ("gu",))
    office.add("mina", ["professional"])
    assert office.after(minutes=-1) == 0
    assert office.rows() == []
    assert office.after(minutes=1) == 3
    assert office.box.addresses == ["eva@example.org", "gita@example.org"]
    assert sorted(states(office)) == ["nothing", "sent", "sent"]
    assert [office.after(hours=20) for _ in range(7)] == [0] * 7
    assert len(office.box.taken) == 2
    assert office.after(hours=28) == 3, "the next Monday, 08:00"


def test_monday_is_counted_by_the_clock_in_leicester() -> None:
    assert begins(date(2026, 7, 6)) == datetime(2026, 7, 6, 7, tzinfo=UTC)
    assert begins(date(2026, 11, 30)) == datetime(2026, 11, 30, 8, tzinfo=UTC)
    assert week_of(datetime(2026, 7, 5, 23, 30, tzinfo=UTC)) == date(2026, 7, 6)


def test_the_headers_are_ours_alone_and_the_text_is_plain(office: Office) -> None:
    address = office.add("eva", ["editor"])
    with office.database.write() as session:
        session.execute(update(Account).values(name="Eva\r\nBcc: everybody@example.org"))
    office.after()
    got = office.box.of(address)
    assert set(got.keys()) >= {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"}
    assert got["Bcc"] is None
    assert got["From"] == "Bumpline <reminders@bumpline.test>"
    assert got.get_content_type() == "text/plain"
    text = got.get_content()
    assert "https://bumpline.test/editors/directory?list=due" in text
    assert 'untick "Reminders by e-mail":\nhttps://bumpline.test/account' in text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    "address", ["eva@example.org\r\nbcc: x@example.org", "éva@example.org", "two@a.org, three@a.org"]
)
def test_an_address_that_cannot_be_used_is_told_and_harms_nobody_else(office: Office, address: str) -> None:
    office.add("eva", ["editor"])
    fine = office.add("fine", ["editor"])
    with office.database.write() as session:
        session.execute(update(Account).where(Account.name == "Eva").values(email=address))
    office.after()
    assert office.box.addresses == [fine]
    problems = [row.problem for row in office.rows() if row.state == "waiting"]
    assert [problem[:23] for problem in problems] == ["The e-mail could not be"]


def test_many_workers_at_once_send_one_each(office: Office) -> None:
    people = [office.add(f"editor{number}", ["editor"]) for number in range(8)]
    workers = [office.worker() for _ in range(4)]
    with ThreadPoolExecutor(max_workers=4) as pool:
        done = sum(pool.map(lambda worker: worker.run_once(), workers))
    done += office.after(minutes=1)
    assert done == 8
    assert office.box.addresses == sorted(people)
    assert [row.attempts for row in office.rows()] == [1] * 8


def test_a_refused_address_is_tried_again_later_and_given_up_at_last(office: Office) -> None:
    address = office.add("eva", ["editor"])
    office.box.refused[address] = "450 the box is full"
    assert office.after() == 1
    (row,) = office.rows()
    assert (row.state, row.attempts) == ("waiting", 1)
    assert row.problem == "The mail server refuses this address: 450 the box is full"
    assert office.after(minutes=9) == 0
    assert office.after(minutes=1) == 1
    for wait in AGAIN_AFTER[1:]:
        assert office.after(seconds=wait.total_seconds()) == 1
    assert states(office) == ["failed"]
    assert office.after(days=1) == 0
    assert office.box.tries == 6


def test_a_refused_address_goes_out_as_soon_as_it_is_taken(office: Office) -> None:
    address = office.add("eva", ["editor"])
    office.box.refused[address] = "450 later"
    office.after()
    office.box.refused.clear()
    assert office.after(minutes=10) == 1
    (row,) = office.rows()
    assert (row.state, row.attempts, row.problem) == ("sent", 2, "")
    assert office.box.addresses == [address]


def test_a_text_that_the_server_does_not_take_is_tried_again(office: Office) -> None:
    office.add("eva", ["editor"])
    office.box.data = "554 no such letters here"
    office.after()
    assert "554 no such letters here" in office.rows()[0].problem
    office.box.data = "250 taken"
    office.after(minutes=10)
    assert states(office) == ["sent"]


def test_a_connection_that_breaks_in_the_middle_is_never_repeated(office: Office) -> None:
    office.add("eva", ["editor"])
    office.box.breaks = True
    office.after()
    assert states(office) == ["unknown"]
    office.box.breaks = False
    office.after(days=2)
    assert office.box.taken == []


def test_a_worker_that_dies_while_sending_leaves_unknown_never_a_second_one(office: Office) -> None:
    office.add("eva", ["editor"])
    office.box.refused["eva@example.org"] = "450 later"
    office.after()
    office.box.refused.clear()
    (row,) = office.rows()
    with office.database.write() as session:
        claimed = repository.claim(session, row.id, BY_ITSELF, office.moment, LEASE)
        assert claimed
    with office.database.write() as session:
        assert repository.claim(session, row.id, BY_ITSELF, office.moment, LEASE) is None
    assert office.after(minutes=9) == 0
    assert states(office) == ["sending"]
    office.after(minutes=2)
    assert states(office) == ["unknown"]
    office.after(days=3)
    assert office.box.taken == []


def test_a_server_that_is_away_stops_the_round_and_everybody_is_reminded_when_it_is_back(
    office: Office, mail_port: int
) -> None:
    people = [office.add(f"editor{number}", ["editor"]) for number in range(3)]
    away = office.worker()
    assert away.mailer
    away.mailer = type(away.mailer)(type(away.mailer.server)("127.0.0.1", 9, "none"), away.mailer.sender)
    assert away.run_once() == 1
    assert away.run_once() == 0, "it rests"
    assert sorted(row.attempts for row in office.rows()) == [0, 0, 1]
    assert any("cannot be used: ConnectionRefusedError" in row.problem for row in office.rows())
    office.after(minutes=10)
    assert office.box.addresses == people


def test_who_left_or_wants_none_gets_none_even_when_already_planned(office: Office) -> None:
    people = [office.add(f"editor{number}", ["editor"]) for number in range(3)]
    office.box.refused = dict.fromkeys(people, "450 later")
    office.after()
    office.box.refused.clear()
    with office.database.write() as session:
        session.execute(update(Account).where(Account.email == people[0]).values(wants_reminders=False))
        session.execute(update(Account).where(Account.email == people[1]).values(disabled_at=MONDAY))
    office.after(minutes=10)
    assert office.box.addresses == people[2:]
    assert sorted(states(office)) == ["nothing", "nothing", "sent"]


def test_who_joins_later_in_the_week_waits_for_the_next(office: Office) -> None:
    address = office.add("eva", ["editor"])
    with office.database.write() as session:
        session.execute(update(Account).values(joined_at=MONDAY + timedelta(hours=1)))
    assert office.after(hours=2) == 0
    assert office.after(days=7) == 1
    assert office.box.addresses == [address]


def test_when_asked_they_go_at_once_and_those_given_up_again_but_never_twice(office: Office) -> None:
    office.add("eva", ["editor"])
    office.add("ada", ["editor"])
    mailer = office.reminders.mailer
    assert mailer
    office.moment -= timedelta(days=2)
    office.box.refused["ada@example.org"] = "450 later"
    assert office.reminders.send_now(mailer) == {State.SENT: 1, State.WAITING: 1}
    office.box.refused.clear()
    assert office.reminders.send_now(mailer) == {State.SENT: 1}
    assert office.reminders.send_now(mailer) == {}
    assert len(office.box.taken) == 2


def test_without_a_mail_server_nothing_is_sent_or_written(office: Office) -> None:
    office.add("eva", ["editor"])
    office.reminders.mailer = None
    assert office.after() == 0
    assert office.rows() == []
    assert [visitor.email for visitor, _ in office.reminders.shown()] == ["eva@example.org"]
