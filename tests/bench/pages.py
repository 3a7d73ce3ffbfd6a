"""What a phone has to fetch, in KB as sent (gzip)."""

import re
from urllib.parse import urljoin

import httpx2

GZIP = {"Accept-Encoding": "gzip"}


def first_open(url: str) -> float:
    """The chat page and everything it names."""
    page = httpx2.get(f"{url}/", headers=GZIP)
    return _sent(f"{url}/") + sum(_sent(urljoin(url, name)) for name in _named(page.text))


def widget(url: str) -> float:
    """The loader, and the scripts and styles of the framed chat."""
    page = httpx2.get(f"{url}/widget", headers=GZIP)
    return _sent(f"{url}/embed.js") + sum(_sent(urljoin(url, name)) for name in _named(page.text))


def one_turn(url: str) -> float:
    """One ordinary answer over the JSON API."""
    client = httpx2.Client(base_url=url, headers=GZIP)
    started = client.post("/api/v1/conversations", json={"language": "gu"}).json()["conversation_id"]
    with client.stream("POST", f"/api/v1/conversations/{started}/messages", json={"text": "1"}) as answer:
        return sum(len(part) for part in answer.iter_raw()) / 1024


def _named(page: str) -> list[str]:
    return re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css|svg)[^"]*)"', page)


def _sent(address: str) -> float:
    with httpx2.stream("GET", address, headers=GZIP) as answer:
        return sum(len(part) for part in answer.iter_raw()) / 1024
