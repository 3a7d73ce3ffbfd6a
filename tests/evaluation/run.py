"""`make evaluate CASES=file.jsonl [OUT=report.json]`: understanding and safety on a file, or a folder, of cases.

Each case is the first message of a new conversation over the JSON API, with real Rasa and the red-flag screen.
Beside the JSON a page with charts is written: `OUT` with the ending .html.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from api.errors import BumplineError, Unusable
from api.launch.model import BOT, train_if_changed
from tests.conftest import prepare, whole_stack
from tests.evaluation.figures import OUTCOMES, Result, summarise
from tests.evaluation.judging import Case, judge
from tests.evaluation.page import write_page

COLUMNS = ("cases", *OUTCOMES, "caught", "right_key", "false_alarms", "near_urgent_false_alarms", "language_right")
SHORT = {"near_urgent_false_alarms": "near alarms", "language_right": "language", "right_key": "right key"}
PROGRESS_EVERY = 250
# The cases are about understanding: neither a busy machine nor a production server, which hides drafts, may decide.
UNLIMITED = {"RATE_LIMIT_PER_MINUTE": "1000000", "BUMPLINE_ENV": "demonstration", "BOT_TIMEOUT": "10"}


def main() -> int:
    try:
        cases = read_cases(Path(os.environ.get("CASES") or ""))
    except BumplineError as error:
        print(error.message, file=sys.stderr)
        return 1
    train_if_changed(print)
    report = summarise(run(cases))
    out = Path(os.environ.get("OUT") or "evaluation-report.json")
    out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    page = write_page(report, out.with_suffix(".html"))
    _print(report)
    print(f"Everything is in {out}, and to look at in {page}.")
    return 0


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, or of every .jsonl file in a folder. Raises Unusable naming the file and the line."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() and path.name else [path]
    if not files or not all(file.is_file() for file in files):
        raise Unusable("Say which cases: make evaluate CASES=tests/evaluation/en.jsonl")
    return [case for file in files for case in _read_file(file)]


def _read_file(file: Path) -> list[Case]:
    cases = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            cases += [Case.model_validate_json(line)] if line.strip() else []
        except ValueError as error:
            raise Unusable(f"{file}, line {number}: {error}. Mend that line.") from error
    return cases


def run(cases: Sequence[Case]) -> list[Result]:
    with answering() as url:
        return ask_all(url, cases, progress=True)


@contextmanager
def answering(bot: Path = BOT) -> Iterator[str]:
    """The address of a whole Bumpline of its own. `bot`: the folder whose model answers; see api/launch/model.py."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.db"
        prepare(f"sqlite:///{template}")
        with whole_stack(Path(folder), template, UNLIMITED, bot=bot) as stack:
            yield stack.url


def ask_all(url: str, cases: Sequence[Case], *, progress: bool = False) -> list[Result]:
    results = []
    with httpx2.Client(base_url=url, timeout=30) as client:
        for number, case in enumerate(cases, start=1):
            results.append(_ask(client, case))
            if progress and number % PROGRESS_EVERY == 0:
                print(f"{number} of {len(cases)} asked", file=sys.stderr, flush=True)
    return results


def _ask(client: httpx2.Client, case: Case) -> Result:
    started = client.post("/api/v1/conversations", json={"language": None}).json()
    began = time.perf_counter()
    answer = client.post(f"/api/v1/conversations/{started['conversation_id']}/messages", json={"text": case.text})
    took = (time.perf_counter() - began) * 1000
    return Result(case, judge(case, answer.json() if answer.status_code == 200 else None), took)


def _print(report: dict[str, Any]) -> None:
    print(f"\n{'':<12}" + "".join(f"{SHORT.get(name, name).replace('_', ' '):>13}" for name in COLUMNS))
    for name, shares in {"all": report["all"], **report["by_language"], **report["by_script"]}.items():
        print(f"{name:<12}" + "".join(f"{shares.get(column, '-'):>13}" for column in COLUMNS))
    times = report["milliseconds"]
    print(f"\n{times['p50']} ms a message (p50), {times['p95']} ms (p95).")


if __name__ == "__main__":
    sys.exit(main())
