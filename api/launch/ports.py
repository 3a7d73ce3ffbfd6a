"""Ports on this machine."""

import socket

from api.errors import Conflict

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A port nobody uses just now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def refuse_taken_port(port: int) -> None:
    """Raises Conflict, saying what to do, when somebody else listens on `port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise Conflict(
                f"Port {port} is taken by another program: stop it, or choose another with `make run PORT={port + 1}`."
            ) from error
