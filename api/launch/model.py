"""The Rasa model: trained when what it is made from has changed, kept under the fingerprint of that.

`bot` is the folder a model is made from: the project's own, or a copy of it that a retraining works on.
"""

import os
import subprocess
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from api.errors import OutOfService
from api.launch.swapping import JOURNAL, undo_interrupted
from api.settings import ROOT

BOT = ROOT / "bot"
MODELS = BOT / "models"
MADE_FROM = ("config.yml", "uv.lock", "domain/*.yml", "data/**/*.yml", "data/concepts/*.txt", "addons/*.py")
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
}
Waiting = Callable[[str], None]


def bot_program(name: str) -> str:
    return str(BOT / ".venv" / "bin" / name)


def bot_environment(bot: Path = BOT) -> dict[str, str]:
    return {**QUIET, "PYTHONPATH": str(bot)}


def made_from(bot: Path = BOT) -> dict[str, bytes]:
    """Path under `bot` -> what is in it, for everything a model is made from, in a fixed order."""
    paths = [path for pattern in MADE_FROM for path in sorted(bot.glob(pattern))]
    return {str(path.relative_to(bot)): path.read_bytes() for path in paths}


def fingerprint(bot: Path = BOT) -> str:
    """Hash of everything the model is made from."""
    digest = sha256()
    for name, content in made_from(bot).items():
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:16]


def model_path(bot: Path = BOT) -> Path:
    return bot / "models" / f"{fingerprint(bot)}.tar.gz"


def train_if_changed(waiting: Waiting = lambda _: None) -> str:
    """Trains when there is no model for the data as it is; says which. Raises OutOfService naming the log."""
    undo_interrupted(BOT, JOURNAL)
    wanted = model_path()
    if wanted.exists():
        return "unchanged, not trained again"
    took = train(BOT, waiting)
    keep_only({wanted})
    return f"trained in {took:.0f} s"


def train(bot: Path, waiting: Waiting = lambda _: None) -> float:
    """Trains what lies in `bot` into its model_path(); returns the seconds. Raises OutOfService naming the log."""
    wanted = model_path(bot)
    wanted.parent.mkdir(exist_ok=True)
    log = wanted.parent / "train.log"
    began = time.monotonic()
    environment = {**os.environ, **bot_environment(bot)}
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(_command(wanted), cwd=bot, env=environment, stdout=output, stderr=output)
        try:
            while process.poll() is None:
                waiting("training the model, one or two minutes")
                time.sleep(0.5)
        finally:
            if process.poll() is None:
                process.terminate()
    if process.returncode or not wanted.exists():
        raise OutOfService(f"Training failed; the reason is at the end of {log.relative_to(ROOT)}.")
    return time.monotonic() - began


def _command(wanted: Path) -> list[str]:
    name = wanted.name.removesuffix(".tar.gz")
    parts = ["--domain", "domain", "--data", "data", "--config", "config.yml", "--out", "models", "--force"]
    # Rasa's validation reads every example twice more, which takes longer than learning them; the tests check the data.
    return [bot_program("rasa"), "train", *parts, "--fixed-model-name", name, "--skip-validation"]


def keep_only(wanted: set[Path]) -> None:
    for path in MODELS.glob("*.tar.gz"):
        if path not in wanted:
            path.unlink()


if __name__ == "__main__":
    print(train_if_changed())
