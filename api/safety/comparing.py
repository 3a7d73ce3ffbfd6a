"""What a change of one list would do: two whole screens, before and after, on messages somebody typed and on examples.

`python -m api.safety.comparing` reads a question as JSON and writes the comparison: in a process of its own it neither
slows a family's reply nor leaves its memory behind.
"""

import gc
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from api.safety.examples import Example, languages_with_examples, read_examples
from api.safety.phrase_files import read_folder, read_list
from api.safety.screen import RedFlagScreen
from api.safety.signs import GRAVITY, LOSS

SHOWN = 200
"""Of each kind of change; the others are only counted."""


class Seen(NamedTuple):
    """What a screen makes of a message."""

    key: str
    phrase: str
    language: str


class Difference(NamedTuple):
    """One message before and after; None: nothing is seen. `meant`: of an example, what its author meant."""

    language: str
    meant: str
    text: str
    before: Seen | None
    after: Seen | None


@dataclass
class Comparison:
    """`lost`: danger (or a loss) that is no longer seen, or only as something lesser; at most SHOWN of each are listed.

    `caught`: the other way. `alarms`: ordinary messages newly taken for danger. `quieter`: how many of the language
    itself no longer are. `looked_at`: how many examples: "grave" and "ordinary" of the language itself, "others" and
    "others_ordinary" of the others. `is_emptied`: a list of danger loses its last phrase.
    """

    tried: list[Difference] = field(default_factory=list)
    lost: list[Difference] = field(default_factory=list)
    caught: list[Difference] = field(default_factory=list)
    alarms: list[Difference] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    looked_at: dict[str, int] = field(default_factory=dict)
    is_emptied: bool = False

    def as_json(self) -> dict[str, Any]:
        """Lists become shorter, `counts` say how long they were."""
        lists = {name: getattr(self, name) for name in ("tried", "lost", "caught", "alarms")}
        counts = {**self.counts, **{name: len(found) for name, found in lists.items()}}
        shown = {name: found[:SHOWN] for name, found in lists.items()}
        return {**shown, "counts": counts, "looked_at": self.looked_at, "is_emptied": self.is_emptied}


def from_json(told: dict[str, Any]) -> Comparison:
    lists = {name: [_difference(row) for row in told[name]] for name in ("tried", "lost", "caught", "alarms")}
    return Comparison(**lists, counts=told["counts"], looked_at=told["looked_at"], is_emptied=told["is_emptied"])


def compare(
    before: RedFlagScreen, after: RedFlagScreen, *, own: Iterable[Example], others: Iterable[Example], typed: list[str]
) -> Comparison:
    """`own`: examples of the language of the list, which both screens look at.

    `others`: the old screen is asked only where the new one does not say just what is meant: no more time is needed.
    """
    found = Comparison([_both(before, after, Example("", "", text)) for text in typed], counts={"quieter": 0})
    found.looked_at = dict.fromkeys(("grave", "ordinary", "others", "others_ordinary"), 0)
    for example in own:
        found.looked_at["grave" if example.is_grave else "ordinary"] += 1
        _sort_in(found, _both(before, after, example), is_grave=example.is_grave)
    for example in others:
        found.looked_at["others" if example.is_grave else "others_ordinary"] += 1
        seen = _seen(after, example.text)
        if (seen.key if seen else None) != (example.meant if example.is_grave else None):
            one = Difference(*example, _seen(before, example.text), seen)
            _sort_in(found, one, is_grave=example.is_grave)
    return found


def _sort_in(found: Comparison, one: Difference, *, is_grave: bool) -> None:
    was, became = one.before, one.after
    if is_grave and _is_lesser(became, was):
        found.lost.append(one)
    elif is_grave and _gravity(became) > _gravity(was):
        found.caught.append(one)
    elif not is_grave and became and not was:
        found.alarms.append(one)
    elif not is_grave and was and not became:
        found.counts["quieter"] += 1


def _is_lesser(became: Seen | None, was: Seen | None) -> bool:
    """Also danger taken for a loss alone: movements that stop are less than a loss, but then nobody is phoned."""
    is_loss_alone = became is not None and became.key == LOSS and was is not None and was.key != LOSS
    return is_loss_alone or _gravity(became) < _gravity(was)


def _both(before: RedFlagScreen, after: RedFlagScreen, example: Example) -> Difference:
    return Difference(*example, _seen(before, example.text), _seen(after, example.text))


def _seen(screen: RedFlagScreen, text: str) -> Seen | None:
    found = screen.screen(text)
    return Seen(found.key, found.phrase, found.language) if found else None


def _gravity(seen: Seen | None) -> int:
    return GRAVITY[seen.key] if seen else 0


def _difference(row: list[Any]) -> Difference:
    language, meant, text, before, after = row
    return Difference(language, meant, text, *(Seen(*seen) if seen else None for seen in (before, after)))


def answer(question: dict[str, Any]) -> Comparison:
    """`question`: folder of phrases, approved lists, the subject and body proposed; messages, folder of examples."""
    approved, (language, _, name) = question["approved"], question["subject"].partition(" ")
    folder, examples = Path(question["folder"]), Path(question["examples"] or os.devnull)
    phrases = read_folder(folder, approved)
    changed = read_list(language, name, question["body"], question["subject"])
    others = (code for code in languages_with_examples(examples) if code != language)
    kept = [phrase for phrase in phrases if (phrase.language, phrase.sign) != (language, name)]
    found = compare(
        RedFlagScreen(phrases),
        RedFlagScreen(kept + changed),
        own=read_examples(examples, language),
        others=(example for code in others for example in read_examples(examples, code)),
        typed=question["messages"],
    )
    found.is_emptied = name in GRAVITY and not changed and len(kept) < len(phrases)
    return found


def main() -> None:
    os.nice(5)  # families come first
    gc.disable()
    json.dump(answer(json.load(sys.stdin)).as_json(), sys.stdout)


if __name__ == "__main__":
    main()
