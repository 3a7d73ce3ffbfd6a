import pytest

from api.safety.normalise import fold, read_sentences


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Łódź ŻÓŁĆ", "lodz zolc"),
        ("can't can\u2019t", "cant cant"),
        ("\u064a \u0649 \u06cc", "ی ی ی"),
        ("\u0643 \u06a9", "ک ک"),
        ("\u0647 \u06be \u06c1", "ہ ہ ہ"),
        ("أإآا", "اااا"),
        ("سَانســــس", "سانسس"),
        ("૯૯૯ ٩٩٩ ۹۹۹ ९९९", "999 999 999 999"),
        ("શ્વાસ નથી", "શ્વાસ નથી"),
        ("\u202ehelp\u202c \u2066me\u2069", "help me"),
        ("he\u00adlp", "help"),
        ("ज़हर", "जहर"),
    ],
)
def test_one_spelling_is_made_of_many(typed: str, plain: str) -> None:
    assert fold(typed) == plain


def test_long_sentences_are_kept_apart() -> None:
    assert len(read_sentences("my baby is three weeks old. when does she get her injections?")) == 2


def test_a_burst_of_a_few_words_joins_the_sentence_beside_it() -> None:
    assert read_sentences("Baby. Limp! Help?") == [["baby", "limp", "help"]]


def test_a_dot_inside_a_number_or_name_ends_no_sentence() -> None:
    assert len(read_sentences("her temperature is 38.5 since half past three this morning")) == 1
