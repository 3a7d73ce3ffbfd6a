"""The bot, asked over HTTP: one call a message, a short wait, and silence treated as an ordinary event."""

import logging
import time
from dataclasses import dataclass, field
from typing import Any

import httpx2
from pydantic import BaseModel, ValidationError

from api.conversations.schemas import Alternative

log = logging.getLogger(__name__)
REST_AFTER_SILENCE = 3.0


class BotLanguage(BaseModel):
    code: str | None = None
    script: str = "Latn"
    confidence: float = 0.0
    sure: bool = False


class BotUnderstood(BaseModel):
    """`danger`: the share of all urgent keys together; None is no opinion, never "none"."""

    asked_back: bool = False
    ranking: list[Alternative] = []
    danger: float | None = None
    language: BotLanguage = BotLanguage()


class Say(BaseModel):
    """One key the bot wants said, with what goes with it."""

    say: str
    offer: str | None = None
    values: dict[str, str] = {}
    set_language: str | None = None
    need: str | None = None
    postcode: str | None = None


class BotReply(BaseModel):
    understood: BotUnderstood = BotUnderstood()
    say: list[Say] = []


class BotSilent(Exception):
    """The bot did not answer in time, or not in words we know."""


@dataclass
class Bot:
    """A client for the bot's own channel. When nobody is there it is left alone for three seconds."""

    url: str
    token: str
    timeout: float
    _client: httpx2.Client = field(init=False, repr=False)
    _silent_until: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        limits = httpx2.Limits(max_connections=64, max_keepalive_connections=32)
        self._client = httpx2.Client(base_url=self.url, headers=headers, timeout=self.timeout, limits=limits)

    def converse(
        self, sender: str, text: str, *, context: dict[str, str | None], key: str | None, entities: dict[str, str]
    ) -> BotReply:
        """What the bot understood and wants said; raises BotSilent. `context`: what is known, `language` and `need`."""
        body = {"sender": sender, "text": text, "context": context, "key": key, "entities": entities}
        return self._ask("/webhooks/bumpline/converse", body, self.timeout)

    def parse(self, text: str, *, timeout: float) -> BotReply:
        """Only what the bot understood; no conversation is changed. Raises BotSilent."""
        return self._ask("/webhooks/bumpline/parse", {"text": text}, timeout)

    def forget(self, sender: str) -> None:
        """Erases everything said in `sender`'s conversation; raises BotSilent."""
        try:
            self._client.delete(f"/webhooks/bumpline/conversations/{sender}").raise_for_status()
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise BotSilent(type(error).__name__) from error

    def is_ready(self) -> bool:
        try:
            return bool(self._client.get("/webhooks/bumpline/").status_code == 200)
        except httpx2.HTTPError:
            return False

    def close(self) -> None:
        self._client.close()

    def _ask(self, path: str, body: dict[str, Any], timeout: float) -> BotReply:
        if time.monotonic() < self._silent_until:
            raise BotSilent("resting")
        try:
            answer = self._client.post(path, json=body, timeout=timeout)
            answer.raise_for_status()
            return BotReply.model_validate(answer.json())
        except (httpx2.HTTPError, httpx2.InvalidURL, ValidationError, ValueError) as error:
            # Only a bot that is not there is left alone: one that is slow for a crowd still answers the others.
            if isinstance(error, httpx2.ConnectError):
                self._silent_until = time.monotonic() + REST_AFTER_SILENCE
            log.warning("bot silent: %s", type(error).__name__)
            raise BotSilent(type(error).__name__) from error
