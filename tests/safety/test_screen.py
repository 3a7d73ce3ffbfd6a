import pytest

from api.safety import Finding, RedFlagScreen

CAUGHT = [
    "my baby is not breathing",
    "MY BABY IS NOT BREATHING!!!",
    "isn't breathing",
    "isn\u2019t breathing",
    "not brething",
    "not braething",
    "nooot breeeathing",
    "notbreathing",
    "no t breathing",
    "not at all breathing",
    "not breath ing properly",
    "is not breathing normally",
    "n\u200bot b\u202ereathing",
    "\uff4e\uff4f\uff54 \uff42\uff52\uff45\uff41\uff54\uff48\uff49\uff4e\uff47",
    "baby. blue. help.",
    "threatning me",
    "threatneing",
    "preeclampsia",
    "pre eclampsia",
    "pre-eclampsia",
    "هل سانس نهيں لے رہا",
    "سَانس نہیں لــے",
    "શ્વાસ નથી લેતું",
    "zyc mi sie nie chce",
    "ŻYĆ MI SIĘ NIE CHCE",
    "lozko \u0669\u0669\u0669",
    "she is breathing normally but not waking",
    "no bleeding with my first but pregnant again and bleeding now",
    "no, she is bleeding, she is pregnant",
]

LET_THROUGH = [
    "",
    "hello",
    "breathing normally",
    "pregnant, no bleeding",
    "not one two three breathing",
    "is the baby sleeping? my favourite colour is blue, thanks a lot",
    "not walking yet at 12 months",
    "he hits the wall and then tells me",
    "શ્વાસ લે છે",
]


@pytest.mark.parametrize("message", CAUGHT)
def test_danger_is_found_however_it_is_typed(small_screen: RedFlagScreen, message: str) -> None:
    assert small_screen.screen(message) is not None


@pytest.mark.parametrize("message", LET_THROUGH)
def test_a_message_without_danger_is_let_through(small_screen: RedFlagScreen, message: str) -> None:
    assert small_screen.screen(message) is None


def test_short_words_are_never_guessed(small_screen: RedFlagScreen) -> None:
    assert small_screen.screen("he kits me") is None
    assert small_screen.screen("want feed") is None


def test_the_first_letter_must_agree(small_screen: RedFlagScreen) -> None:
    assert small_screen.screen("stopped kicking") is not None
    assert small_screen.screen("stopped picking") is None


def test_the_gravest_of_several_signs_is_named_and_all_are_told(small_screen: RedFlagScreen) -> None:
    assert small_screen.screen("she has a fever, my baby, and wont feed and she isnt breathing") == Finding(
        key="urgent/baby_not_breathing",
        language="en",
        phrase="not|isnt|cant breath*",
        all_keys=("urgent/baby_not_breathing", "urgent/baby_very_ill"),
    )


def test_a_finding_names_the_language_of_the_phrase(small_screen: RedFlagScreen) -> None:
    finding = small_screen.screen("mera bacha saans nahi le raha")
    assert finding is not None
    assert finding.language == "ur"


def test_parts_in_any_order_must_stand_in_one_sentence(small_screen: RedFlagScreen) -> None:
    assert small_screen.screen("my baby has been looking quite blue") is not None
    assert small_screen.screen("we would love a warm blue room. when can the baby sleep there") is None


def test_the_same_message_always_gives_the_same_finding(small_screen: RedFlagScreen) -> None:
    message = "help police he hits me, baby blue, stopped kicking"
    assert len({small_screen.screen(message) for _ in range(5)}) == 1
