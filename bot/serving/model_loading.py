"""Another model without a restart: loaded beside the one that answers, which answers until the new one is ready."""

from __future__ import annotations

import asyncio
import hmac
import logging
import os
import re
from pathlib import Path
from typing import Any, Awaitable, Callable

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

MODELS = Path(__file__).parents[1] / "models"
NAME = re.compile(r"[0-9a-f]{16}\.tar\.gz")  # as api/launch/model.py names them
log = logging.getLogger(__name__)
_one_at_a_time = asyncio.Lock()


class ModelLoading(InputChannel):
    """`PUT /webhooks/models/<name>` for whoever started the bot: without a BOT_TOKEN nobody may."""

    @classmethod
    def name(cls) -> str:
        return "models"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        webhook = Blueprint("bumpline_models")
        webhook.add_route(load, "/<name:str>", methods=["PUT"])
        webhook.on_request(_refuse_strangers)
        return webhook


async def load(request: Request, name: str) -> HTTPResponse:
    """404 for what is no model of ours; 500 when it cannot be loaded, and the old one goes on answering."""
    path = MODELS / name
    if not NAME.fullmatch(name) or not path.is_file():
        return response.json({"error": "no such model"}, status=404)
    agent: Agent = request.app.ctx.agent
    async with _one_at_a_time:
        try:
            processor = await asyncio.to_thread(_loaded, agent, path)
        except Exception as error:
            log.error("a model was not loaded: %s", type(error).__name__)
            return response.json({"error": "the model cannot be loaded"}, status=500)
        _answer_with(agent, processor)
    return response.json({"model": name})


def _loaded(agent: Agent, path: Path) -> MessageProcessor:
    """In a thread of its own: it takes seconds in which families ask."""
    return MessageProcessor(
        model_path=path,
        tracker_store=agent.tracker_store,
        lock_store=agent.lock_store,
        action_endpoint=agent.action_endpoint,
        generator=agent.nlg,
    )


def _answer_with(agent: Agent, processor: MessageProcessor) -> None:
    """What Agent.load_model does after loading, without a wait in between: no message sees a half of it."""
    agent.processor, agent.domain = processor, processor.domain
    agent.tracker_store.domain = processor.domain
    if isinstance(agent.nlg, TemplatedNaturalLanguageGenerator):
        agent.nlg.responses = processor.domain.responses


async def _refuse_strangers(request: Request) -> HTTPResponse | None:
    token = os.environ.get("BOT_TOKEN", "")
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(token.encode(), given.encode()):
        return response.json({"error": "BOT_TOKEN is needed"}, status=401)
    return None
