"""A stand-in for Twilio that remembers: checks requests against its own description, refuses, delays, reports, signs.

Magic numbers, all from Ofcom's range kept for fiction:
07700 900610 opted out, 900211 not a valid number, 900429 too many requests (twice, then fine),
900503 not available (once, then fine), 900500 an error after it was taken, 900599 taken but answered too late.
"""

import asyncio
import base64
import json
import secrets
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import jsonschema
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

OPENAPI = json.loads((Path(__file__).parent / "twilio_messages_openapi.json").read_text(encoding="utf-8"))
MESSAGES = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
FICTION = "+447700900"
OPTED_OUT, NOT_VALID, TOO_MANY, NOT_AVAILABLE, BROKEN, TOO_SLOW = (
    FICTION + digits for digits in ("610", "211", "429", "503", "500", "599")
)
REFUSALS_THEN_FINE = {TOO_MANY: (429, 20429, 2), NOT_AVAILABLE: (503, 20503, 1)}
LONGEST = 1600


def _form_schema() -> dict[str, Any]:
    content = OPENAPI["paths"][MESSAGES]["post"]["requestBody"]["content"]
    schema = dict(content["application/x-www-form-urlencoded"]["schema"])
    return {**schema, "additionalProperties": False, "components": OPENAPI["components"]}


FORM = jsonschema.Draft7Validator(_form_schema())


@dataclass(frozen=True)
class SignedRequest:
    """What Twilio would send to one of our webhooks."""

    path: str
    body: bytes
    headers: dict[str, str]


@dataclass
class Taken:
    """One text that Twilio has taken."""

    sid: str
    to: str
    body: str
    status_callback: str


@dataclass
class FakeTwilio:
    account_sid: str = "AC" + "a" * 32
    auth_token: str = "a-token-for-tests"
    answers_after: float = 2.0
    knows_us: bool = True
    taken: list[Taken] = field(default_factory=list)
    tried: Counter[str] = field(default_factory=Counter)

    def to(self, number: str) -> list[Taken]:
        return [text for text in self.taken if text.to == number]

    def bodies(self, number: str) -> list[str]:
        return [text.body for text in self.to(number)]

    def signed(self, url: str, fields: dict[str, str], algorithm: str | None = None) -> SignedRequest:
        """A webhook for `url` as Twilio signs it."""
        signature = RequestValidator(self.auth_token).compute_signature(url, fields, algorithm)
        parts = urlsplit(url)
        headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
        if algorithm:
            headers["X-Twilio-Webhooks-Signature-Settings"] = f"key=one,algorithm={algorithm}"
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        return SignedRequest(path, urlencode(fields).encode(), headers)

    def text_from(self, number: str, body: str, base: str, **more: str) -> SignedRequest:
        fields = {
            "MessageSid": "SM" + secrets.token_hex(16),
            "AccountSid": self.account_sid,
            "From": number,
            "To": FICTION + "000",
            "Body": body,
            "NumMedia": "0",
            "NumSegments": "1",
            "ApiVersion": "2010-04-01",
            "AFieldOfNextYear": "",
            **more,
        }
        return self.signed(f"{base}/sms/twilio/inbound", fields)

    def report_on(self, text: Taken, status: str, error_code: int | None = None) -> SignedRequest:
        fields = {"MessageSid": text.sid, "MessageStatus": status, "SmsSid": text.sid, "To": text.to}
        if error_code:
            fields["ErrorCode"] = str(error_code)
        return self.signed(text.status_callback, fields)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/2010-04-01/Accounts/{account}/Messages.json")
        async def create(account: str, request: Request) -> JSONResponse:
            if not self._is_signed_in(request, account):
                return _refusal(401, 20003)
            form = {name: str(value) for name, value in (await request.form()).multi_items()}
            if not FORM.is_valid(form) or not ("From" in form or "MessagingServiceSid" in form):
                return _refusal(400, 21602)
            return await self._answer(form)

        return app

    async def _answer(self, form: dict[str, str]) -> JSONResponse:
        to = form["To"]
        self.tried[to] += 1
        if to == OPTED_OUT:
            return _refusal(400, 21610)
        if to == NOT_VALID or not to.startswith("+44"):
            return _refusal(400, 21211)
        if len(form.get("Body", "")) > LONGEST:
            return _refusal(400, 21617)
        status, code, times = REFUSALS_THEN_FINE.get(to, (0, 0, 0))
        if self.tried[to] <= times:
            return _refusal(status, code)
        text = Taken("SM" + secrets.token_hex(16), to, form["Body"], form.get("StatusCallback", ""))
        self.taken.append(text)
        if to == BROKEN:
            return _refusal(500, 20500)
        if to == TOO_SLOW:
            await asyncio.sleep(self.answers_after)
        return JSONResponse({"sid": text.sid, "to": to, "body": text.body, "status": "accepted"}, status_code=201)

    def _is_signed_in(self, request: Request, account: str) -> bool:
        expected = base64.b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        is_right = request.headers.get("authorization") == f"Basic {expected}"
        return self.knows_us and is_right and account == self.account_sid


def _refusal(status: int, code: int) -> JSONResponse:
    """As Twilio words it: with the number, which must not reach our logs."""
    message = f"The number {FICTION}123 cannot be used."
    return JSONResponse({"status": status, "code": code, "message": message}, status_code=status)
