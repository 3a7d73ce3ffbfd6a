"""Many files as one: interrupted anywhere, all are old or all are new."""

import subprocess
import sys
from pathlib import Path

import pytest

from api.errors import Conflict
from api.launch.model import BOT
from api.launch.swapping import JOURNAL, alone, swap, undo_interrupted
from tests.evaluation.retrain import FOLDER

BEFORE = {"data/a.yml": "a\n", "data/b.yml": "b\r\n"}
AFTER = {"data/a.yml": "A\n", "data/b.yml": "B\n", "data/new/c.yml": "C\n"}
KILLED_AT = """
import os, sys
from pathlib import Path
from api.launch.swapping import swap
step = int(sys.argv[2])
def count(event, arguments):
    global step
    if event in ("os.rename", "os.remove") and str(arguments[0]).startswith(sys.argv[1]):
        step -= 1
        if step < 0:
            os._exit(9)  # as a kill or a power cut would: nothing is tidied up
sys.addaudithook(count)
folder = Path(sys.argv[1])
swap(folder, {"data/a.yml": "A\\n", "data/b.yml": "B\\n", "data/new/c.yml": "C\\n"}, folder / "journal")
"""
STEPS = 5  # the journal, three files, the journal's end


def written(folder: Path) -> dict[str, str]:
    found = {str(path.relative_to(folder)): path.read_bytes().decode() for path in folder.rglob("*.yml")}
    return {name: text for name, text in found.items() if not name.split("/")[-1].startswith(".")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in BEFORE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


@pytest.mark.parametrize("step", range(STEPS + 1))
def test_a_swap_killed_at_any_step_leaves_the_old_files_or_all_the_new_ones(folder: Path, step: int) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED_AT, str(folder), str(step)], check=False)
    assert done.returncode == (0 if step == STEPS else 9)
    undo_interrupted(folder, folder / "journal")
    assert written(folder) == (AFTER if step == STEPS else BEFORE)
    swap(folder, AFTER, folder / "journal")
    assert written(folder) == AFTER
    assert undo_interrupted(folder, folder / "journal") == []


def test_a_swap_that_fails_half_way_is_undone_at_once(folder: Path) -> None:
    (folder / "data" / "z").write_text("a file where a folder should be")
    with pytest.raises(OSError):  # noqa: PT011
        swap(folder, {**AFTER, "data/z/d.yml": "D\n"}, folder / "journal")
    assert written(folder) == BEFORE
    assert not (folder / "journal").exists()


def test_what_somebody_changed_after_the_interruption_is_left_to_them(folder: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED_AT, str(folder), "3"], check=False)
    (folder / "data" / "a.yml").write_text("mine\n")
    assert undo_interrupted(folder, folder / "journal") == ["data/b.yml"]
    assert written(folder) == {**BEFORE, "data/a.yml": "mine\n"}


def test_only_one_retraining_is_at_work(tmp_path: Path) -> None:
    with alone(tmp_path / "work", waits=False), pytest.raises(Conflict), alone(tmp_path / "work", waits=False):
        pass
    with alone(tmp_path / "work", waits=False):
        pass


def test_a_retraining_at_work_may_swap() -> None:
    with alone(FOLDER, waits=False), alone(JOURNAL, waits=False):
        assert undo_interrupted(BOT, JOURNAL) == []
