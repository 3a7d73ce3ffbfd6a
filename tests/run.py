"""`make test`: every check, each named, with what was skipped and why at the end."""

import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from api.launch.progress import Progress

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Check:
    name: str
    command: tuple[str, ...]
    folder: Path = ROOT


CHECKS = (
    Check("Style", (str(BIN / "ruff"), "check", ".")),
    Check("Format", (str(BIN / "ruff"), "format", "--check", ".")),
    Check("Types", (str(BIN / "mypy"),)),
    Check("Types of the bot's parts", (str(ROOT / "bot/.venv/bin/mypy"), "--config-file", "mypy.ini"), ROOT / "bot"),
    Check("Import directions", (str(BIN / "lint-imports"),)),
    Check(
        "Model", (sys.executable, "-m", "api.launch.model")
    ),  # minutes: no test should wait for it under its own clock
    # Two at a time, whole files: each has its own PostgreSQL and, where it needs one, its own bot.
    Check("Tests", (sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile")),
)


def main() -> int:
    progress = Progress(len(CHECKS))
    began, failed, skipped = time.monotonic(), [], []
    for check in CHECKS:
        with progress.step(check.name):
            code, printed = _run(check)
        if code:
            failed.append(check.name)
        skipped += re.findall(r"^SKIPPED .*$", printed, re.MULTILINE)
    _report(failed, skipped, time.monotonic() - began)
    return 1 if failed else 0


def _run(check: Check) -> tuple[int, str]:
    """Shows what the check prints as it comes; returns its code and what it printed."""
    process = subprocess.Popen(
        check.command, cwd=check.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1
    )
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        print(line, end="", flush=True)
        lines.append(line)
    return process.wait(), "".join(lines)


def _report(failed: list[str], skipped: list[str], seconds: float) -> None:
    print(f"\n{'-' * 60}")
    for line in skipped:
        print(f"not run: {line}")
    print("Nothing was skipped." if not skipped else f"{len(skipped)} not run, named above.")
    print(f"{'FAILED: ' + ', '.join(failed) if failed else 'All checks passed'} in {seconds:.0f} s.")


if __name__ == "__main__":
    sys.exit(main())
