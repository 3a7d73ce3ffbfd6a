"""Gets the tools and both Python environments. Needs only Python 3.8 or newer and the network.

usage: python3 .make/setup.py run|test
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
UV_VERSION = "0.13.9"
API_PYTHON = ("3.12", "3.13", "3.11")
BOT_PYTHON = ("3.10",)


class SetupFailed(Exception):
    """Says in one sentence what went wrong and what to do."""


def main():
    began = time.monotonic()
    try:
        refuse_full_disk()
        uv = find_uv()
        extra = [] if "test" in sys.argv else ["--no-dev", "--inexact"]
        environment(uv, ROOT, API_PYTHON, "api", 0.4, extra)
        environment(uv, ROOT / "bot", BOT_PYTHON, "bot (Rasa, about 2.5 GB the first time)", 2.5, extra)
        if "test" in sys.argv:
            peers()
    except SetupFailed as failed:
        sys.exit("\nSet-up stopped. %s" % failed)
    say("Environments ready in %.0f s." % (time.monotonic() - began))


def refuse_full_disk():
    needed = 0.3 if (ROOT / "bot" / ".venv").exists() else 6.0
    free = shutil.disk_usage(str(ROOT)).free / 1e9
    if free < needed:
        raise SetupFailed(
            "The disk has %.1f GB free and %.0f GB are needed: free some space and run again." % (free, needed)
        )


def find_uv():
    """uv of the wanted version in .tools, else installed there from PyPI."""
    uv = TOOLS / "bin" / "uv"
    if uv.exists() and UV_VERSION in output([str(uv), "--version"]):
        return str(uv)
    say("Getting uv %s ..." % UV_VERSION)
    shutil.rmtree(str(TOOLS), ignore_errors=True)
    package = "uv==" + UV_VERSION
    if run([sys.executable, "-m", "venv", str(TOOLS)]) == 0:
        code = run([str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet", package])
    else:  # Debian without python3-venv still has a pip that can install into a folder
        shutil.rmtree(str(TOOLS), ignore_errors=True)
        code = run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(TOOLS), package])
    if code or not uv.exists():
        raise SetupFailed(
            "uv could not be downloaded from PyPI: check the network and run again (or install python3-venv)."
        )
    return str(uv)


def environment(uv, folder, versions, name, gigabytes, extra):
    python = interpreter(versions)
    wanted = [uv, "sync", "--frozen", "--quiet", "--project", str(folder), "--python", python, *extra]
    began = time.monotonic()
    if run([*wanted, "--check"], quiet=True) == 0:
        return
    say("Environment of the %s ..." % name)
    if run(wanted):
        raise SetupFailed(
            "The packages of the %s could not be installed: check the network and that %.1f GB are free, then run "
            "again (what was downloaded is kept)." % (name, gigabytes)
        )
    say("      done in %.0f s" % (time.monotonic() - began))


def peers():
    """The npm programs that tests compare with. Without npm those tests say that they did not run."""
    for package in sorted(ROOT.glob("tests/*/*/package-lock.json")):
        if shutil.which("npm") and not (package.parent / "node_modules").exists():
            say("Getting %s from npm ..." % package.parent.name)
            run(
                [
                    "npm",
                    "ci",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    "--silent",
                    "--prefix",
                    str(package.parent),
                ]
            )


def interpreter(versions):
    """An interpreter of the first version that is here; uv does not look into pyenv's folder by itself."""
    pyenv = Path(os.environ.get("PYENV_ROOT", str(Path.home() / ".pyenv"))) / "versions"
    for version in versions:
        for found in sorted(pyenv.glob(version + ".*"), reverse=True):
            if (found / "bin" / "python").exists():
                return str(found / "bin" / "python")
        if shutil.which("python" + version):
            return shutil.which("python" + version)
    return versions[0]


def run(command, quiet=False):
    environment = dict(os.environ, UV_PROJECT_ENVIRONMENT="")
    environment.pop("UV_PROJECT_ENVIRONMENT")
    environment.pop("VIRTUAL_ENV", None)
    silence = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.call(command, env=environment, stdout=silence, stderr=silence)
    except OSError:
        return 1


def output(command):
    try:
        return subprocess.check_output(command).decode()
    except (OSError, subprocess.CalledProcessError):
        return ""


def say(line):
    print(line, flush=True)


if __name__ == "__main__":
    main()
