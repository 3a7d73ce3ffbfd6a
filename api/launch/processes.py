"""Bot, actions and api as processes of ours: started together, stopped together, whatever happens."""

import ctypes
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from types import TracebackType

import httpx2

from api.errors import OutOfService
from api.launch.model import BOT, bot_environment, bot_program, model_path
from api.launch.ports import LOOPBACK
from api.launch.taking_up import announced, take_up
from api.settings import ROOT

READY_WITHIN = 180.0
STOP_WITHIN = 10.0
REVIVE_EVERY = 10.0
DIE_WITH_PARENT = 1


@dataclass
class Stack:
    """A whole Bumpline on loopback ports. As a context manager it leaves nothing running behind."""

    api_port: int
    bot_port: int
    actions_port: int
    folder: Path
    extra: Mapping[str, str] = field(default_factory=dict)
    credentials: str = "credentials.yml"
    bot_folder: Path = BOT
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _revived: dict[str, float] = field(default_factory=dict, init=False)
    _was_ready: bool = field(default=False, init=False)
    _announced: str = field(default="", init=False)

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.api_port}"

    @property
    def bot_url(self) -> str:
        return f"http://{LOOPBACK}:{self.bot_port}"

    def __enter__(self) -> "Stack":
        self.folder.mkdir(parents=True, exist_ok=True)
        self.token = secrets.token_urlsafe(16)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        self.start_bot()
        self.start_actions()
        self.start_api()

    def start_bot(self) -> None:
        self._announced = announced()
        command = [bot_program("python"), "-m", "rasa", "run", "--interface", LOOPBACK, "--port", str(self.bot_port)]
        command += [
            "--model",
            str(model_path(self.bot_folder)),
            "--endpoints",
            "endpoints.yml",
            "--credentials",
            self.credentials,
        ]
        self._launch("bot", command, self.bot_folder, bot_environment(self.bot_folder))

    def start_actions(self) -> None:
        command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(self.actions_port)]
        self._launch("actions", command, ROOT, {"SANIC_HOST": LOOPBACK, "PYTHONWARNINGS": "ignore"})

    def start_api(self) -> None:
        command = [sys.executable, "-m", "uvicorn", "--factory", "api.main:create_app", "--host", LOOPBACK]
        command += ["--port", str(self.api_port), "--no-access-log", "--log-level", "warning"]
        self._launch("api", command, ROOT, {})

    def wait_until_ready(self, waiting: Callable[[str], None] = lambda _: None) -> None:
        """Until /readyz says ready; raises OutOfService when a process ends or three minutes pass."""
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            self._refuse_ended()
            if self._says() == "ready":
                self._was_ready = True
                return
            waiting("waiting until everything answers")
            time.sleep(0.25)
        raise OutOfService(f"Not ready after {READY_WITHIN:.0f} s; see the logs in {self.folder}.")

    def wait(self) -> int:
        """Until somebody presses Ctrl-C (0), or the api ends (OutOfService). Bot and actions are started again."""
        try:
            while True:
                self.revive()
                self.follow()
                self._refuse_ended()
                time.sleep(0.5)
        except KeyboardInterrupt:
            print("\nStopping ...", flush=True)
            return 0

    def revive(self) -> None:
        """Starts bot or actions again when they ended, at most every ten seconds: the api answers danger meanwhile."""
        for name, start in (("bot", self.start_bot), ("actions", self.start_actions)):
            process = self.processes.get(name)
            if (
                process is None
                or process.poll() is None
                or time.monotonic() < self._revived.get(name, 0) + REVIVE_EVERY
            ):
                continue
            print(f"The {name} ended (code {process.returncode}); starting it again.", flush=True)
            self._revived[name] = time.monotonic()
            start()

    def follow(self) -> Thread | None:
        """Lets the bot take up a retrained model, while it goes on answering; returns who sees to it."""
        model = announced()
        if model == self._announced:
            return None
        self._announced = model
        asking = Thread(target=take_up, args=(self.bot_url, self.token, model), daemon=True)
        asking.start()
        return asking

    def stop(self, *names: str) -> None:
        """Stops `names`, or all: kindly first, then for good."""
        chosen = [self.processes.pop(name) for name in names or tuple(self.processes) if name in self.processes]
        for process in chosen:
            if process.poll() is None:
                process.terminate()
        until = time.monotonic() + STOP_WITHIN
        for process in chosen:
            try:
                process.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _launch(self, name: str, command: list[str], folder: Path, extra: Mapping[str, str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, **self._environment(), **extra, **self.extra},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    def _environment(self) -> dict[str, str]:
        return {
            "ACTIONS_URL": f"http://{LOOPBACK}:{self.actions_port}/webhook",
            "API_URL": self.url,
            "BOT_URL": self.bot_url,
            "BOT_TOKEN": self.token,
            "PUBLIC_BASE_URL": os.environ.get("PUBLIC_BASE_URL", self.url),
        }

    def _refuse_ended(self) -> None:
        for name, process in self.processes.items():
            if process.poll() is not None and not self._may_end(name):
                raise OutOfService(
                    f"The {name} ended (code {process.returncode}); its last words are in {self.folder}/{name}.log."
                )

    def _may_end(self, name: str) -> bool:
        """Once the stack was ready, only the end of the api ends it."""
        return self._was_ready and name != "api"

    def _says(self) -> str:
        try:
            return str(httpx2.get(f"{self.url}/readyz", timeout=5).json()["status"])
        except (httpx2.HTTPError, ValueError, KeyError):
            return "silent"


def _die_with_parent() -> None:
    # On Linux a child is told to end even when its parent is killed for good.
    if sys.platform == "linux":
        ctypes.CDLL("libc.so.6").prctl(DIE_WITH_PARENT, signal.SIGTERM)
