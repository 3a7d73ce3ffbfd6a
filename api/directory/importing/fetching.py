"""A feed by its address: page by page, one request at a time, within limits of time and size."""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urljoin

import httpx2

from api.directory.importing.addresses import Target, target
from api.directory.importing.reading import LARGEST, MEGABYTE, MOST, FileUnusable, decoded, services_in
from api.errors import Unusable

log = logging.getLogger(__name__)
PER_PAGE = 100
HOPS = 5
TRIES = 3
RETRY_AFTER = (1.0, 3.0)
LONGEST_WAIT = 10.0
BUSY = frozenset({429, 500, 502, 503, 504})
TIMEOUT = httpx2.Timeout(20.0, connect=5.0)
ALL_IN_ALL = 480.0
"""Seconds for a whole feed: less than the time after which an import counts as given up."""
PARTS = {
    "schedules", "service_at_locations", "phones", "languages", "contacts", "cost_options", "service_areas",
    "attributes",
}  # fmt: skip
"""What only the full form of a service has."""
HEADERS = {"Accept": "application/json", "User-Agent": "Bumpline (Open Referral UK import)", "Accept-Encoding": "gzip"}
Progress = Callable[[int, int], None]


class FeedUnusable(Unusable):
    """A feed that cannot be fetched; says which address, what happened and what to do."""

    code = "feed_unusable"


@dataclass
class Fetched:
    """`unread`: ids of services whose full form could not be read; their short form is used."""

    services: list[Any] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def base_of(url: str) -> str:
    """The feed behind an address that may already end in /services or hold a question."""
    plain = url.strip().split("#")[0].split("?")[0].rstrip("/")
    return plain.removesuffix("/services").rstrip("/")


class Fetcher:
    """One feed. Close it when done. `allow_loopback`: demonstration; `wait`: how to sleep between tries."""

    def __init__(self, url: str, *, allow_loopback: bool, wait: Callable[[float], None] = time.sleep) -> None:
        self.base = base_of(url)
        self._allow_loopback = allow_loopback
        self._wait = wait
        self._read = 0
        self._until = time.monotonic() + ALL_IN_ALL
        # A proxy of the environment would look the host up again, past our check.
        self._client = httpx2.Client(timeout=TIMEOUT, headers=HEADERS, trust_env=False, follow_redirects=False)

    def close(self) -> None:
        self._client.close()

    def fetch(self, progress: Progress) -> Fetched:
        """Every service in full; raises FeedUnusable, FileUnusable, AddressRefused."""
        fetched = Fetched(self._pages(progress))
        total = len(fetched.services)
        if any(isinstance(service, dict) and PARTS & service.keys() for service in fetched.services):
            return fetched
        for n, service in enumerate(fetched.services):
            fetched.services[n] = self._in_full(service, fetched)
            progress(n + 1, total)
        return fetched

    def _pages(self, progress: Progress) -> list[Any]:
        services: list[Any] = []
        seen: dict[str, Any] = {}
        page = 1
        while True:
            body = self._json(f"{self.base}/services?page={page}&per_page={PER_PAGE}&full=true")
            is_end = isinstance(body, dict) and body.get("empty") is True
            found = [] if page > 1 and (is_end or _contents(body) == []) else services_in(body)
            # A feed that does not know `page` answers the same list for ever; one that grows repeats a few.
            fresh = [s for s in found if page == 1 or seen.get(_id(s) or "") != s]
            if not fresh:
                return services
            services += fresh
            seen |= {_id(s) or "": s for s in found}
            if len(services) > MOST:
                raise FeedUnusable(f"The feed has more than {MOST:,} services. Import it in parts, as files.")
            total = _number(body, "total_items") or len(services)
            progress(len(services), total)
            if _is_last(body, page):
                return services
            page += 1

    def _in_full(self, service: Any, fetched: Fetched) -> Any:
        """The short form stays when the full one cannot be read: its faults are named like any other's."""
        key = _id(service)
        if key is None:
            return service
        try:
            full = services_in(self._json(f"{self.base}/services/{quote(key, safe='')}"))[0]
        except (FeedUnusable, FileUnusable):
            self._refuse_late()
            fetched.unread.append(key)
            return service
        return full if _id(full) == key else service

    def _json(self, url: str) -> Any:
        text = decoded(self._get(url))
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            what = "a web page" if text.lstrip().startswith("<") else "something that is not JSON"
            raise FeedUnusable(f"{url} answered with {what}. Give the base address of the feed.") from error

    def _get(self, url: str) -> bytes:
        for attempt in range(TRIES):
            self._refuse_late()
            try:
                status, headers, body = self._follow(url)
            except httpx2.HTTPError as error:
                log.warning("feed silent: %s", type(error).__name__)
                status, headers, body = 0, {}, b""
            if status == 200:
                return body
            if status and status not in BUSY:
                raise FeedUnusable(f"{url} answered with {status}. Check the address of the feed.")
            if attempt + 1 < TRIES:
                self._wait(_pause(headers, attempt))
        said = f"answered with {status}" if status else "did not answer"
        raise FeedUnusable(f"{url} {said}, {TRIES} times. Try again later.")

    def _follow(self, url: str) -> tuple[int, Any, bytes]:
        """Every step of a redirect is checked like the first."""
        for _ in range(HOPS + 1):
            status, headers, body = self._ask(target(url, allow_loopback=self._allow_loopback))
            if status not in (301, 302, 303, 307, 308) or "location" not in headers:
                return status, headers, body
            url = urljoin(url, headers["location"])
        raise FeedUnusable(f"{url} sends from one address to the next without an end. Ask who runs the feed.")

    def _ask(self, to: Target) -> tuple[int, Any, bytes]:
        extensions = {"sni_hostname": to.host} if to.scheme == "https" else {}
        headers = {"Host": to.host_header}
        with self._client.stream("GET", to.url, headers=headers, extensions=extensions) as answer:
            pieces = []
            if answer.status_code == 200:
                for piece in answer.iter_bytes():
                    self._read += len(piece)
                    self._refuse_late()
                    if self._read > LARGEST:
                        size = LARGEST // MEGABYTE
                        raise FeedUnusable(f"The feed is larger than {size} MB. Import it in parts, as files.")
                    pieces.append(piece)
            return answer.status_code, answer.headers, b"".join(pieces)

    def _refuse_late(self) -> None:
        if time.monotonic() > self._until:
            raise FeedUnusable(f"The feed took longer than {ALL_IN_ALL / 60:.0f} minutes. Try again later.")


def _contents(body: Any) -> Any:
    return body.get("contents") if isinstance(body, dict) else body


def _is_last(body: Any, page: int) -> bool:
    if not isinstance(body, dict) or "contents" not in body:
        return True
    pages = _number(body, "total_pages")
    return body.get("last_page") is True if pages is None else page >= pages


def _number(body: Any, name: str) -> int | None:
    value = body.get(name) if isinstance(body, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _id(service: Any) -> str | None:
    return str(service["id"]) if isinstance(service, dict) and service.get("id") else None


def _pause(headers: Any, attempt: int) -> float:
    asked = headers.get("retry-after", "") if headers else ""
    return min(float(asked), LONGEST_WAIT) if asked.isdigit() else RETRY_AFTER[attempt]
