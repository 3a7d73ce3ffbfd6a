"""Whether the signs that a language is given mean what they are taken for: weeks, a pregnancy, letters. Pure.

All of them are looked for in every family's texts, whichever language they are in.
"""

from collections.abc import Iterable, Iterator, Mapping

from api.content.everyday import OF_A_CHILD, other_times
from api.content.languages import ENGLISH, Language, plain_words
from api.content.scripts import COMPOSED, LATIN

Fault = tuple[str, str]
WHOLE_WORDS = {*COMPOSED, "Hani", "Hang"}
"""Scripts in which one letter is a word."""


def misused_words(wanted: Language, others: Mapping[str, Language]) -> Iterator[Fault]:
    """Words for weeks or for being pregnant that mean something else, here or in another language."""
    everyone = [*others.values(), wanted]
    asked = spoken(word for language in everyone for word in (*language.stop, *language.start, *language.names))
    other = {
        "weeks": asked | spoken(word for language in everyone for word in language.pregnant),
        "pregnant": asked | spoken(word for language in everyone for word in language.weeks),
    }
    times = frozenset().union(*(other_times(code) for code in {ENGLISH, wanted.code, *others}))
    for field, elsewhere in other.items():
        for word in getattr(wanted, field):
            if reason := _misused(plain_words(word), wanted.script, elsewhere, times):
                yield field, f'"{word}" {reason}.'


def _misused(said: str, script: str, elsewhere: set[str], times: frozenset[str]) -> str:
    if any(part.isdigit() for part in said.split()):
        return "holds a number: numbers are read beside such words"
    if len(said) == 1 and script not in WHOLE_WORDS:
        return "is one letter"
    if said in elsewhere:
        return "is a word for something else in a language on offer, or in this one"
    if times & set(said.split()):
        return "is about days, months or another time, not about weeks of pregnancy"
    return "is an everyday word, said of babies too" if set(said.split()) <= OF_A_CHILD else ""


def shared_letters(wanted: Language, others: Mapping[str, Language], before: Language | None) -> Iterator[Fault]:
    """Letters that are now to tell the language from others of its script, and that those write too.

    Those that the language is told by already stay: some of the starter pack share letters, and were weighed together.
    """
    known = before.letters if before and before.script == wanted.script else ""
    new = [letter for letter in wanted.letters if letter not in known]
    for other in others.values():
        if wanted.script == LATIN or not _parts(wanted) & _parts(other):
            continue
        written = "".join((other.letters, *_every_word(other))).casefold()
        if shared := [letter for letter in new if letter.casefold() in written]:
            yield (
                "letters",
                f"{other.name_in_english} is written with {' '.join(shared)} too: it would lose texts.",
            )


def spoken(words: Iterable[str]) -> set[str]:
    return set(map(plain_words, words))


def _parts(language: Language) -> set[str]:
    return set(COMPOSED.get(language.script, (language.script,)))


def _every_word(language: Language) -> tuple[str, ...]:
    return (*language.names, *language.stop, *language.start, *language.weeks, *language.pregnant)
