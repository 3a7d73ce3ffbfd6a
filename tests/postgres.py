"""A real PostgreSQL of our own for the tests: started on a free loopback port, gone afterwards."""

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from api.launch.ports import LOOPBACK, free_port


def programs() -> Path | None:
    """The folder of initdb and postgres, newest version first; None when PostgreSQL is not installed."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda p: int(p.split("/")[4]), reverse=True)
    on_path = shutil.which("initdb")
    chosen = found[0] if found else on_path
    return Path(chosen).parent if chosen else None


@contextmanager
def server() -> Iterator[str]:
    """Yields the URL of its maintenance database, `postgresql+psycopg://…/postgres`."""
    folder = programs()
    assert folder is not None
    data = Path(tempfile.mkdtemp(prefix="bumpline-postgres-"))
    owner = _owner()
    if owner:
        shutil.chown(data, owner)
    port = free_port()
    _run(owner, [str(folder / "initdb"), "-D", str(data / "db"), "-U", "bumpline", "-A", "trust", "-E", "UTF8"])
    options = ["-c", f"listen_addresses={LOOPBACK}", "-c", f"unix_socket_directories={data}", "-c", "fsync=off"]
    command = [str(folder / "postgres"), "-D", str(data / "db"), "-p", str(port), *options]
    process = subprocess.Popen(_as(owner, command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield f"postgresql+psycopg://bumpline@{LOOPBACK}:{port}/postgres"
    finally:
        process.terminate()
        process.wait(timeout=30)
        shutil.rmtree(data, ignore_errors=True)


def create_database(maintenance: str, name: str, template: str | None = None) -> str:
    """Creates a database, empty or as a copy; returns its URL."""
    with psycopg.connect(maintenance.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
    return maintenance.rsplit("/", 1)[0] + f"/{name}"


def drop_database(maintenance: str, name: str) -> None:
    with psycopg.connect(maintenance.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _owner() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as the user its package made."""
    if os.geteuid() != 0:
        return None
    return pwd.getpwnam("postgres").pw_name


def _as(owner: str | None, command: list[str]) -> list[str]:
    return ["runuser", "-u", owner, "--", *command] if owner else command


def _run(owner: str | None, command: list[str]) -> None:
    subprocess.run(_as(owner, command), check=True, stdout=subprocess.DEVNULL, cwd="/")


def _wait(port: int) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(host=LOOPBACK, port=port, user="bumpline", dbname="postgres", connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
