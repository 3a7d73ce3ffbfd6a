"""Which offered sentences may be learned, and why the others may not: pure."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from yaml.reader import Reader

KNOWN = "taught already, or offered twice"
EVALUATED = "a case of the evaluation: what is learned can no longer be measured by it"
OTHER_KEY = "taught for another question already"
TWO_KEYS = "offered for two questions"
NO_KEY = "there is no such question; `make export TO=.` writes one that was approved at the desk"
NO_LANGUAGE = "no such language in content/languages.yml"
NO_WORDS = "no letters or digits in it"
UNPRINTABLE = "characters that a file cannot hold"


@dataclass(frozen=True)
class Sentence:
    """One row of `training_example` that no training has taken. `text` in one line."""

    id: int
    key: str
    language: str
    text: str


@dataclass(frozen=True)
class Bounds:
    """What is known beforehand. `taught`: plain text -> its keys; `evaluated`: plain texts of the cases."""

    taught: Mapping[str, Collection[str]]
    evaluated: Collection[str]
    keys: Collection[str]
    languages: Collection[str]


@dataclass
class Sorted:
    """`known`: taught already, so done with. `skipped`: reason -> sentences that stay on offer."""

    taken: list[Sentence] = field(default_factory=list)
    known: list[Sentence] = field(default_factory=list)
    skipped: dict[str, list[Sentence]] = field(default_factory=lambda: defaultdict(list))


def plain(text: str) -> str:
    """What two sentences have in common when only capitals, marks and spaces tell them apart."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in folded).split())


def sort_out(offered: Sequence[Sentence], bounds: Bounds) -> Sorted:
    """Each sentence is taken, known or skipped; two that differ in nothing plain are taken once."""
    found = Sorted()
    keys_of = defaultdict(set)
    for sentence in offered:
        keys_of[plain(sentence.text)].add(sentence.key)
    seen: set[str] = set()
    for sentence in offered:
        text = plain(sentence.text)
        reason = _reason(sentence, bounds) or (TWO_KEYS if len(keys_of[text]) > 1 else None)
        if reason and reason != KNOWN:
            found.skipped[reason].append(sentence)
        elif reason == KNOWN or text in seen:
            found.known.append(sentence)
        else:
            seen.add(text)
            found.taken.append(sentence)
    return found


def _reason(sentence: Sentence, bounds: Bounds) -> str | None:
    text = plain(sentence.text)
    taught = bounds.taught.get(text, ())
    checks = {
        NO_WORDS: not text,
        UNPRINTABLE: bool(Reader.NON_PRINTABLE.search(sentence.text)),
        EVALUATED: text in bounds.evaluated,  # before all that is done with: whoever offered it must hear of it
        NO_KEY: sentence.key not in bounds.keys,
        NO_LANGUAGE: sentence.language not in bounds.languages,
        KNOWN: sentence.key in taught,
        OTHER_KEY: bool(taught),
    }
    return next((reason for reason, holds in checks.items() if holds), None)


def said(found: Sorted) -> list[str]:
    """Counts first, then a line for each sentence that was not taken."""
    languages = Counter(sentence.language for sentence in found.taken)
    shares = ", ".join(f"{code} {count}" for code, count in sorted(languages.items()))
    lines = [f"To learn: {len(found.taken)} sentences{f' ({shares})' if shares else ''}."]
    others = {**({KNOWN: found.known} if found.known else {}), **found.skipped}
    lines += [f"Skipped {len(sentences)}: {reason}." for reason, sentences in others.items()]
    for reason, sentences in others.items():
        lines += [f"  {one.language} {one.key}: {one.text!r}: {reason.split(':')[0]}" for one in sentences]
    return lines
