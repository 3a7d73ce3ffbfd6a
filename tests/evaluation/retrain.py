"""`make retrain [DRY=1] [CASES=file.jsonl]`: the bot learns the sentences editors added, if it gets no worse by it.

Learns in a copy, asks the model in use and the new one the same cases as `make evaluate`, and puts the new one in place
only when no figure falls (comparing.py). CASES are asked besides the project's own. Exit 0: in place, or nothing to do.
"""

import os
import shutil
import signal
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
from sqlalchemy.exc import SQLAlchemyError

from api.content.languages import load_languages
from api.content.source import read_questions
from api.database import Database
from api.errors import BumplineError
from api.launch.model import BOT, fingerprint, model_path, train, train_if_changed
from api.launch.progress import Progress
from api.launch.swapping import JOURNAL, alone, undo_interrupted
from api.launch.taking_up import announce
from api.retraining import rows
from api.retraining.files import taught
from api.retraining.sentences import Bounds, Sorted, plain, said, sort_out
from api.retraining.working_copy import copy_with, example_files, learned_files
from api.settings import ROOT, Settings, get_settings
from tests.evaluation import differences
from tests.evaluation.comparing import Pair, below_floor, paired, worse
from tests.evaluation.figures import Result
from tests.evaluation.installing import Retrained, install, mark
from tests.evaluation.judging import Case
from tests.evaluation.reached import read_reached
from tests.evaluation.run import answering, ask_all, read_cases

FOLDER = ROOT / "var" / "retraining"
OWN = Path(__file__).parent
STEPS = 4


def main() -> int:
    signal.signal(signal.SIGTERM, _interrupted)
    database = Database(get_settings().database_url)
    try:
        return _retrain(database, get_settings(), Progress(STEPS))
    except BumplineError as error:
        print(f"Nothing was put in place. {error.message}", file=sys.stderr)
    except SQLAlchemyError as error:
        print(f"The database cannot be used ({type(error).__name__}). Mend that and run again.", file=sys.stderr)
    except (OSError, httpx2.HTTPError) as error:
        print(f"Not finished: {error}. Mend that and run again.", file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped; what was in use stays in use.", file=sys.stderr)
    finally:
        database.close()
    return 1


def _retrain(database: Database, settings: Settings, progress: Progress) -> int:
    if os.environ.get("DRY"):
        _sorted_out(database, settings, progress)
        return 0
    with alone(FOLDER, waits=False):
        undo_interrupted(BOT, JOURNAL)
        before = fingerprint()
        cases, found, files = _sorted_out(database, settings, progress)
        if not files:
            _settle(database, found)
            progress.say("Nothing new to learn.")
            return 0
        try:
            return _learn(database, progress, found, Retrained(FOLDER / "bot", files, before), cases)
        finally:
            shutil.rmtree(FOLDER, ignore_errors=True)


def _sorted_out(
    database: Database, settings: Settings, progress: Progress
) -> tuple[list[Case], Sorted, dict[str, str]]:
    """The cases, what is offered, and the files of bot/ that it changes, each said."""
    with progress.step("Sentences"):
        cases = _cases(os.environ.get("CASES", ""))
        found = _offered(database, settings, cases)
        files = learned_files(BOT, settings.content_folder, found.taken)
        progress.say("\n".join([*said(found), f"Files of bot/ that change: {', '.join(files) or 'none'}."]))
    return cases, found, files


def _settle(database: Database, found: Sorted) -> None:
    """Sentences that are in bot/data already, perhaps because an earlier run was interrupted at its end."""
    if found.known:
        announce(model_path().name)
        mark(database, found.known, None, {"model": model_path().name})


def _learn(database: Database, progress: Progress, found: Sorted, made: Retrained, cases: Sequence[Case]) -> int:
    shutil.rmtree(FOLDER, ignore_errors=True)
    with progress.step("Learning, in a copy") as note:
        note(f"the model in use: {train_if_changed(progress.waiting)}")
        train(copy_with(made.files, made.folder), progress.waiting)
    with progress.step(f"Asking the model in use and the new one {len(cases)} cases"):
        old, new = _asked_both(cases, made.folder)
    pairs = paired(old, new)
    progress.say("\n".join(["", *differences.overall(pairs), "", *differences.languages(pairs), ""]))
    reasons = _reasons(pairs)
    progress.say("\n".join([*differences.examples(pairs), ""]))
    if reasons:
        progress.say("\n".join(["Not put in place; worse than the model in use:", *(f"  {one}" for one in reasons)]))
        return 1
    with progress.step("Putting it in place") as note:
        note(install(database, made, [*found.taken, *found.known], pairs))
    return 0


def _asked_both(cases: Sequence[Case], folder: Path) -> tuple[list[Result], list[Result]]:
    """At the same time: one question after another keeps one core busy, and what disturbs one disturbs both."""
    # Started one after the other: a process with threads can neither migrate a database nor start others safely.
    # The pool ends last: whoever interrupts does not wait for every case.
    with ThreadPoolExecutor(2) as pool, answering(BOT) as old, answering(folder) as new:
        asked = [pool.submit(ask_all, url, cases, progress=True) for url in (old, new)]
        return asked[0].result(), asked[1].result()


def _reasons(pairs: Sequence[Pair]) -> list[str]:
    """The floors are of the project's own cases, so only those are held against them."""
    own = set(map(_same, read_cases(OWN)))
    return worse(pairs) + below_floor([pair.new for pair in pairs if _same(pair.case) in own], read_reached())


def _cases(asked: str) -> list[Case]:
    """The project's own, and those of `asked` that are not among them: one line alone must not decide."""
    own = read_cases(OWN)
    known = set(map(_same, own))
    return own + [case for case in (read_cases(Path(asked)) if asked else []) if _same(case) not in known]


def _same(case: Case) -> tuple[str, str]:
    return case.lang, case.text


def _offered(database: Database, settings: Settings, cases: Sequence[Case]) -> Sorted:
    with database.read() as session:
        offered = rows.offered(session)
    bounds = Bounds(
        taught=taught(example_files(BOT)),
        evaluated={plain(case.text) for case in cases},
        keys=set(read_questions(settings.content_folder)),
        languages=set(load_languages(settings.content_folder)),
    )
    return sort_out(offered, bounds)


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
