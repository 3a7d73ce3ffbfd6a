"""What holds for every request: body size, rate, headers, and errors in one shape."""

import hmac
import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as ASGIMessage

from api.errors import BumplineError, OutOfService, TooLarge, TooMany

log = logging.getLogger(__name__)
BODY_LIMIT = 64 * 1024
MEGABYTE = 1024 * 1024
UPLOADS = {
    ("POST", "/editors/directory/import"): 20 * MEGABYTE + BODY_LIMIT,
    ("POST", "/editors/files"): 4 * MEGABYTE + BODY_LIMIT,
    ("POST", "/editors/files/suggest"): MEGABYTE + BODY_LIMIT,
}
"""Where a file may be larger; the form around it counts too."""
PHRASES, PHRASES_LIMIT = "/editors/red-flags/", MEGABYTE
"""A form with phrases of danger may hold a whole list of them: up to 80 KB of letters."""
CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 415: "unsupported_media_type"}


def add_middleware(app: FastAPI, *, frame_ancestors: str) -> None:
    """Body limit and compression inside, security headers on everything that goes out."""
    app.add_middleware(GZipMiddleware, minimum_size=600)
    app.add_middleware(BodyLimit)
    app.add_middleware(Protect, frame_ancestors=frame_ancestors)


def body_limit(scope: Scope) -> int:
    """Bytes that a request may carry."""
    method, path = scope.get("method", ""), scope["path"]
    usual = PHRASES_LIMIT if method == "POST" and path.startswith(PHRASES) else BODY_LIMIT
    return UPLOADS.get((method, path), usual)


class BodyLimit:
    """A limit for every request, a larger one for uploads."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        limits = (BODY_LIMIT, PHRASES_LIMIT, *UPLOADS.values())
        self._limited = {limit: RequestBodyLimitMiddleware(app, limit) for limit in limits}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        limited = self._limited[body_limit(scope)] if scope["type"] == "http" else self._app
        await limited(scope, receive, send)


class Protect:
    """Security headers on every answer, and a body that is too large refused in our own shape.

    Plain ASGI: Starlette's middleware for functions starts a task group for every request.
    """

    def __init__(self, app: ASGIApp, frame_ancestors: str) -> None:
        self._app = app
        self._frame_ancestors = frame_ancestors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = _headers(scope["path"], self._frame_ancestors)
        is_too_large = False

        async def protected(message: ASGIMessage) -> None:
            nonlocal is_too_large
            if message["type"] == "http.response.start":
                is_too_large = message["status"] == TooLarge.status
                for name, value in headers.items():
                    MutableHeaders(scope=message).setdefault(name, value)
            if not is_too_large:
                await send(message)

        await self._app(scope, receive, protected)
        if is_too_large:
            size = f"{body_limit(scope) // 1024:,} KB"
            answer = error_response(TooLarge(f"The request is larger than {size}. Send less."))
            answer.headers.update(headers)
            await answer(scope, receive, send)


def add_error_handlers(app: FastAPI) -> None:
    """Every failure ends as `{"error": {"code", "message"}}`, never a stack trace."""
    app.add_exception_handler(BumplineError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(SQLAlchemyError, _database)
    app.add_exception_handler(Exception, _unexpected)


def error_response(error: BumplineError) -> JSONResponse:
    return JSONResponse({"error": {"code": error.code, "message": error.message}}, status_code=error.status)


class RateLimit:
    """At most `per_minute` requests from one address in any minute; kept in memory, per process."""

    def __init__(self, per_minute: int, own_token: str = "") -> None:
        self._own = f"Bearer {own_token}" if own_token else ""
        self._item = RateLimitItemPerMinute(per_minute)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, request: Request) -> None:
        """A dependency of every route that does work; raises TooMany. Our own actions are not counted."""
        if self._own and hmac.compare_digest(request.headers.get("authorization", "").encode(), self._own.encode()):
            return
        address = request.client.host if request.client else "unknown"
        if not self._limiter.hit(self._item, address):
            raise TooMany("Too many requests from this address. Wait a minute and try again.")


OPEN_DATA = ("/open-referral", "/api/v1/services")


def _headers(path: str, frame_ancestors: str) -> dict[str, str]:
    """Only /widget may be framed, and only by `frame_ancestors`. Open data may be read from any site, errors too."""
    ancestors = frame_ancestors if path.startswith("/widget") else "'none'"
    return {
        **({"Access-Control-Allow-Origin": "*"} if path.startswith(OPEN_DATA) else {}),
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            f"form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors {ancestors}"
        ),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }


async def _ours(_: Request, error: Exception) -> Response:
    assert isinstance(error, BumplineError)
    return error_response(error)


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"]) or "request"
    body = {"code": "invalid", "message": f"{where}: {first['msg']}."}
    status = 400 if first["type"] == "json_invalid" else 422
    return JSONResponse({"error": body}, status_code=status)


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    body = {"code": CODES.get(error.status_code, "error"), "message": str(error.detail)}
    return JSONResponse({"error": body}, status_code=error.status_code, headers=error.headers)


async def _database(_: Request, error: Exception) -> Response:
    log.error("database: %s", type(error).__name__)
    return error_response(OutOfService("The database does not answer just now. Please try again soon."))


async def _unexpected(_: Request, error: Exception) -> Response:
    log.error("unexpected: %s", type(error).__name__)
    return JSONResponse({"error": {"code": "error", "message": "Something went wrong here."}}, status_code=500)
