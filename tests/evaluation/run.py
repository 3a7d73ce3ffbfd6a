"""`make evaluate CASES=file.jsonl [OUT=report.json]`: understanding and safety on a file of cases.

Each case is the first message of a new conversation over the JSON API, with real Rasa and the red-flag screen.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from api.errors import BumplineError, Unusable
from api.launch.model import train_if_changed
from tests.conftest import prepare, whole_stack
from tests.evaluation.judging import Case, Outcome, Verdict, judge

GROUPS: dict[str, Callable[[Case], str]] = {
    "language": lambda case: case.lang,
    "script": lambda case: f"{case.lang} {case.script}",
    "topic": lambda case: case.key.split("/")[0],
    "key": lambda case: case.key,
}


@dataclass(frozen=True)
class Result:
    case: Case
    verdict: Verdict
    milliseconds: float


def main() -> int:
    try:
        cases = read_cases(Path(os.environ.get("CASES") or ""))
    except BumplineError as error:
        print(error.message, file=sys.stderr)
        return 1
    train_if_changed(print)
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.db"
        prepare(f"sqlite:///{template}")
        with whole_stack(Path(folder), template, {"RATE_LIMIT_PER_MINUTE": "1000000"}) as stack:
            results = [_ask(stack.url, case) for case in cases]
    report = summarise(results)
    out = Path(os.environ.get("OUT") or "evaluation-report.json")
    out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    _print(report, out)
    return 0


def read_cases(path: Path) -> list[Case]:
    """Raises Unusable naming the line."""
    if not path.is_file():
        raise Unusable("Say which cases: make evaluate CASES=tests/evaluation/en.jsonl")
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            cases += [Case.model_validate_json(line)] if line.strip() else []
        except ValueError as error:
            raise Unusable(f"{path}, line {number}: {error}. Mend that line.") from error
    return cases


def summarise(results: list[Result]) -> dict[str, Any]:
    """All, and by language, script, topic and key; the pairs confused; milliseconds a message."""
    times = [result.milliseconds for result in results]
    grouped = {name: _grouped(results, of) for name, of in GROUPS.items()}
    confused = Counter((r.case.key, r.verdict.said) for r in results if r.verdict.outcome in ("wrong", "false_alarm"))
    return {
        "cases": len(results),
        "all": _shares(results),
        **{f"by_{name}": found for name, found in grouped.items()},
        "confused": [{"meant": meant, "said": said, "times": n} for (meant, said), n in confused.most_common(40)],
        "milliseconds": {"p50": _quantile(times, 10), "p95": _quantile(times, 19)},
    }


def _ask(url: str, case: Case) -> Result:
    started = httpx2.post(f"{url}/api/v1/conversations", json={"language": None}, timeout=30).json()
    began = time.perf_counter()
    path = f"{url}/api/v1/conversations/{started['conversation_id']}/messages"
    answer = httpx2.post(path, json={"text": case.text}, timeout=30)
    took = (time.perf_counter() - began) * 1000
    return Result(case, judge(case, answer.json() if answer.status_code == 200 else None), took)


def _grouped(results: list[Result], of: Callable[[Case], str]) -> dict[str, dict[str, float]]:
    groups: defaultdict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[of(result.case)].append(result)
    return {name: _shares(found) for name, found in sorted(groups.items())}


def _shares(results: list[Result]) -> dict[str, float]:
    """Shares of one: questions right, asked, wrong, lost; urgent caught and right key; false alarms; language right."""
    asked = [r.verdict for r in results if not r.case.is_urgent]
    urgent = [r.verdict for r in results if r.case.is_urgent]
    shares: dict[str, float] = {"cases": len(results)}
    if asked:
        counts = Counter(verdict.outcome for verdict in asked)
        shares |= {name: round(counts[name] / len(asked), 4) for name in OUTCOMES}
        shares["right_or_asked"] = _share(asked, lambda v: v.outcome in ("right", "asked"))
        shares["false_alarms"] = _share(asked, lambda v: v.outcome == "false_alarm")
    if urgent:
        shares["caught"] = _share(urgent, lambda v: v.caught)
        shares["right_key"] = _share(urgent, lambda v: v.outcome == "right")
    shares["language_right"] = _share([r.verdict for r in results], lambda v: v.language_right)
    return shares


OUTCOMES: tuple[Outcome, ...] = ("right", "asked", "wrong", "lost")


def _share(verdicts: list[Verdict], holds: Callable[[Verdict], bool]) -> float:
    return round(sum(map(holds, verdicts)) / len(verdicts), 4)


def _quantile(times: list[float], twentieth: int) -> float:
    return round(statistics.quantiles(times, n=20)[twentieth - 1], 1) if len(times) > 1 else round(sum(times), 1)


def _print(report: dict[str, Any], out: Path) -> None:
    columns = ("cases", *OUTCOMES, "false_alarms", "caught", "right_key", "language_right")
    print(f"\n{'':<14}" + "".join(f"{name:>15}" for name in columns))
    for name, shares in {"all": report["all"], **report["by_language"], **report["by_script"]}.items():
        print(f"{name:<14}" + "".join(f"{shares.get(column, '-'):>15}" for column in columns))
    times = report["milliseconds"]
    print(f"\n{times['p50']} ms a message (p50), {times['p95']} ms (p95). Everything is in {out}.")


if __name__ == "__main__":
    sys.exit(main())
