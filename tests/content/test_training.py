"""Sentences to learn from: nothing personal, one key each, taken back until a training takes them."""

from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.content import personal, training
from api.content.training import Wanted
from api.database import Database, now
from api.errors import Conflict, NotFound, Unusable
from api.person import Person

KEYS = ("safer_sleep/bed_sharing", "stop_smoking/get_help")
EDITOR = Person("Editor", "1")
PERSONAL = {
    "ring me on 07700 900123": "number",
    "07700900123 is my number": "number",
    "call +44 (0)7700 900-123 please": "number",
    "मेरा नंबर ०७७०० ९००१२३ है": "number",
    "میرا نمبر ۰۷۷۰۰۹۰۰۱۲۳ ہے": "number",
    "nhs number 943 476 5919": "number",
    "write to me at a.b@example.org": "e-mail address",
    "i live at LE1 1AA": "postcode",
    "near le54pw": "postcode",
    "le2 OAB thanks": "postcode",
    "look at https://example.org/me": "link",
    "see www.facebook.com/me": "link",
    "it is on example.co.uk/x": "link",
    "ring 07700/900123 please": "number",
    "ring 07700\u2013900123 please": "number",
    "ring 07700, 900, 123 please": "number",
    "ring 07700_900_123 please": "number",
    "ring 07700\u00a0900\u00a0123 please": "number",
    "ring \u202a07700\u200b900123\u202c please": "number",
    "اتصل بي ٠٧٧٠٠، ٠٧٧٠٠ ٩٠٠١٢٣": "number",
    "07-70-0900-123 is my number": "number",
    "due 12/03/2027 07": "number",
    "i live at LE3\u00a05XX": "postcode",
    "i live at LE3/5XX": "postcode",
    "i live at LE3_5XX": "postcode",
    "i live at LE۳ ۵XX": "postcode",
    "born 12/03/1994 here": "date",
    "born 12.03.1994 here": "date",
    "born 12\u201303\u20131994 here": "date",
    "born 12 / 3 / 94 here": "date",
    "born 1 3 1994 here": "date",
    "born ۱۲/۰۳/۱۹۹۴ here": "date",
    "born १२.०३.१९९४ here": "date",
    "born 12th of March 1994": "date",
    "born Mar 12, 1994": "date",
    "ur. 12 marca 1994": "date",
    "जन्म 12 मार्च 1994": "date",
    "due date 12/03/2027": "date",
    "my period was 12-03-2026 i think": "date",
    "born 2026-11-02, all fine": "date",
}
HARMLESS = (
    "can my baby sleep in our bed", "my baby is 12 weeks", "24 weeks + 3 days", "it cost 5,000", "0-6 months",
    "is 2.5 kg small", "phone 111 or 999", "the room is 16-20C", "ages 1, 2, 3", "LE5 please", "so one of us smokes",
    "شیر چند بار", "she sleeps 10 20 or 30 minutes", "vitamin B12, 2mg", "due in March 2027", "due on 12 March",
    "born 12/03", "12 weeks in May 2026", "may i have 2 or 3 eggs", "at 10.30 or 11.30", "blood pressure 120/80",
)  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), PERSONAL.items())
def test_what_says_who_a_family_is_is_found_masked_and_left_out(text: str, kind: str) -> None:
    (found,) = personal.found_in(text)
    assert kind in found
    assert f"[{kind}]" in personal.masked(text)
    assert personal.found_in(personal.without(text)) == []
    with pytest.raises(Unusable, match="Take out"):
        training.checked(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_says_nothing_of_anybody_stays(text: str) -> None:
    assert personal.found_in(text) == []
    assert personal.masked(text) == text
    assert training.checked(f"  {text}\n") == text


@given(
    st.lists(
        st.sampled_from(["", " ", "-", "/", "\u00a0", "\u2013", ", ", "_", ") ", " - ", "\u200b"]),
        min_size=9,
        max_size=9,
    ),
    st.sampled_from("0٠۰०০੦૦௦"),
    st.text("0123456789", min_size=10, max_size=10),
)
def test_no_way_to_write_a_number_is_read_by_staff(gaps: list[str], zero: str, digits: str) -> None:
    own = [chr(ord(zero) + int(digit)) for digit in digits]
    shown = personal.masked("ring " + "".join(map("".join, zip(own, [*gaps, ""], strict=True))))
    assert not any(letter.isdigit() for letter in shown)


@pytest.mark.parametrize("text", ["1," * 5000, "(" * 10_000, "1 . " * 3000, "LE1" + " ()" * 5000, "12 " + "," * 9000])
def test_no_text_takes_long(text: str) -> None:
    begun = monotonic()
    personal.masked(text)
    assert monotonic() - begun < 1


@pytest.mark.parametrize("text", ["", "  \n", "12 ?", "x" * 301, "[bed](place)", "{postcode}"])
def test_what_teaches_nothing_or_harms_the_files_is_refused(text: str) -> None:
    with pytest.raises(Unusable):
        training.checked(text)


def test_an_example_is_added_once_and_removed_until_a_training_takes_it(database: Database) -> None:
    said = {"language": "en", "text": "can she  lie with us", "keys": KEYS, "by": EDITOR}
    with database.write() as session:
        row, is_new = training.add(session, key=KEYS[0], **said)  # type: ignore[arg-type]
        assert (is_new, row.text, row.added_by) == (True, "can she lie with us", "Editor")
        assert training.add(session, key=KEYS[0], **said) == (row, False)  # type: ignore[arg-type]
        with pytest.raises(Conflict, match="bed_sharing"):
            training.add(session, key=KEYS[1], **said)  # type: ignore[arg-type]
        with pytest.raises(Unusable):
            training.add(session, key="nobody/asks", **said)  # type: ignore[arg-type]
        training.add(session, key=KEYS[1], **{**said, "language": "pl"})  # type: ignore[arg-type]
        taken = row.id
        row.taken_at = now()
    with database.write() as session:
        with pytest.raises(Conflict):
            training.remove(session, taken)
        assert training.count(session, Wanted(state="taken")) == 1
        (waiting,) = training.examples(session, Wanted(state="waiting", text="LIE WITH"), limit=9, offset=0)
        assert (waiting.language, waiting.key) == ("pl", KEYS[1])
        training.remove(session, waiting.id)
        with pytest.raises(NotFound):
            training.remove(session, waiting.id)
    with database.read() as session:
        assert training.count(session, Wanted()) == 1
        assert training.count(session, Wanted(key=KEYS[1])) == 0
        assert training.count(session, Wanted(language="pl")) == 0
