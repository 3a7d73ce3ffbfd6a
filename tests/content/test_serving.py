"""What a family may read, as a property over every mixture of revisions."""

from hypothesis import given
from hypothesis import strategies as st

from api.content.serving import Candidate, choose

HASHES = st.sampled_from(["a", "b"])


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    found = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        is_approved = draw(st.booleans())
        found.append(
            Candidate(
                id=number,
                language=draw(st.sampled_from(["en", "gu"])),
                number=number,
                source_hash=draw(HASHES),
                is_approved=is_approved,
                is_withdrawn=is_approved and draw(st.booleans()),
            )
        )
    return found


@given(found=candidates(), level=st.sampled_from(["safety", "information"]), language=st.sampled_from(["en", "gu"]))
def test_production_serves_only_what_is_approved_and_not_withdrawn(
    found: list[Candidate], level: str, language: str
) -> None:
    served = choose(found, language=language, level=level, drafts_allowed=False)
    assert served is None or (served.candidate.is_approved and not served.candidate.is_withdrawn)


@given(found=candidates(), drafts=st.booleans())
def test_a_stale_safety_translation_is_never_served(found: list[Candidate], drafts: bool) -> None:
    served = choose(found, language="gu", level="safety", drafts_allowed=drafts)
    english = choose(found, language="en", level="safety", drafts_allowed=drafts)
    if served and served.candidate.language == "gu" and english:
        assert served.candidate.source_hash == english.candidate.source_hash


@given(found=candidates(), drafts=st.booleans(), level=st.sampled_from(["safety", "information"]))
def test_english_stands_in_and_says_so(found: list[Candidate], drafts: bool, level: str) -> None:
    served = choose(found, language="gu", level=level, drafts_allowed=drafts)
    if served and served.candidate.language == "en":
        assert served.fallback_from == "gu"
    if choose(found, language="en", level=level, drafts_allowed=drafts):
        assert served is not None


@given(found=candidates(), level=st.sampled_from(["safety", "information"]))
def test_nothing_withdrawn_is_served_in_any_mode(found: list[Candidate], level: str) -> None:
    for drafts in (True, False):
        served = choose(found, language="gu", level=level, drafts_allowed=drafts)
        assert served is None or not served.candidate.is_withdrawn
