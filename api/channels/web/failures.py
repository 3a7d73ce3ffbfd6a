"""Whatever fails, a family gets a page that says so, keeps the words typed, and shows the number to call."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.responses import Response

from api.channels.web.showing import Problem, problem_shown
from api.channels.web.visits import Visit, visit_as_known
from api.conversations.assembly import Parts
from api.errors import BumplineError, TextEmpty, TextTooLong, TooMany, Unusable
from api.origin import is_ours

log = logging.getLogger(__name__)
FAILED = Problem("failed", 500)
REFUSED = Problem("refused", 403)


class FamilyRoute(APIRoute):
    """A route of the families' pages: its errors are pages, not JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await handler(request)
            except Exception as error:
                return await _answered(request, error)

        return handle


def refused(request: Request, assembled: Parts, seen: Visit, text: str = "") -> Response | None:
    """A page that says no when the form was not ours; None when it was."""
    if is_ours(request.headers, assembled.settings.public_base_url):
        return None
    return problem_shown(assembled, seen, REFUSED, text)


def problem_of(error: Exception, text: str) -> Problem:
    """What to tell a family about `error`; only what they can mend is told apart."""
    if isinstance(error, TextEmpty):
        return Problem("text_empty", error.status)
    if isinstance(error, TextTooLong):
        return Problem("text_too_long", error.status, count=len(text))
    if isinstance(error, TooMany):
        return Problem("too_many", error.status)
    if isinstance(error, BumplineError):
        return Problem("failed", error.status)
    if isinstance(error, HTTPException):
        return Problem("failed", error.status_code)
    if isinstance(error, RequestValidationError):
        return Problem("failed", Unusable.status)
    return FAILED


async def _answered(request: Request, error: Exception) -> Response:
    if not isinstance(error, BumplineError | HTTPException | RequestValidationError):
        log.error("unexpected on a page: %s", type(error).__name__)
    typed = await _typed(request)
    text = typed.get("text", "").replace("\r\n", "\n")
    assembled = request.app.state.parts
    conversation, language = typed.get("conversation", ""), typed.get("language", "")
    seen = visit_as_known(request, assembled, conversation=conversation, language=language)
    return await run_in_threadpool(problem_shown, assembled, seen, problem_of(error, text), text)


async def _typed(request: Request) -> dict[str, str]:
    """The form, if it can be read at all."""
    if request.method != "POST":
        return {}
    try:
        form = await request.form()
    except (HTTPException, MultiPartException, RuntimeError, ValueError):
        return {}
    return {name: value for name, value in form.items() if isinstance(value, str)}
