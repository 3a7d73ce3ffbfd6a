"""What is wrong with the words of one message in one language. Pure: the same checks at loading, approval and editing.

Errors block; warnings ask a person to look. Source: design/quality.md ("Words") and what translators got wrong before.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from api.content.facts import first_phone, foreign_digits, links, numbers, phones
from api.content.findings import Finding, Level
from api.content.glossary import Term, missing_terms
from api.content.languages import ENGLISH, Language
from api.content.placeholders import placeholders, stray_braces
from api.content.scripts import forbidden, letters_outside, own_share
from api.content.segments import count
from api.content.sentences import EASY_GRADE, LONGEST, reading_grade, too_long

SEGMENTS = {"urgent": 2, "other": 3}
TITLE_LENGTH = 60
"""Characters that a choice shows on two lines of a narrow phone."""
LEADS_WITHIN = 25
"""Characters that may stand before the number an urgent message leads with ("Phone ... now on")."""
LONG_SENTENCE = 30
"""Words; other languages spell with more or fewer words than English, so this only asks."""
WEB_WORDS = 120
OWN_SHARE = 0.3
"""Of the letters; names of services and NHS stay in Latin letters."""

_Reason = tuple[Level, str]


@dataclass(frozen=True)
class Text:
    """One field of one message: its words, and the English it says in another language (the same for English)."""

    key: str
    field: str
    words: str
    english: str
    language: Language


def check_words(
    key: str,
    words: Mapping[str, str],
    english: Mapping[str, str],
    language: Language,
    glossary: Mapping[str, Term] | None = None,
) -> list[Finding]:
    """Everything wrong with `words` (field -> text) as a rendering of `english` in `language`."""
    found = []
    for field, text in words.items():
        if not text.strip():
            found.append(Finding("error", language.code, key, field, "there are no words; write them"))
            continue
        one = Text(key, field, text, english[field], language)
        found += [Finding(level, language.code, key, field, reason) for level, reason in _reasons(one, english)]
    if glossary and language.code != ENGLISH:
        found += _glossary_findings(key, words, english, language, dict(glossary))
    return found


def _reasons(text: Text, english: Mapping[str, str]) -> Iterator[_Reason]:
    yield from _letters(text)
    yield from _size(text)
    yield from _urgent(text)
    if text.language.code == ENGLISH:
        yield from _plain_english(text)
    else:
        yield from _same_facts(text, english)
        yield from _is_translated(text)


def _letters(text: Text) -> Iterator[_Reason]:
    if stray_braces(text.words):
        yield "error", "a brace that belongs to no placeholder; write {name} with small letters and no spaces"
    if not unicodedata.is_normalized("NFC", text.words):
        yield "error", "letters are not in NFC; save it again in NFC"
    if marks := forbidden(text.words):
        yield "error", f"invisible characters {', '.join(marks)}; take them out"
    if strange := letters_outside(text.words, text.language.script):
        yield "error", f"letters of another script: {' '.join(strange)}"
    if digits := foreign_digits(text.words):
        yield "error", f"digits must be 0 to 9, not {' '.join(sorted(digits))}"


def _size(text: Text) -> Iterator[_Reason]:
    if text.field == "title" and "\n" in text.words:
        yield "error", "a title is one line"
    if text.field == "title" and len(text.words) > TITLE_LENGTH:
        yield "error", f"{len(text.words)} characters; at most {TITLE_LENGTH}"
    if text.field == "sms":
        limit = SEGMENTS["urgent" if text.key.startswith("urgent/") else "other"]
        cost = count(text.words)
        if cost.count > limit:
            forced = f", because of {' '.join(cost.forcing[:5])}" if text.language.script == "Latn" else ""
            yield "error", f"{cost.count} SMS segments ({cost.encoding}{forced}); at most {limit}"


def _urgent(text: Text) -> Iterator[_Reason]:
    """The number to call comes first, and it is the English one."""
    if not text.key.startswith("urgent/") or text.field == "title":
        return
    expected, leading = first_phone(text.english), first_phone(text.words)
    if expected is None or leading is None:
        yield "error", "an urgent message must name the number to call"
    elif leading[0] != expected[0]:
        yield "error", f"an urgent message must lead with {expected[0]}, not {leading[0]}"
    elif leading[1] > LEADS_WITHIN:
        yield "error", f"an urgent message must lead with the number; it stands after {leading[1]} characters"


def _same_facts(text: Text, english: Mapping[str, str]) -> Iterator[_Reason]:
    if placeholders(text.words) != placeholders(text.english):
        yield "error", f"placeholders must be {placeholders(text.english)}, not {placeholders(text.words)}"
    if sorted(links(text.words)) != sorted(links(text.english)):
        yield "error", f"links must be {links(text.english)}, not {links(text.words)}"
    said, meant = phones(text.words), phones(text.english)
    known = {number for field in english.values() for number in phones(field)}
    if invented := [number for number in said if number not in known]:
        yield "error", f"phone numbers that the English does not have: {', '.join(invented)}"
    if missing := [number for number in dict.fromkeys(meant) if number not in said]:
        yield "error", f"phone numbers missing: {', '.join(missing)}"
    everywhere = set().union(*(numbers(field) for field in english.values()))
    if strange := numbers(text.words) - everywhere:
        yield "error", f"numbers that the English does not have: {', '.join(sorted(strange))}"
    if lost := numbers(text.english) - numbers(text.words):
        level: Level = "warning" if text.field == "sms" else "error"
        yield level, f"numbers missing: {', '.join(sorted(lost))}"


def _is_translated(text: Text) -> Iterator[_Reason]:
    if text.language.script != "Latn" and own_share(text.words, text.language.script) < OWN_SHARE:
        yield "error", "hardly a letter is in the script of the language"
    if len(text.words) > TITLE_LENGTH and text.words == text.english:
        yield "error", "the words are the English ones"
    if long := too_long(text.words, LONG_SENTENCE):
        yield "warning", f"a sentence of {len(long[0].split())} words: {long[0][:40]}…"


def _plain_english(text: Text) -> Iterator[_Reason]:
    for sentence in too_long(text.words):
        yield "error", f"a sentence of {len(sentence.split())} words, at most {LONGEST}: {sentence[:60]}…"
    if text.field == "web":
        if len(text.words.split()) > WEB_WORDS:
            yield "warning", f"{len(text.words.split())} words; about {WEB_WORDS} are enough"
        grade = reading_grade(text.words)
        if grade > EASY_GRADE:
            yield "warning", f"reading grade {grade:.1f}; {EASY_GRADE:.0f} is what an 11-year-old reads"


def _glossary_findings(
    key: str,
    words: Mapping[str, str],
    english: Mapping[str, str],
    language: Language,
    glossary: dict[str, Term],
) -> Iterator[Finding]:
    """Only for the web text: a title or a short SMS may leave a term out."""
    for term, word in missing_terms(english["web"], words["web"], language.code, glossary):
        yield Finding("warning", language.code, key, "web", f'"{term}" is usually "{word}" (glossary)')
