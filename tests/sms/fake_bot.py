"""A stand-in for the bot: it understands whole messages from a short list, as the real one answers over HTTP."""

from typing import Any

from fastapi import FastAPI, Request

KNOWN = {
    "hello": "conversation/greet",
    "can my baby sleep in our bed": "safer_sleep/bed_sharing",
    "please do not send me any more of these": "conversation/stop_messages",
    "we lost our baby last week": "support/baby_loss",
}


def app() -> FastAPI:
    bot = FastAPI()

    @bot.post("/webhooks/bumpline/converse")
    async def converse(request: Request) -> dict[str, Any]:
        asked = await request.json()
        key = asked["key"] or KNOWN.get(asked["text"].lower().strip(), "conversation/out_of_scope")
        return {"understood": _understood(key), "say": [{"say": key}]}

    @bot.post("/webhooks/bumpline/parse")
    async def parse() -> dict[str, Any]:
        return {"understood": _understood("conversation/out_of_scope"), "say": []}

    @bot.delete("/webhooks/bumpline/conversations/{sender}")
    async def forget(sender: str) -> dict[str, str]:
        return {"forgotten": sender}

    return bot


def _understood(key: str) -> dict[str, Any]:
    language = {"code": "en", "script": "Latn", "confidence": 0.9, "sure": False}
    return {"asked_back": False, "ranking": [{"key": key, "confidence": 0.95}], "danger": None, "language": language}
