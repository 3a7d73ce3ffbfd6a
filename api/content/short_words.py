"""What is wrong with one word of the pages or one summary of a service: one field each. Pure.

The same in a file, at the desk and at approval. Faults block; doubts ask a person to look.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from api.content.checks import OWN_SHARE
from api.content.facts import foreign_digits, links, numbers, phones
from api.content.glossary import Term, missing_terms
from api.content.languages import Language
from api.content.placeholders import placeholders, stray_braces
from api.content.scripts import forbidden, letters_outside, own_share

LONGEST = 500
"""Characters: three times the longest that ships."""
_LINE_END = re.compile(r"\s*[\r\n]+\s*")


def one_line(typed: str) -> str:
    """As typed, without what a browser or a spreadsheet adds: page words and summaries have no line ends."""
    return _LINE_END.sub(" ", typed).strip()


def faults(name: str, words: str, english: str, language: Language) -> list[str]:
    """What makes `words` unusable as a rendering of `english`."""
    if not words.strip():
        return ["there are no words; write them"]
    return [*_facts(name, words, english), *_letters(words, language)]


def doubts(words: str, english: str, language: Language, glossary: Mapping[str, Term]) -> list[str]:
    """What a person should look at: it may be right all the same."""
    found = [
        f'"{term}" is usually "{word}" (glossary)'
        for term, word in missing_terms(english, words, language.code, dict(glossary))
    ]
    if words == english:
        found.append("these are the English words")
    elif own_share(words, language.script) < OWN_SHARE:
        found.append("hardly a letter is in the script of the language")
    return found


def _facts(name: str, words: str, english: str) -> Iterator[str]:
    counts_in_words = name.endswith((".zero", ".one", ".two"))
    if not counts_in_words and placeholders(words) != placeholders(english):
        yield f"placeholders must be {placeholders(english)}"
    if counts_in_words and set(placeholders(words)) - set(placeholders(english)):
        yield f"placeholders may be {placeholders(english)}"
    if stray_braces(words):
        yield "a brace that belongs to no placeholder"
    if phones(words) != phones(english) or numbers(words) != numbers(english):
        yield "numbers are not the English ones"
    if sorted(links(words)) != sorted(links(english)):
        yield "links are not the English ones"


def _letters(words: str, language: Language) -> Iterator[str]:
    if len(words) > LONGEST:
        yield f"{len(words):,} characters; at most {LONGEST:,}"
    if not unicodedata.is_normalized("NFC", words):
        yield "letters are not in NFC; save it again in NFC"
    if marks := forbidden(words):
        yield f"invisible characters {', '.join(marks)}"
    if strange := letters_outside(words, language.script) or sorted(foreign_digits(words)):
        yield f"letters or digits of another script: {' '.join(strange)}"
