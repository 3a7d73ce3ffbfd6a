"""Who carries a text out of the house. One try each: what may be repeated is the outbox's decision."""

import logging
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from requests import exceptions as http
from twilio.base.exceptions import TwilioRestException  # type: ignore[import-untyped]
from twilio.http.http_client import TwilioHttpClient  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]
from urllib3.exceptions import MaxRetryError, NewConnectionError

from api.channels.sms.numbers import Mobile
from api.channels.sms.outcomes import Attempt, Outcome, attempt_refused
from api.settings import Settings

log = logging.getLogger(__name__)
TWILIO = "https://api.twilio.com"


@dataclass(frozen=True)
class TextToSend:
    outbox_id: int
    to: Mobile
    body: str


class Sender(Protocol):
    def send(self, text: TextToSend) -> Attempt:
        """One attempt; never raises."""


class ConsoleSender:
    """Carries nothing anywhere: texts are to be read at /dev/sms."""

    def send(self, text: TextToSend) -> Attempt:
        return Attempt(Outcome.DELIVERED, message_sid=f"console-{text.outbox_id}")


class TwilioSender:
    """Sends through Twilio's own client."""

    def __init__(self, settings: Settings) -> None:
        http_client = _QuietClient(settings.twilio_api_url, timeout=settings.twilio_timeout)
        token = settings.twilio_auth_tokens[0]
        # Taken out here because the client loads itself on first use, which takes a second no text should wait in.
        self._messages = Client(settings.twilio_account_sid, token, http_client=http_client).messages
        self._callback = f"{settings.public_base_url.split('#')[0].rstrip('/')}/sms/twilio/status?o="
        if settings.twilio_messaging_service_sid:
            self._from = {"messaging_service_sid": settings.twilio_messaging_service_sid}
        else:
            self._from = {"from_": settings.twilio_from_number}

    def send(self, text: TextToSend) -> Attempt:
        callback = f"{self._callback}{text.outbox_id}"
        try:
            message = self._messages.create(to=text.to.e164, body=text.body, status_callback=callback, **self._from)
            return Attempt(Outcome.ACCEPTED, message_sid=str(message.sid)) if message.sid else Attempt(Outcome.UNKNOWN)
        except TwilioRestException as error:
            return attempt_refused(int(error.status), error.code)
        except Exception as error:
            # The words of these errors can hold the number, so only their kind is logged.
            log.warning("sending text %d: %s", text.outbox_id, type(error).__name__)
            return Attempt(Outcome.TRY_LATER if was_never_sent(error) else Outcome.UNKNOWN)


def make_sender(settings: Settings) -> Sender:
    return TwilioSender(settings) if settings.has_twilio else ConsoleSender()


def was_never_sent(error: Exception) -> bool:
    """Whether the connection itself failed, so that nothing can have reached Twilio."""
    if isinstance(error, http.ConnectTimeout):
        return True
    cause = error.args[0] if isinstance(error, http.ConnectionError) and error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


class _QuietClient(TwilioHttpClient):  # type: ignore[misc]
    """Asks the host in the settings, repeats nothing, and logs nothing: requests hold numbers."""

    def __init__(self, api_url: str, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self._host = urlsplit(api_url.rstrip("/"))
        self._is_moved = api_url.rstrip("/") != TWILIO

    def request(self, method: str, url: str, *args: Any, **more: Any) -> Any:
        if self._is_moved:
            url = urlsplit(url)._replace(scheme=self._host.scheme, netloc=self._host.netloc).geturl()
        return super().request(method, url, *args, **more)

    def log_request(self, kwargs: dict[str, Any]) -> None:
        return None

    def log_response(self, status_code: int, response: Any) -> None:
        return None
