"""Twilio's webhooks: verify, store, answer; the worker does the rest."""

import asyncio
import logging
from collections.abc import Callable
from typing import Annotated
from xml.sax.saxutils import escape

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import FormData

from api.channels.sms.forms import FormNotReadable, InboundText, inbound_text, read_form, status_report
from api.channels.sms.receiving import receive_report, receive_text
from api.channels.sms.signatures import (
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    is_from_twilio,
    signed_url,
)
from api.conversations.assembly import Parts
from api.dependencies import parts
from api.errors import BumplineError, NotFound, OutOfService, TooLarge

log = logging.getLogger(__name__)
router = APIRouter(prefix="/sms/twilio", tags=["sms"])
Assembled = Annotated[Parts, Depends(parts)]

BODY_LIMIT = 64 * 1024
STORED_WITHIN = 10.0
"""Twilio hangs up after 15 seconds; a database that hangs must not take the urgent answer with it."""
EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


class NotFromTwilio(BumplineError):
    status = 403
    code = "not_from_twilio"


class NotAForm(BumplineError):
    status = 415
    code = "not_a_form"


@router.post("/inbound")
async def receive_inbound(request: Request, assembled: Assembled) -> Response:
    """One text from a family, stored before it is answered for."""
    text = inbound_text(await signed_form(request, assembled))
    if await _is_stored(lambda: receive_text(assembled, text)):
        return _twiml(EMPTY)
    return await asyncio.to_thread(_answer_without_database, assembled, text)


@router.post("/status")
async def receive_status(request: Request, assembled: Assembled) -> Response:
    """What became of a text we sent."""
    report = status_report(await signed_form(request, assembled), request.query_params.get("o"))
    if await _is_stored(lambda: receive_report(assembled, report)):
        return _twiml(EMPTY)
    raise OutOfService("The report could not be kept. Please send it again.")


async def signed_form(request: Request, assembled: Parts) -> FormData:
    """The form, once its signature holds; raises NotFound without a token, NotFromTwilio, TooLarge, FormNotReadable."""
    tokens = assembled.settings.twilio_auth_tokens
    if not tokens:
        raise NotFound("There is nothing here.")
    body = await _body(request)
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/x-www-form-urlencoded":
        raise NotAForm("Send a URL-encoded form.")
    form = read_form(body)
    is_signed = is_from_twilio(
        tokens=tokens,
        url=signed_url(assembled.settings.public_base_url, request.url.path, request.scope["query_string"]),
        form=form,
        signature=request.headers.get(SIGNATURE_HEADER),
        settings=request.headers.get(SIGNATURE_SETTINGS_HEADER),
    )
    if not is_signed:
        raise NotFromTwilio("The signature does not fit this request.")
    return form


async def _body(request: Request) -> bytes:
    announced = request.headers.get("content-length", "0")
    if not announced.isdigit():
        raise FormNotReadable("The length of the form is not a number.")
    body = bytearray()
    if int(announced) <= BODY_LIMIT:
        async for part in request.stream():
            body += part
            if len(body) > BODY_LIMIT:
                break
        else:
            return bytes(body)
    raise TooLarge(f"The form is larger than {BODY_LIMIT // 1024} KB.")


async def _is_stored(store: Callable[[], None]) -> bool:
    try:
        async with asyncio.timeout(STORED_WITHIN):
            await asyncio.to_thread(store)
    except (SQLAlchemyError, TimeoutError) as error:
        log.error("the database cannot be written: %s", type(error).__name__)
        return False
    return True


def _answer_without_database(assembled: Parts, text: InboundText) -> Response:
    """Danger is answered in the response itself; anything else is asked for again."""
    urgent = assembled.conversations.urgent_only(text.body, None, "sms")
    if urgent is None:
        raise OutOfService("The text could not be kept. Please send it again.")
    return _twiml(f"{EMPTY.removesuffix('<Response/>')}<Response><Message>{escape(urgent.text)}</Message></Response>")


def _twiml(xml: str) -> Response:
    return Response(xml, media_type="text/xml")
