"""/dev/sms: try the SMS room without a phone or an account. Only in demonstration, only with no Twilio configured."""

import secrets
from datetime import datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import FileResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from sqlalchemy.orm import Session

from api.channels.sms import outbound_repository, repository
from api.channels.sms.forms import InboundText
from api.channels.sms.models import InboundSms
from api.channels.sms.numbers import NotAMobile, NumberKeeper, mobile, number_keeper
from api.channels.sms.receiving import receive_text
from api.channels.sms.states import UNSENT
from api.conversations.assembly import Parts
from api.dependencies import parts
from api.errors import BumplineError, NotFound, Unusable
from api.origin import is_ours
from api.settings import Settings

HERE = Path(__file__).parent
PHONES = tuple(f"0770090012{n}" for n in range(4))
SHOWN = 40

router = APIRouter(prefix="/dev", include_in_schema=False)
pages = Jinja2Templates(HERE / "templates")


class FromAnotherSite(BumplineError):
    status = 403
    code = "from_another_site"


def is_allowed(settings: Settings) -> bool:
    return not settings.is_production and not settings.has_twilio and not settings.twilio_auth_tokens


def demonstration(assembled: Annotated[Parts, Depends(parts)]) -> Parts:
    if not is_allowed(assembled.settings):
        raise NotFound("There is nothing here.")
    return assembled


Demonstration = Annotated[Parts, Depends(demonstration)]


@router.get("/sms.css")
def style() -> Response:
    return FileResponse(HERE / "static" / "dev.css", media_type="text/css")


@router.get("/sms")
def show_texts(request: Request, assembled: Demonstration, phone: str = PHONES[0]) -> Response:
    """Every text in and out, newest first; renews itself while something is under way."""
    keeper = number_keeper(assembled.settings.secret_key)
    with assembled.database.read() as session:
        texts = _texts(session, keeper)
        is_busy = repository.texts_waiting(session) > 0 or any(text["state"] in UNSENT for text in texts)
    context = {
        "phones": PHONES,
        "phone": phone if phone in PHONES else PHONES[0],
        "texts": texts,
        "is_busy": is_busy,
        "may_answer": assembled.settings.sms_allow_fiction_numbers,
    }
    return pages.TemplateResponse(request, "dev_sms.html", context)


@router.post("/sms")
def send_text(
    request: Request,
    assembled: Demonstration,
    phone: Annotated[str, Form(max_length=20)],
    text: Annotated[str, Form(max_length=1600)] = "",
    picture: Annotated[bool, Form()] = False,
) -> Response:
    """Puts one text in the queue, as if a family had sent it."""
    # A program that is no browser says nothing of where it comes from, and may try this page.
    is_browser = any(name in request.headers for name in ("sec-fetch-site", "origin", "referer"))
    if is_browser and not is_ours(request.headers, assembled.settings.public_base_url):
        raise FromAnotherSite("This form works only from its own page.")
    if phone not in PHONES:
        raise Unusable("Choose one of the numbers on the page.")
    sid = f"dev-{secrets.token_hex(12)}"
    receive_text(assembled, InboundText(sid, phone, text, int(picture), None))
    return RedirectResponse(f"/dev/sms?phone={phone}", status_code=303)


def _texts(session: Session, keeper: NumberKeeper) -> list[dict[str, object]]:
    came = [_came(row, keeper) for row in repository.newest_texts(session, SHOWN)]
    went = [
        {
            "way": "out",
            "phone": _shown(row.to_encrypted, keeper),
            "at": row.created_at,
            "body": row.body,
            "state": row.state,
            "encoding": row.encoding,
            "segments": row.segments,
            "keys": [said["key"] for said in row.said],
        }
        for row in outbound_repository.newest(session, SHOWN)
    ]
    return sorted([*came, *went], key=_moment, reverse=True)[:SHOWN]


def _came(row: InboundSms, keeper: NumberKeeper) -> dict[str, object]:
    return {
        "way": "in",
        "phone": _shown(row.from_encrypted, keeper),
        "at": row.received_at,
        "body": _readable(row.body_encrypted, keeper),
        "state": row.state,
    }


def _moment(text: dict[str, object]) -> datetime:
    at = text["at"]
    assert isinstance(at, datetime)
    return at


def _shown(encrypted: str, keeper: NumberKeeper) -> str:
    """Only the numbers of this page are shown whole."""
    try:
        number = "0" + mobile(_readable(encrypted, keeper), allow_fiction=True).e164.removeprefix("+44")
    except NotAMobile:
        return "another number"
    return number if number in PHONES else "another number"


def _readable(encrypted: str, keeper: NumberKeeper) -> str:
    try:
        return keeper.decrypt(encrypted)
    except Exception:
        return ""
