"""What somebody typed against a list: the new list, faults by line, what differs. Pure."""

import pytest

from api.editors.red_flags.changing import (
    LONGEST,
    Fault,
    Typed,
    changed,
    difference,
    fits,
    in_known_order,
    shortened,
    ticked,
    typed_for,
    wrong_with,
)

START = {"native": ["શ્વાસ નથી"], "latin": ["blue & baby", "limp|floppy baby", "chok*"]}


def test_phrases_are_taken_out_and_added_at_the_end_of_their_script() -> None:
    body, faults = changed(START, Typed(native="દમ  નથી\r\n", latin="\r\n  grey & baby ", out="chok*"))
    assert faults == []
    assert body == {"native": ["શ્વાસ નથી", "દમ નથી"], "latin": ["blue & baby", "limp|floppy baby", "grey & baby"]}


def test_every_fault_names_its_field_and_line() -> None:
    _, faults = changed(START, Typed(latin="Blue & Baby\n\nnot||breathing\nnew one\nnew one", out="\ngone"))
    assert [(fault.field, fault.line) for fault in faults] == [("out", 2), ("latin", 1), ("latin", 3), ("latin", 5)]
    assert faults[0] == Fault("out", 2, "gone", "is not in the list, or not any more")


def test_a_phrase_that_is_taken_out_may_be_added_again_in_other_words_or_capitals() -> None:
    body, faults = changed(START, Typed(latin="Chok*", out="chok*"))
    assert faults == []
    assert body["latin"][-1] == "Chok*"


@pytest.mark.parametrize(
    ("phrase", "advice"),
    [("b*", "too short"), ("a\x00b", "no letter"), ("x" * (LONGEST + 1), "longer"), ("& b", "one side"), ("!", "word")],
)
def test_what_cannot_be_read_is_told(phrase: str, advice: str) -> None:
    assert advice in wrong_with(phrase)
    assert wrong_with("نمی\u200cتواند نفس") == "", "a joiner is part of the spelling"


STOPS = {"stop", "roko", "band karo ji", "optout", "não enviem", "بس کریں"}


@pytest.mark.parametrize(
    "phrase",
    [
        "stop",
        "STÓP!",
        "sto*",
        "blue|róko",
        "band|bandh karo|kar ji|jee",
        "opt-out",
        "help|não env*",
        "بس كرين|کریں",
    ],
)
def test_a_phrase_that_can_be_read_as_a_word_for_stop_is_told(phrase: str) -> None:
    assert "ends texts" in wrong_with(phrase, STOPS)
    assert wrong_with(phrase) == ""
    _, (fault,) = changed(START, Typed(latin=f"new one\n{phrase}"), STOPS)
    assert (fault.field, fault.line) == ("latin", 2)


@pytest.mark.parametrize(
    "phrase", ["stopped", "stop breath*", "breath* stop", "band karo", "opt out", "band & karo & ji", "op* tout*"]
)
def test_a_phrase_that_says_more_or_less_than_a_word_for_stop_is_right(phrase: str) -> None:
    assert wrong_with(phrase, STOPS) == ""


def test_going_back_is_exactly_what_was() -> None:
    earlier = {"native": [], "latin": ["chok*", "grey & baby", "blue & baby"]}
    body, faults = changed(START, typed_for(START, earlier))
    assert faults == []
    assert body["latin"] != earlier["latin"]
    assert in_known_order(body, [START, earlier]) == earlier
    assert in_known_order(START, []) is START


def test_ticked_phrases_are_taken_out_once_and_reworded_where_they_stood() -> None:
    chosen = ["latin|limp|floppy baby", "native|શ્વાસ નથી", "nonsense|x"]
    once = ticked(Typed(out="chok*"), chosen, reword=False)
    assert once.out.splitlines() == ["chok*", "limp|floppy baby", "શ્વાસ નથી"]
    assert (once.native, once.latin) == ("", "")
    assert ticked(once, chosen, reword=False) == once
    reworded = ticked(Typed(), chosen, reword=True)
    assert (reworded.native, reworded.latin) == ("શ્વાસ નથી", "limp|floppy baby")


def test_reworded_phrases_stand_beside_each_other() -> None:
    after = {"native": [], "latin": ["limp|floppy|weak baby", "blue & baby", "grey"]}
    found = difference(START, after)
    assert [(one.gone, one.new) for one in found] == [
        ("શ્વાસ નથી", ""),
        ("limp|floppy baby", "limp|floppy|weak baby"),
        ("chok*", ""),
        ("", "grey"),
    ]
    assert ("new", "weak") in [(kind, text.strip(" |")) for kind, text in found[1].parts]
    assert difference(START, START) == []


def test_long_phrases_are_shortened_for_the_eye_and_found_whole() -> None:
    phrase = "baby|babies|bub|bubba|newborn is|was blau|blue"
    assert shortened(phrase) == "baby|babies|bub … (+2) is|was blau|blue"
    assert fits(phrase, "NEWBÓRN")
    assert not fits(phrase, "green")
    assert fits(phrase, "")
