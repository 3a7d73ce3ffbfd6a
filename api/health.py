"""Is it alive, is it ready? Says nothing to the public that an attacker could use."""

import httpx2
from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError

from api.content import repository
from api.conversations.assembly import Parts

router = APIRouter(tags=["health"])


@router.get("/livez")
def livez() -> dict[str, str]:
    return {"status": "alive"}


@router.get("/readyz")
def readyz(request: Request, response: Response) -> dict[str, object]:
    """200 ready; 200 degraded when only the bot or the actions are missing; 503 otherwise."""
    parts: Parts = request.app.state.parts
    missing = _missing_here(parts)
    if missing:
        response.status_code = 503
        return {"status": "not_ready", "missing": missing}
    silent = [name for name, answers in (("bot", parts.bot.is_ready()), ("actions", _actions(parts))) if not answers]
    return {"status": "degraded", "missing": silent} if silent else {"status": "ready"}


def _missing_here(parts: Parts) -> list[str]:
    try:
        with parts.database.read() as session:
            if not repository.count_messages(session):
                return ["content"]
            served = parts.conversations.urgent_words.all_served(session)
            return [] if served else ["content"]
    except SQLAlchemyError:
        return ["database"]


def _actions(parts: Parts) -> bool:
    try:
        url = parts.settings.actions_url.replace("/webhook", "/health")
        return httpx2.get(url, timeout=2.0).status_code == 200
    except httpx2.HTTPError:
        return False
