"""Twilio's forms, read strictly: what cannot be read is the sender's error (4xx), never ours (5xx)."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import regex
from starlette.datastructures import FormData, UploadFile

from api.errors import BumplineError

FIELDS_AT_MOST = 200
DIGITS_AT_MOST = 9
"""Fits a database column."""
OPT_OUT_TYPES = ("STOP", "START", "HELP")
_SID = regex.compile(r"[!-~]{1,64}")
_SENDER = regex.compile(r"\P{C}{1,64}")
_STATUS = regex.compile(r"[a-z_]{1,32}")


class FormNotReadable(BumplineError):
    code = "form_not_readable"


@dataclass(frozen=True)
class InboundText:
    """One text as Twilio reports it."""

    message_sid: str
    sender: str = field(repr=False)
    body: str = field(repr=False)
    num_media: int
    opt_out_type: str | None


@dataclass(frozen=True)
class StatusReport:
    """What Twilio says became of a text. `outbox_id` is ours, from the signed query."""

    message_sid: str
    status: str
    error_code: int | None
    outbox_id: int | None


def read_form(body: bytes) -> FormData:
    """Every field of a form body, blanks and repeats included; raises FormNotReadable."""
    try:
        pairs: list[tuple[str, str | UploadFile]] = list(
            parse_qsl(
                body.decode("utf-8"),
                keep_blank_values=True,
                strict_parsing=bool(body),
                encoding="utf-8",
                errors="strict",
                max_num_fields=FIELDS_AT_MOST,
            )
        )
    except ValueError as error:
        raise FormNotReadable("The form cannot be read. Send it as UTF-8, URL-encoded.") from error
    return FormData(pairs)


def inbound_text(form: FormData) -> InboundText:
    """Raises FormNotReadable when what we need is not there; other fields are left alone."""
    media, opt_out = _number(_first(form, "NumMedia")), _first(form, "OptOutType").upper()
    return InboundText(
        message_sid=_matching(form, "MessageSid", _SID),
        sender=_matching(form, "From", _SENDER),
        body=_first(form, "Body"),
        num_media=min(media or 0, 99),
        opt_out_type=opt_out if opt_out in OPT_OUT_TYPES else None,
    )


def status_report(form: FormData, outbox_id: str | None) -> StatusReport:
    """Raises FormNotReadable when there is no message or no status."""
    return StatusReport(
        message_sid=_matching(form, "MessageSid", _SID),
        status=_matching(form, "MessageStatus", _STATUS),
        error_code=_number(_first(form, "ErrorCode")),
        outbox_id=_number(outbox_id or ""),
    )


def _first(form: FormData, name: str) -> str:
    values = form.getlist(name)
    return str(values[0]) if values else ""


def _matching(form: FormData, name: str, shape: regex.Pattern[str]) -> str:
    value = _first(form, name)
    if not shape.fullmatch(value):
        raise FormNotReadable(f"The form has no usable {name}.")
    return value


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS_AT_MOST else None
