"""Whether a language would make a family be read otherwise than before: sentences of babies that are born. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date

from api.content.languages import Language, plain_words
from api.conversations.pregnancy import first_day_said

BORN = (
    "my baby is 6 days old", "my baby is 6 weeks old", "my baby is 6 weeks", "3 months old", "he is 5 years",
    "she is 5 years old", "my son was born 2 weeks ago", "my newborn is 3 weeks and feeding 8 times a day",
    "i have a 10 month old and a 3 year old", "our twins are 12 weeks old", "24 hours", "i gave birth 6 weeks ago",
)  # fmt: skip
_TODAY = date(2026, 1, 1)


def misread(wanted: Language, others: Mapping[str, Language]) -> dict[str, str]:
    """Field -> the word that would make a pregnancy of one of these sentences. `others`: every other language."""
    everyone = {**others, wanted.code: wanted}
    found: dict[str, str] = {}
    for probe in _probes(others):
        if first_day_said(probe, others, _TODAY) or not first_day_said(probe, everyone, _TODAY):
            continue
        said = f" {plain_words(probe)} "
        for field in ("pregnant", "weeks"):
            for word in getattr(wanted, field):
                if f" {plain_words(word)} " in said:
                    found.setdefault(field, f'"{word}" would make "{probe}" say how far a pregnancy is.')
    return found


def _probes(others: Mapping[str, Language]) -> Iterator[str]:
    """The sentences, and the same with each language's own words for weeks, and beside its words for pregnant."""
    yield from BORN
    for language in others.values():
        yield from (f"my baby is 6 {word} old" for word in language.weeks)
        for word in language.pregnant:
            yield from (f"{word}, and my baby is {number} old" for number in ("6 days", "3 months", "5 years"))
