"""The Rasa model: trained when what it is made from has changed, kept under the fingerprint of that."""

import os
import subprocess
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from api.errors import OutOfService
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
    "PYTHONPATH": str(BOT),
}


def bot_program(name: str) -> str:
    return str(BOT / ".venv" / "bin" / name)


def fingerprint() -> str:
    """Hash of everything the model is made from."""
    digest = sha256()
    for pattern in MADE_FROM:
        for path in sorted(BOT.glob(pattern)):
            digest.update(str(path.relative_to(BOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def model_path() -> Path:
    return MODELS / f"{fingerprint()}.tar.gz"


def train_if_changed(waiting: Callable[[str], None] = lambda _: None) -> str:
    """Trains when there is no model for the data as it is; says which. Raises OutOfService naming the log."""
    wanted = model_path()
    if wanted.exists():
        return "unchanged, not trained again"
    MODELS.mkdir(exist_ok=True)
    log = MODELS / "train.log"
    began = time.monotonic()
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(_command(wanted), cwd=BOT, env={**os.environ, **QUIET}, stdout=output, stderr=output)
        try:
            while process.poll() is None:
                waiting("training the model, one or two minutes")
                time.sleep(0.5)
        finally:
            if process.poll() is None:
                process.terminate()
    if process.returncode or not wanted.exists():
        raise OutOfService(f"Training failed; the reason is at the end of {log.relative_to(ROOT)}.")
    _keep_only(wanted)
    return f"trained in {time.monotonic() - began:.0f} s"


def _command(wanted: Path) -> list[str]:
    name = wanted.name.removesuffix(".tar.gz")
    parts = ["--domain", "domain", "--data", "data", "--config", "config.yml", "--out", "models", "--force"]
    # Rasa's validation reads every example twice more, which takes longer than learning them; the tests check the data.
    return [bot_program("rasa"), "train", *parts, "--fixed-model-name", name, "--skip-validation"]


def _keep_only(wanted: Path) -> None:
    for path in MODELS.glob("*.tar.gz"):
        if path != wanted:
            path.unlink()


if __name__ == "__main__":
    print(train_if_changed())
