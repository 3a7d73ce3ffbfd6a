"""Static files, kept by browsers for a year: their address changes with their content."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).resolve().parent / "static"
PATH = "/static"
A_YEAR = "public, max-age=31536000, immutable"


class HashedFiles(StaticFiles):
    """A year for the address with the right hash; asked again every time without one."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        is_exact = scope["query_string"].decode("latin-1") == f"v={content_hash(path)}"
        response.headers["Cache-Control"] = A_YEAR if is_exact else "no-cache"
        return response


def add_static_files(app: FastAPI) -> None:
    app.mount(PATH, HashedFiles(directory=FOLDER), name="static")


def static_url(name: str) -> str:
    """The address of `name` with its hash; a missing file stops the start."""
    return f"{PATH}/{name}?v={content_hash(name)}"


@cache
def content_hash(name: str) -> str:
    return sha256((FOLDER / name).read_bytes()).hexdigest()[:12]
