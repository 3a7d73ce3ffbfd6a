"""A copy of bot/ in which sentences and questions are learned, while the bot itself stays as it is."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from api.content.derived import bot_files
from api.content.source import read_questions
from api.launch.model import BOT, made_from
from api.launch.swapping import write_durably
from api.retraining.files import merged
from api.retraining.sentences import Sentence

LEFT_BEHIND = shutil.ignore_patterns(".venv", "models", ".rasa", "__pycache__", ".*_cache")


def learned_files(bot: Path, content: Path, sentences: Sequence[Sentence]) -> dict[str, str]:
    """Path under `bot` -> new text of each file that `sentences`, or a question new in `content`, change."""
    written = {**bot_files(read_questions(content)), **merged(example_files(bot), sentences)}
    return {name: text for name, text in written.items() if _differs(bot / name, text)}


def example_files(bot: Path) -> dict[str, str]:
    """Path under `bot` -> text of every file of examples."""
    return {name: kept.decode() for name, kept in made_from(bot).items() if name.startswith("data/nlu/")}


def copy_with(files: Mapping[str, str], folder: Path) -> Path:
    """Copies bot/ without its environment and models to `folder`, with `files` in it."""
    shutil.copytree(BOT, folder, ignore=LEFT_BEHIND)
    for name, text in files.items():
        write_durably(folder / name, text)
    return folder


def _differs(path: Path, text: str) -> bool:
    return not path.exists() or path.read_bytes() != text.encode()
