"""`python -m tests.evaluation.screened`: every urgent case with what the red-flag screen alone says, as JSON.

Made for `signs.py`, which runs in the bot's environment and cannot import the api.
"""

import json
from pathlib import Path

from api.safety import Finding, load_screen
from api.settings import ROOT
from tests.evaluation.run import read_cases


def main() -> None:
    screen = load_screen(ROOT / "content" / "red_flags")
    cases = [case for case in read_cases(Path(__file__).parent) if case.is_urgent]
    rows = [
        {"text": case.text, "key": case.key, "lang": case.lang, "screened": _is_danger(screen.screen(case.text))}
        for case in cases
    ]
    print(json.dumps(rows, ensure_ascii=False))


def _is_danger(finding: Finding | None) -> bool:
    return finding is not None and finding.is_urgent


if __name__ == "__main__":
    main()
