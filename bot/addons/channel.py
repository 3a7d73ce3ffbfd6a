"""One call a message: what was understood and what to say, together (docs/decisions/0002)."""

from __future__ import annotations

import hmac
import os
from typing import Any, Awaitable, Callable

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from addons.erasure import erase
from addons.key_classifier import retrieval
from addons.quiet_logs import quieten

OnMessage = Callable[[UserMessage], Awaitable[Any]]
PLAIN_INTENTS = "conversation/"
RANKING_SENT = 10


class BumplineInput(InputChannel):
    """`POST /webhooks/bumpline/converse` for the api alone; never reachable from outside."""

    @classmethod
    def name(cls) -> str:
        return "bumpline"

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        quieten()
        webhook = Blueprint("bumpline_webhook")
        webhook.add_route(ready, "/", methods=["GET"])
        webhook.add_route(parse, "/parse", methods=["POST"])
        webhook.add_route(converse, "/converse", methods=["POST"])
        webhook.add_route(forget, "/conversations/<sender:str>", methods=["DELETE"])
        webhook.on_request(_refuse_strangers)
        return webhook


async def ready(request: Request) -> HTTPResponse:
    agent = _agent(request)
    return response.json({"ready": agent.is_ready()}, status=200 if agent.is_ready() else 503)


async def parse(request: Request) -> HTTPResponse:
    """Only understands: for evaluation. Changes no conversation."""
    parsed = await _understood(_agent(request), request.json)
    return response.json({"understood": _report(parsed)})


async def converse(request: Request) -> HTTPResponse:
    """`{sender, text, context, key?, entities?}` -> `{understood, say}`.

    `key` is a choice the family made: nothing is guessed then. `entities` are values a choice stands for.
    `context` (the family's language, the need behind the last answer) is there for the actions to read.
    """
    asked, agent, said = request.json, _agent(request), CollectingOutputChannel()
    parsed = await _understood(agent, asked)
    message = UserMessage(
        asked["text"], said, asked["sender"], input_channel="bumpline", parse_data=parsed, metadata=asked.get("context")
    )
    await agent.handle_message(message)
    say = [item["custom"] for item in said.messages if "custom" in item]
    return response.json({"understood": _report(parsed), "say": say})


async def forget(request: Request, sender: str) -> HTTPResponse:
    await erase(_agent(request), sender)
    return response.empty()


async def _understood(agent: Agent, asked: dict[str, Any]) -> dict[str, Any]:
    # A leading slash would be taken by Rasa as a command; a letter-less mark in front makes it words again.
    text = asked["text"].lstrip("/ ") or "?"
    if agent.processor is None:
        raise RuntimeError("The model is not loaded yet; wait until GET / says ready.")
    parsed: dict[str, Any] = dict(await agent.processor.parse_message(UserMessage(text, sender_id="parse")))
    if asked.get("key"):
        _choose(parsed, asked["key"])
    for name, value in (asked.get("entities") or {}).items():
        parsed["entities"].append({"entity": name, "value": value, "extractor": "choice", "start": 0, "end": 0})
    return parsed


def _choose(parsed: dict[str, Any], key: str) -> None:
    name = key.removeprefix(PLAIN_INTENTS)
    is_plain = key.startswith(PLAIN_INTENTS) and name in PLAIN
    parsed["intent"] = {"name": name if is_plain else key.split("/", 1)[0], "confidence": 1.0}
    parsed["intent_ranking"] = [{"name": name if is_plain else key, "confidence": 1.0}]
    parsed["danger"] = 0.0
    if not is_plain:
        parsed["response_selector"] = retrieval(key)


PLAIN = frozenset({"find_service", "my_dates", "change_language"})


def _report(parsed: dict[str, Any]) -> dict[str, Any]:
    ranking = [entry for entry in parsed["intent_ranking"] if entry["name"] != "nlu_fallback"]
    return {
        "asked_back": parsed["intent"]["name"] == "nlu_fallback",
        "ranking": [
            {"key": _key(entry["name"]), "confidence": entry["confidence"]} for entry in ranking[:RANKING_SENT]
        ],
        "danger": parsed.get("danger"),
        "language": parsed.get("language"),
    }


def _key(name: str) -> str:
    return name if "/" in name else PLAIN_INTENTS + name


def _agent(request: Request) -> Agent:
    agent: Agent = request.app.ctx.agent
    return agent


async def _refuse_strangers(request: Request) -> HTTPResponse | None:
    token = os.environ.get("BOT_TOKEN", "")
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and not hmac.compare_digest(token.encode(), given.encode()):
        return response.json({"error": "BOT_TOKEN does not match"}, status=401)
    return None
