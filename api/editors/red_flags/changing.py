"""What was typed becomes a list of phrases, or faults that name the line; and what differs between two lists. Pure."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from api.editors.messages.diffing import Part, word_diff
from api.safety.normalise import fold, read_sentences
from api.safety.patterns import PhraseIsWrong, Slot, read_phrase
from api.safety.phrase_files import SCRIPTS, Body

LONGEST = 6000
"""Characters of a phrase; the longest of the files that ship has 4,429."""
SHOWN_OF_SLOT = 3
ALIKE = 0.4


@dataclass(frozen=True)
class Typed:
    """One phrase a line: to be added, by script, and to be taken out."""

    native: str = ""
    latin: str = ""
    out: str = ""


@dataclass(frozen=True)
class Fault:
    """`field` of Typed, `line` from 1."""

    field: str
    line: int
    phrase: str
    advice: str


@dataclass(frozen=True)
class Changed:
    """One phrase that differs. `parts`: word by word, when it was only reworded."""

    script: str
    gone: str = ""
    new: str = ""
    parts: tuple[Part, ...] = ()


def changed(start: Body, typed: Typed, stops: Collection[str] = ()) -> tuple[Body, list[Fault]]:
    """`start` without what is taken out and with what is added, in this order; and everything wrong with the lines.

    `stops`: plain words for STOP, which no phrase of danger may be.
    """
    faults: list[Fault] = []
    out = {phrase for _, phrase in lines(typed.out)}
    there = {phrase for phrases in start.values() for phrase in phrases}
    for line, phrase in lines(typed.out):
        if phrase not in there:
            faults.append(Fault("out", line, phrase, "is not in the list, or not any more"))
    body = {script: [phrase for phrase in start[script] if phrase not in out] for script in SCRIPTS}
    known = {phrase.casefold() for phrases in body.values() for phrase in phrases}
    for script, text in zip(SCRIPTS, (typed.native, typed.latin), strict=True):
        for line, phrase in lines(text):
            advice = "is in the list already" if phrase.casefold() in known else wrong_with(phrase, stops)
            if advice:
                faults.append(Fault(script, line, phrase, advice))
            known.add(phrase.casefold())
            body[script].append(phrase)
    return body, faults


def wrong_with(phrase: str, stops: Collection[str] = ()) -> str:
    """What to mend in a phrase; nothing when it can be read."""
    if len(phrase) > LONGEST:
        return f"is longer than {LONGEST} characters; make several phrases of it"
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") for letter in phrase):
        return "holds a character that is no letter; type it again"
    try:
        parts = read_phrase(phrase)
    except PhraseIsWrong as problem:
        return str(problem)
    stop = next((stop for stop in sorted(stops) if len(parts) == 1 and _says(parts[0], _words(stop))), "")
    return f"can be read as “{stop}”, which ends texts: by text it is obeyed, not answered as danger" if stop else ""


def _says(slots: Sequence[Slot], words: list[str]) -> bool:
    """Whether `words` can be all that a phrase says; two of them may be one of its words ("opt-out")."""
    if not slots or not words:
        return not slots and not words
    heads = {"".join(words[:size]): words[size:] for size in (2, 1)}
    return any(
        (head == one.text or (one.is_beginning and rest == words[1:] and head.startswith(one.text)))
        and _says(slots[1:], rest)
        for head, rest in heads.items()
        for one in slots[0]
    )


def _words(text: str) -> list[str]:
    return [word for sentence in read_sentences(text) for word in sentence]


def lines(text: str) -> Iterator[tuple[int, str]]:
    """Number and phrase of every line that is not empty, spaces made single."""
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if phrase := " ".join(line.split()):
            yield number, phrase


def in_known_order(body: Body, known: Iterable[Body]) -> Body:
    """One of `known` that holds the same phrases, so that going back is exactly what was; else `body`."""
    return next((one for one in known if all(set(one[s]) == set(body[s]) for s in SCRIPTS)), body)


def typed_for(start: Body, wanted: Body) -> Typed:
    """What to type so that `start` becomes `wanted`."""
    new = {script: [phrase for phrase in wanted[script] if phrase not in start[script]] for script in SCRIPTS}
    gone = [phrase for script in SCRIPTS for phrase in start[script] if phrase not in wanted[script]]
    return Typed("\n".join(new["native"]), "\n".join(new["latin"]), "\n".join(gone))


def ticked(typed: Typed, chosen: Iterable[str], *, reword: bool) -> Typed:
    """With the ticked phrases ("latin|a fit") to be taken out; `reword`: and put where phrases are added."""
    for one in chosen:
        script, _, phrase = one.partition("|")
        if script in SCRIPTS and phrase not in {said for _, said in lines(typed.out)}:
            typed = replace(typed, out=_with_line(typed.out, phrase))
            if reword:
                typed = replace(typed, **{script: _with_line(getattr(typed, script), phrase)})
    return typed


def difference(before: Body, after: Body) -> list[Changed]:
    """Every phrase that differs: reworded ones beside each other, then those that are gone, then new ones."""
    found: list[Changed] = []
    for script in SCRIPTS:
        old, now = set(before[script]), set(after[script])
        gone = [phrase for phrase in before[script] if phrase not in now]
        new = [phrase for phrase in after[script] if phrase not in old]
        for phrase in list(gone):
            like = max(new, key=lambda other: _likeness(phrase, other), default="")
            if like and _likeness(phrase, like) >= ALIKE:
                found.append(Changed(script, phrase, like, tuple(word_diff(_spread(phrase), _spread(like)))))
                gone.remove(phrase)
                new.remove(like)
        found += [Changed(script, gone=phrase) for phrase in gone] + [Changed(script, new=phrase) for phrase in new]
    return found


def shortened(phrase: str) -> str:
    """For the eye: of many words that may stand in one place the first few, "baby|babies|bub … (+37)"."""
    return " ".join(map(_shortened_slot, phrase.split()))


def fits(phrase: str, asked: str) -> bool:
    """Whether a phrase holds what somebody looks for, written with or without capitals and accents."""
    return fold(asked.strip()) in fold(phrase)


def _shortened_slot(slot: str) -> str:
    words = slot.split("|")
    left = len(words) - SHOWN_OF_SLOT
    return slot if left <= 1 else f"{'|'.join(words[:SHOWN_OF_SLOT])} … (+{left})"


def _spread(phrase: str) -> str:
    return phrase.replace("|", " | ")


def _likeness(one: str, other: str) -> float:
    a, b = set(_spread(one).split()), set(_spread(other).split())
    return len(a & b) / len(a | b)


def _with_line(text: str, line: str) -> str:
    return f"{text.rstrip()}\n{line}".lstrip()
