"""Plugs the SMS room into the house: its routes and its worker."""

from collections.abc import Callable
from datetime import timedelta

from fastapi import FastAPI

from api.channels.sms import dev_pages, endpoints
from api.channels.sms.inbound import InboundTexts
from api.channels.sms.numbers import number_keeper
from api.channels.sms.outbox import Outbox
from api.channels.sms.rechecking import Recheck
from api.channels.sms.senders import Sender, make_sender
from api.channels.sms.served import ServedWords, ShownServices
from api.channels.sms.worker import SmsWorker
from api.conversations.assembly import Parts
from api.settings import Settings


def add_routes(app: FastAPI, settings: Settings) -> None:
    """The webhooks always; the developer's page only where no real text can go out."""
    app.include_router(endpoints.router)
    if dev_pages.is_allowed(settings):
        app.include_router(dev_pages.router)


def make_worker(parts: Parts, sender: Sender | None = None) -> SmsWorker:
    """A worker on its own threads; `close()` at its end."""
    settings = parts.settings
    keeper = number_keeper(settings.secret_key)
    inbound = InboundTexts(
        database=parts.database,
        conversations=parts.conversations,
        keeper=keeper,
        languages=parts.catalogue.languages,
        allow_fiction=settings.sms_allow_fiction_numbers,
    )
    outbox = Outbox(
        database=parts.database,
        keeper=keeper,
        sender=sender or make_sender(settings),
        recheck=Recheck(
            ServedWords(parts.database, parts.catalogue.drafts_allowed).is_still_served,
            ShownServices(parts.database, parts.catalogue.trust).is_still_shown,
        ),
        instead=inbound.apology,
        lease=timedelta(seconds=2 * settings.twilio_timeout + 30),
    )
    return SmsWorker(parts.database, inbound, outbox)


def sms_step(parts: Parts) -> Callable[[], int]:
    """One step of the room's work, to be called again and again; returns how much was done."""
    return make_worker(parts).run_once
