"""Two models asked the same cases: what differs, and whether the new one may take the other's place. Pure.

Why these bounds: docs/decisions/0025.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.evaluation.figures import Result, shares
from tests.evaluation.judging import GRAVEST, LOSS, OUT_OF_SCOPE, Case
from tests.evaluation.reached import HELD, at_least

WOBBLE = 2
"""Cases by which an ordinary figure of one language may fall: docs/decisions/0025."""
NEVER_LESS = ("caught", "gravest_caught", "loss_recognised", "failed")
SHOWN = 20
WORST_FIRST = ("missed", "failed", "false_alarm", "wrong", "lost", "asked", "right")


@dataclass(frozen=True)
class Figure:
    """A number of cases. `better`: 1 when more is better, -1 when fewer, 0 when it is only shown."""

    words: str
    better: int
    among: Callable[[Case], bool]
    holds: Callable[[Result], bool]


def _is(*outcomes: str) -> Callable[[Result], bool]:
    return lambda result: result.verdict.outcome in outcomes


def _ordinary(case: Case) -> bool:
    return not case.is_urgent


FIGURES: Mapping[str, Figure] = {
    "right": Figure("questions answered right", 1, _ordinary, _is("right")),
    "asked": Figure("asked back, right one offered", 0, _ordinary, _is("asked")),
    "right_or_asked": Figure("right, or asked back rightly", 1, _ordinary, _is("right", "asked")),
    "wrong": Figure("wrong answer given", -1, _ordinary, _is("wrong")),
    "lost": Figure("asked back, right one not offered", 0, _ordinary, _is("lost")),
    "false_alarms": Figure(
        "false alarms, ordinary words", -1, lambda c: not c.is_urgent and not c.is_near_urgent, _is("false_alarm")
    ),
    "near_urgent_false_alarms": Figure(
        "false alarms, alarming words", -1, lambda c: not c.is_urgent and c.is_near_urgent, _is("false_alarm")
    ),
    "caught": Figure("urgent caught", 1, lambda c: c.is_urgent, lambda r: r.verdict.caught),
    "gravest_caught": Figure("the 999 kinds caught", 1, lambda c: c.key in GRAVEST, lambda r: r.verdict.caught),
    "right_key": Figure("urgent, right key", 1, lambda c: c.is_urgent, _is("right")),
    "loss_recognised": Figure("loss of a baby recognised", 1, lambda c: c.key == LOSS, _is("right")),
    "out_of_scope_kept": Figure(
        "out of scope, no health answer", 1, lambda c: c.key == OUT_OF_SCOPE, lambda r: not r.verdict.is_health
    ),
    "language_right": Figure("language named right", 1, lambda c: True, lambda r: r.verdict.language_right),
    "failed": Figure("no reply", -1, lambda c: True, _is("failed")),
}


@dataclass(frozen=True)
class Pair:
    """One case as the model in use and the new one answered it."""

    old: Result
    new: Result

    @property
    def case(self) -> Case:
        return self.new.case


def paired(old: Sequence[Result], new: Sequence[Result]) -> list[Pair]:
    """Raises ValueError when the two were not asked the same."""
    pairs = [Pair(*both) for both in zip(old, new, strict=True)]
    if any(pair.old.case != pair.new.case for pair in pairs):
        raise ValueError("The two models were asked different cases.")
    return pairs


def counts(results: Sequence[Result]) -> dict[str, tuple[int, int]]:
    """Figure -> (cases that hold, cases that count)."""
    return {
        name: (
            sum(figure.holds(r) for r in results if figure.among(r.case)),
            sum(figure.among(r.case) for r in results),
        )
        for name, figure in FIGURES.items()
    }


def by_language(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    return {code: [p for p in pairs if p.case.lang == code] for code in sorted({p.case.lang for p in pairs})}


def worse(pairs: Sequence[Pair]) -> list[str]:
    """Why the new model may not take the other's place, in words; [] when it may."""
    reasons = [f"all languages: {words}" for words in _fallen(pairs, wobble=0)]
    for code, own in by_language(pairs).items():
        reasons += [f"{code}: {words}" for words in _fallen(own, wobble=WOBBLE)]
    missed = [pair for pair in pairs if pair.old.verdict.caught and not pair.new.verdict.caught and pair.case.is_urgent]
    return reasons + [f"{pair.case.lang}: danger no longer caught: {pair.case.text!r}" for pair in missed]


def below_floor(new: Sequence[Result], reached: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Figures of a language that are under what was reached before (tests/evaluation/reached.json), in words."""
    fallen = []
    for code, floors in reached.items():
        now = shares([result for result in new if result.case.lang == code])
        fallen += [
            f"{code}: {name} {now[name]:.4f}, and {floors[name]:.4f} was reached"
            for name in HELD
            if name in floors and name in now and not at_least(now[name], floors[name], name)
        ]
    return fallen


def newly_wrong(pairs: Sequence[Pair]) -> list[Pair]:
    """The gravest first."""
    fallen = [pair for pair in pairs if _rank(pair.new) < _rank(pair.old)]
    return sorted(fallen, key=lambda pair: (not pair.case.is_urgent, _rank(pair.new)))


def _rank(result: Result) -> int:
    return WORST_FIRST.index(result.verdict.outcome)


def _fallen(pairs: Sequence[Pair], *, wobble: int) -> Iterator[str]:
    old, new = counts([pair.old for pair in pairs]), counts([pair.new for pair in pairs])
    for name, figure in FIGURES.items():
        lost = figure.better * (old[name][0] - new[name][0])
        if lost > (0 if name in NEVER_LESS else wobble):
            yield f"{figure.words} {old[name][0]} before, {new[name][0]} now, of {new[name][1]}"
