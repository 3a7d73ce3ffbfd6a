"""Every verb of the editors in any order: what is served follows from the newest decisions alone, and history stays."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from api.content import approving, authoring, repository
from api.content.authoring import CHANGES, Words
from api.content.languages import load_languages
from api.content.models import Approval, ContentStamp, Message, Revision
from api.content.reviewing import Review
from api.content.serving import current, freshness
from api.content.shelf import Found, Shelf, candidate
from api.database import Base, Database, now
from api.errors import BumplineError
from api.person import Person
from api.settings import ROOT

KEY = "safer_sleep/bed_sharing"
LANGUAGES = {code: load_languages(ROOT / "content")[code] for code in ("en", "gu", "pl")}
SPOKEN = {
    "en": ["on the back", "on the side", "on the front", "in a cot", "in a basket", "in a bed"],
    "gu": ["પીઠ પર", "પડખે", "પેટ પર", "ઘોડિયામાં", "ટોપલીમાં", "પથારીમાં"],
    "pl": ["na plecach", "na boku", "na brzuchu", "w łóżeczku", "w koszu", "w łóżku"],
}
PEOPLE = [Person("Ed One", "1"), Person("Ed Two", "2"), Person("Ed Three", "3")]
REVIEW = Review(soon_days=1, grace_days=1)
CODES = st.sampled_from(list(LANGUAGES))
BACK = st.sampled_from([0, 0, 0, 1, 2])
"""How many revisions before the newest one: most verbs are about the newest."""
WHO = st.sampled_from(PEOPLE)


class Desk(RuleBasedStateMachine):
    """One message in three languages on a real database; the served words are read through one lasting shelf."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.database = Database(f"sqlite:///{Path(self.folder.name) / 'desk.db'}")
        Base.metadata.create_all(self.database.engine)
        self.seen: dict[int, tuple[Any, ...]] = {}
        self.shelf = Shelf(False, REVIEW)

    @initialize(level=st.sampled_from(["safety", "information"]))
    def begin(self, level: str) -> None:
        with self.database.write() as session:
            session.add(ContentStamp(id=1, number=0))
            session.add(Message(key=KEY, position=0, level=level, owner="o", approver="a", choices=[], sources=[]))
        for code in ("en", "gu"):
            self.write(code, 0, PEOPLE[0], "wording")
            self.approve(code, 0, PEOPLE[1], 0)
        assert set(self.served()) == set(LANGUAGES), "else nothing below tries anything"

    @rule(code=CODES, word=st.integers(0, 5), by=WHO, change=st.sampled_from([None, *CHANGES]))
    def write(self, code: str, word: int, by: Person, change: Any) -> None:
        said = SPOKEN[code][word]
        fields = {"title": said, "web": said, "sms": said}
        self.try_to(
            lambda s: authoring.save(
                s,
                Words(
                    KEY, LANGUAGES[code], fields, self.newest(code), self.newest("en") if code != "en" else 0, change
                ),
                by,
            )
        )

    @rule(code=CODES, back=BACK, by=WHO, hours=st.sampled_from([0, 0, 0, 2]))
    def approve(self, code: str, back: int, by: Person, hours: int) -> None:
        number = self.newest(code) - back
        begins = now() + timedelta(hours=hours) if hours else None
        self.try_to(
            lambda s: approving.approve(s, key=KEY, language=LANGUAGES[code], number=number, by=by, begins=begins)
        )

    @rule(code=CODES, back=BACK, by=WHO)
    def withdraw(self, code: str, back: int, by: Person) -> None:
        number = self.newest(code) - back
        self.try_to(lambda s: approving.withdraw(s, key=KEY, language=code, number=number, by=by))

    @rule(code=CODES, back=BACK, by=WHO)
    def go_back(self, code: str, back: int, by: Person) -> None:
        number = self.newest(code) - back
        self.try_to(lambda s: approving.go_back(s, key=KEY, language=LANGUAGES[code], number=number, by=by))

    @rule(days=st.sampled_from([None, -5, -1, 0, 5]))
    def set_review(self, days: int | None) -> None:
        with self.database.write() as session:
            message = session.get(Message, KEY)
            assert message
            message.review_by = None if days is None else now().date() + timedelta(days=days)

    @rule()
    def time_passes(self) -> None:
        """An hour: every moment that is written down lies an hour further back."""
        before = self.served()
        self.seen.clear()
        with self.database.write() as session:
            for approval in session.scalars(select(Approval)):
                approval.begins_at -= timedelta(hours=1)
                approval.approved_at -= timedelta(hours=1)
                if approval.withdrawn_at:
                    approval.withdrawn_at -= timedelta(hours=1)
        began = {
            row.language
            for row in self.rows()
            for a in row.approvals
            if now() - timedelta(hours=1) < a.begins_at <= now()
        }
        if not began:
            assert {c: f.revision for c, f in self.served().items()} == {c: f.revision for c, f in before.items()}

    def try_to(self, verb: Any) -> None:
        """A verb that is refused changes nothing."""
        before = self.written()
        try:
            with self.database.write() as session:
                verb(session)
        except BumplineError:
            assert self.written() == before

    @invariant()
    def only_what_may_be_read_is_served(self) -> None:
        rows = [candidate(row) for row in self.rows()]
        if not rows:
            return
        with self.database.read() as session:
            message = session.get(Message, KEY)
            assert message
            review_by, level = message.review_by, message.level
        originals = [c for c in rows if c.language == "en"]
        for code, found in self.served().items():
            own = [c for c in rows if c.language == found.language]
            decided = current(own, now())
            assert decided, "served without an approval that has begun"
            assert decided[0].number == found.revision, "not the newest decision"
            assert not decided[0].is_withdrawn
            assert found.is_approved
            assert not REVIEW.is_withheld(KEY, review_by, level, now().date())
            english = current(originals, now())
            assert english, "a translation without its English"
            assert not english[0].is_withdrawn
            assert freshness(decided[0], english[0], originals, level) != "withheld"
            assert found.fallback_from == (None if found.language == code else code)

    @invariant()
    def nobody_approved_their_own(self) -> None:
        for row in self.rows():
            assert all(a.approved_by_id != row.author_id for a in row.approvals)

    @invariant()
    def history_never_changes(self) -> None:
        for identity, written in self.written().items():
            if identity in self.seen:
                assert self.seen[identity][:-1] == written[:-1]
                assert written[-1][: len(self.seen[identity][-1])] == self.seen[identity][-1]
            self.seen[identity] = written

    def rows(self) -> list[Revision]:
        with self.database.read() as session:
            return repository.revisions_of(session, KEY)

    def written(self) -> dict[int, tuple[Any, ...]]:
        return {
            row.id: (row.number, row.language, row.title, row.web, row.sms, row.source_hash, row.author, row.change,
                     tuple((a.id, a.approved_by, a.begins_at) for a in row.approvals))
            for row in self.rows()
        }  # fmt: skip

    def newest(self, code: str) -> int:
        return max((row.number for row in self.rows() if row.language == code), default=0)

    def served(self) -> dict[str, Found]:
        with self.database.read() as session:
            opened = self.shelf.open(session)
            found = {code: opened.served([KEY], code).get(KEY) for code in LANGUAGES}
        return {code: one for code, one in found.items() if one}

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()


Desk.TestCase.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestDesk = Desk.TestCase


def test_review_dates() -> None:
    today = date(2026, 11, 26)
    review = Review(soon_days=30, grace_days=60)

    def standing(days: int, level: str = "information") -> str:
        return review.standing(today + timedelta(days=days), level, today)

    assert [standing(d) for d in (31, 30, 0, -1, -60, -61)] == [
        "reviewed", "due", "due", "overdue", "overdue", "withheld",
    ]  # fmt: skip
    assert standing(-400, "safety") == "overdue", "where a child may be in danger, old words are better than none"
    assert review.standing(None, "information", today) == "reviewed"
