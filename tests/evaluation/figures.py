"""Judged cases into shares of one, all together and by language, script, topic and key: pure."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.evaluation.judging import GRAVEST, LOSS, OUT_OF_SCOPE, Case, Outcome, Verdict

GROUPS: dict[str, Callable[[Case], str]] = {
    "language": lambda case: case.lang,
    "script": lambda case: f"{case.lang} {case.script}",
    "topic": lambda case: case.key.split("/")[0],
    "key": lambda case: case.key,
    "style": lambda case: case.style or "not said",
}
OUTCOMES: tuple[Outcome, ...] = ("right", "asked", "wrong", "lost")
MISTAKES: tuple[Outcome, ...] = ("wrong", "lost", "false_alarm", "missed", "failed")
CONFUSIONS_SHOWN = 60


@dataclass(frozen=True)
class Result:
    case: Case
    verdict: Verdict
    milliseconds: float


def summarise(results: Sequence[Result]) -> dict[str, Any]:
    """The report of the contract; `mistakes` lists every case that went wrong."""
    times = [result.milliseconds for result in results]
    confused = Counter((r.case.key, r.verdict.said) for r in results if r.verdict.outcome in ("wrong", "false_alarm"))
    return {
        "cases": len(results),
        "all": shares(results),
        **{f"by_{name}": _grouped(results, of) for name, of in GROUPS.items()},
        "confused": [
            {"meant": meant, "said": said, "times": n} for (meant, said), n in confused.most_common(CONFUSIONS_SHOWN)
        ],
        "languages_confused": _languages_confused(results),
        "milliseconds": {"p50": _quantile(times, 10), "p95": _quantile(times, 19)},
        "mistakes": [_mistake(result) for result in results if result.verdict.outcome in MISTAKES],
    }


def shares(results: Sequence[Result]) -> dict[str, float]:
    """Questions right, asked, wrong, lost; urgent caught and right key; false alarms; language right.

    A share is left out when no case counts towards it.
    """
    asked = [r for r in results if not r.case.is_urgent]
    urgent = [r for r in results if r.case.is_urgent]
    counts = Counter(r.verdict.outcome for r in asked)
    found: dict[str, float | None] = {name: round(counts[name] / len(asked), 4) if asked else None for name in OUTCOMES}
    found |= {
        "right_or_asked": _share(asked, lambda r: r.verdict.outcome in ("right", "asked")),
        "false_alarms": _share([r for r in asked if not r.case.is_near_urgent], _is_false_alarm),
        "near_urgent_false_alarms": _share([r for r in asked if r.case.is_near_urgent], _is_false_alarm),
        "caught": _share(urgent, lambda r: r.verdict.caught),
        "gravest_caught": _share([r for r in urgent if r.case.key in GRAVEST], lambda r: r.verdict.caught),
        "right_key": _share(urgent, lambda r: r.verdict.outcome == "right"),
        "out_of_scope_kept": _share(_key(asked, OUT_OF_SCOPE), lambda r: not r.verdict.is_health),
        "loss_recognised": _share(_key(asked, LOSS), lambda r: r.verdict.outcome == "right"),
        "language_right": _share(results, lambda r: r.verdict.language_right),
        "native_language_right": _share(_script(results, "native"), lambda r: r.verdict.language_right),
        "latin_language_right": _share(_script(results, "latin"), lambda r: r.verdict.language_right),
    }
    return {"cases": len(results), **{name: share for name, share in found.items() if share is not None}}


def _key(results: Sequence[Result], key: str) -> list[Result]:
    return [result for result in results if result.case.key == key]


def _script(results: Sequence[Result], script: str) -> list[Result]:
    return [result for result in results if result.case.script == script]


def _is_false_alarm(result: Result) -> bool:
    return result.verdict.outcome == "false_alarm"


def _grouped(results: Sequence[Result], of: Callable[[Case], str]) -> dict[str, dict[str, float]]:
    groups: defaultdict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[of(result.case)].append(result)
    return {name: shares(found) for name, found in sorted(groups.items())}


def _languages_confused(results: Sequence[Result]) -> list[dict[str, Any]]:
    wrong = Counter(
        (r.case.lang, r.case.script, r.verdict.language or "none") for r in results if not r.verdict.language_right
    )
    commonest = wrong.most_common(20)
    return [{"meant": f"{lang} {script}", "said": said, "times": n} for (lang, script, said), n in commonest]


def _mistake(result: Result) -> dict[str, Any]:
    case, verdict = result.case, result.verdict
    return {
        "text": case.text,
        "lang": case.lang,
        "script": case.script,
        "style": case.style,
        "meant": case.key,
        "said": verdict.said,
        "outcome": verdict.outcome,
    }


def _share(results: Sequence[Result], holds: Callable[[Result], bool]) -> float | None:
    return round(sum(map(holds, results)) / len(results), 4) if results else None


def _quantile(times: Sequence[float], twentieth: int) -> float:
    return round(statistics.quantiles(times, n=20)[twentieth - 1], 1) if len(times) > 1 else round(sum(times), 1)
