"""Reviewed data: one proposes, another approves, and the running program follows."""

import threading
import time

import pytest

from api.conversations.live import Live
from api.database import Database
from api.errors import Conflict, NotFound, Unusable
from api.person import Person
from api.versions import repository, service
from api.versions.service import Body, Current, Proposal, ProposedMeanwhile

FIRST, SECOND = Person("First Editor", "a1"), Person("Second Person", "a2")
SUBJECT = ("red_flags", "gu urgent/baby_fit")


def propose(database: Database, body: Body, base: int = 0, by: Person = FIRST) -> int:
    with database.write() as session:
        return service.propose(session, Proposal(*SUBJECT, body=body, base=base), by).id


def decide(database: Database, version_id: int, by: Person, *, is_approved: bool = True) -> None:
    with database.write() as session:
        (service.approve if is_approved else service.decline)(session, version_id, by)


def counting(database: Database) -> Body | None:
    with database.read() as session:
        kind, subject = SUBJECT
        return service.current(session).get(kind, {}).get(subject)


def test_nothing_counts_before_a_second_person_has_approved_it(database: Database) -> None:
    made = propose(database, {"native": ["a"]})
    assert counting(database) is None
    for same in (FIRST, Person("Another Name", "a1"), Person("first editor", "a9"), Person("First Editor")):
        with pytest.raises(Conflict):
            decide(database, made, same)
    decide(database, made, SECOND)
    assert counting(database) == {"native": ["a"]}


def test_the_newest_approved_counts_and_a_declined_one_changes_nothing(database: Database) -> None:
    decide(database, propose(database, {"native": ["a"]}), SECOND)
    decide(database, propose(database, {"native": ["b"]}, base=1), FIRST, is_approved=False)
    assert counting(database) == {"native": ["a"]}
    decide(database, propose(database, {"native": ["c"]}, base=2), SECOND)
    decide(database, propose(database, {"native": ["a"]}, base=3), SECOND)  # back to the first
    assert counting(database) == {"native": ["a"]}


def test_who_proposes_on_top_of_an_older_version_is_shown_the_newer_one(database: Database) -> None:
    propose(database, {"native": ["a"]})
    with pytest.raises(ProposedMeanwhile) as refused:
        propose(database, {"native": ["b"]}, by=SECOND)
    assert refused.value.newest.body == {"native": ["a"]}
    with pytest.raises(Unusable):
        propose(database, {"native": ["a"]}, base=1)


def test_only_the_newest_proposal_waits_and_a_decision_is_made_once(database: Database) -> None:
    first = propose(database, {"native": ["a"]})
    second = propose(database, {"native": ["b"]}, base=1)
    with database.read() as session:
        assert [row.id for row in repository.waiting(session)] == [second]
    with pytest.raises(Conflict):
        decide(database, first, SECOND)
    decide(database, second, SECOND)
    with pytest.raises(Conflict):
        decide(database, second, SECOND, is_approved=False)
    with pytest.raises(NotFound):
        decide(database, 12345, SECOND)


def test_a_running_program_follows_each_approval_once_and_survives_a_follower_that_fails(database: Database) -> None:
    told: list[Current] = []

    def fail(_: Current) -> None:
        raise ValueError

    live = Live([fail, told.append])
    made = propose(database, {"native": ["a"]})
    for _ in range(2):
        with database.read() as session:
            live.follow(session)
    assert told == []
    decide(database, made, SECOND)
    for _ in range(2):
        with database.read() as session:
            live.follow(session)
    assert told == [{"red_flags": {"gu urgent/baby_fit": {"native": ["a"]}}}]


def test_a_proposal_made_at_the_same_moment_is_told_and_undoes_no_approval(database: Database) -> None:
    """On SQLite a writer waits for the other; on PostgreSQL both have begun."""
    first = propose(database, {"native": ["a"]})
    begun, done = threading.Event(), threading.Event()

    def approve_slowly() -> None:
        with database.write() as session:
            service.approve(session, first, SECOND)
            begun.set()
            time.sleep(0.5)
        done.set()

    other = threading.Thread(target=approve_slowly)
    other.start()
    begun.wait(10)
    propose(database, {"native": ["b"]}, base=1)
    assert done.is_set(), "it waited for the approval"
    other.join()
    assert counting(database) == {"native": ["a"]}


def test_two_first_proposals_at_once_are_one_and_a_word(database: Database) -> None:
    if database.engine.dialect.name == "sqlite":
        return  # one writer at a time
    with database.write() as one:
        service.propose(one, Proposal(*SUBJECT, body={"native": ["a"]}, base=0), FIRST)
        told: list[Exception] = []

        def second() -> None:
            try:
                propose(database, {"native": ["b"]}, by=SECOND)
            except ProposedMeanwhile as error:
                told.append(error)

        other = threading.Thread(target=second)
        other.start()
        time.sleep(0.3)
    other.join()
    assert len(told) == 1
