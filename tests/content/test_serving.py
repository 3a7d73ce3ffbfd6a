"""What a family may read, as a property over every mixture of revisions and decisions."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from api.content.serving import Candidate, Decision, choose, current, freshness

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
HASHES = st.sampled_from(["a", "b", "c"])
LEVELS = st.sampled_from(["safety", "information"])
HOURS = st.integers(-5, 5).map(lambda hours: NOW + timedelta(hours=hours))


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    found, decision = [], 0
    for number in range(1, draw(st.integers(0, 7)) + 1):
        decisions = []
        for _ in range(draw(st.integers(0, 2))):
            decision += 1
            withdrawn = draw(st.one_of(st.none(), HOURS.filter(lambda moment: moment <= NOW)))
            decisions.append(Decision(decision, draw(HOURS), withdrawn))
        found.append(
            Candidate(
                id=number,
                language=draw(st.sampled_from(["en", "gu"])),
                number=number,
                source_hash=draw(HASHES),
                change=draw(st.sampled_from([None, "wording", "meaning", "safety"])),
                decisions=tuple(decisions),
            )
        )
    return found


@given(found=candidates(), level=LEVELS, language=st.sampled_from(["en", "gu"]))
def test_production_serves_only_the_newest_approval_that_has_begun(
    found: list[Candidate], level: str, language: str
) -> None:
    served = choose(found, language=language, level=level, drafts_allowed=False, now=NOW)
    if served is None:
        return
    own = current([c for c in found if c.language == served.candidate.language], NOW)
    assert own is not None
    assert served.is_approved
    assert own[0] is served.candidate
    assert own[1].begins <= NOW
    assert not served.candidate.is_withdrawn


@given(found=candidates(), drafts=st.booleans(), level=LEVELS)
def test_a_translation_is_never_served_without_its_english_or_when_it_is_withheld(
    found: list[Candidate], drafts: bool, level: str
) -> None:
    served = choose(found, language="gu", level=level, drafts_allowed=drafts, now=NOW)
    english = choose(found, language="en", level=level, drafts_allowed=drafts, now=NOW)
    if english is None:
        assert served is None
    elif served and served.candidate.language == "gu":
        originals = [c for c in found if c.language == "en"]
        assert freshness(served.candidate, english.candidate, originals, level) != "withheld"


@given(found=candidates(), drafts=st.booleans(), level=LEVELS)
def test_english_stands_in_and_says_so(found: list[Candidate], drafts: bool, level: str) -> None:
    served = choose(found, language="gu", level=level, drafts_allowed=drafts, now=NOW)
    if served and served.candidate.language == "en":
        assert served.fallback_from == "gu"
    if choose(found, language="en", level=level, drafts_allowed=drafts, now=NOW):
        assert served is not None


@given(found=candidates(), level=LEVELS, drafts=st.booleans())
def test_nothing_withdrawn_is_served_in_any_mode(found: list[Candidate], level: str, drafts: bool) -> None:
    served = choose(found, language="gu", level=level, drafts_allowed=drafts, now=NOW)
    assert served is None or not served.candidate.is_withdrawn


@given(found=candidates(), level=LEVELS)
def test_what_was_called_off_before_it_began_is_as_if_it_had_never_been(found: list[Candidate], level: str) -> None:
    planned = Decision(99, NOW + timedelta(hours=1), withdrawn_at=NOW)
    draft = Candidate(id=99, language="en", number=99, source_hash="z", decisions=(planned,))
    later = NOW + timedelta(days=1)
    without = choose(found, language="en", level=level, drafts_allowed=False, now=later)
    assert choose([*found, draft], language="en", level=level, drafts_allowed=False, now=later) == without


def test_what_each_change_does_to_a_translation() -> None:
    approved = (Decision(1, NOW),)
    gujarati = Candidate(id=9, language="gu", number=1, source_hash="a", decisions=approved)
    expected = {
        ("wording", "safety"): "fresh",
        ("wording", "information"): "fresh",
        ("meaning", "safety"): "withheld",
        ("meaning", "information"): "stale",
        ("safety", "safety"): "withheld",
        ("safety", "information"): "withheld",
        (None, "safety"): "withheld",
        (None, "information"): "stale",
    }
    for (change, level), freshness_then in expected.items():
        first = Candidate(id=1, language="en", number=1, source_hash="a", decisions=approved)
        second = Candidate(id=2, language="en", number=2, source_hash="b", change=change, decisions=approved)  # type: ignore[arg-type]
        assert freshness(gujarati, second, [first, second], level) == freshness_then, (change, level)


def test_a_change_of_wording_on_top_of_a_change_of_safety_does_not_bring_the_translation_back() -> None:
    originals = [
        Candidate(id=1, language="en", number=1, source_hash="a"),
        Candidate(id=2, language="en", number=2, source_hash="b", change="safety"),
        Candidate(id=3, language="en", number=3, source_hash="c", change="wording"),
    ]
    gujarati = Candidate(id=9, language="gu", number=1, source_hash="a")
    assert freshness(gujarati, originals[2], originals, "information") == "withheld"
