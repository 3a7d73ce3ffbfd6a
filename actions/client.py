"""The only way from an action to anything else: the api, over HTTP, with a short wait."""

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import httpx2

TIMEOUT = 2.0
UNDERSTOOD = (200, 422)
"""A postcode we cannot use is 422 and says why."""


class ApiSilent(Exception):
    """The api did not answer in time."""


@dataclass(frozen=True)
class Search:
    """How a search for services ended: "found", "none", or the code of an error about the postcode."""

    outcome: str
    postcode: str


@lru_cache
def _client() -> httpx2.AsyncClient:
    token = os.environ.get("BOT_TOKEN", "")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx2.AsyncClient(
        base_url=os.environ.get("API_URL", "http://127.0.0.1:8000"), timeout=TIMEOUT, headers=headers
    )


async def search(need: str | None, postcode: str) -> Search:
    """Whether there are services for `need` near `postcode`; raises ApiSilent."""
    answer = await _get("/api/v1/services", {"postcode": postcode, "limit": 1, **({"need": need} if need else {})})
    if "error" in answer:
        return Search(str(answer["error"]["code"]), postcode)
    return Search("found" if answer["services"] else "none", str(answer["near"]["postcode"]))


async def suggest_need(keys: list[str]) -> str | None:
    """The need that the first of these message keys leads to; raises ApiSilent."""
    suggested: str | None = (await _get("/api/v1/needs", {"keys": keys}))["suggested"]
    return suggested


async def needs() -> list[str]:
    return list((await _get("/api/v1/needs", {}))["needs"])


async def languages_named(text: str) -> list[str]:
    """Codes of the languages that `text` names; raises ApiSilent."""
    return [language["code"] for language in await _get("/api/v1/languages", {"named": text})]


async def _get(path: str, query: dict[str, Any]) -> Any:
    try:
        answer = await _client().get(path, params=query)
        return answer.json() if answer.status_code in UNDERSTOOD else _silent(str(answer.status_code))
    except (httpx2.HTTPError, ValueError) as error:
        raise ApiSilent(type(error).__name__) from error


def _silent(reason: str) -> Any:
    raise ApiSilent(reason)
