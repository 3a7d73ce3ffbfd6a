"""A feed by its address: how feeds really page, what goes wrong on the way, and where we never call."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse

from api.directory.importing.addresses import AddressRefused, target
from api.directory.importing.fetching import FeedUnusable, Fetched, Fetcher, base_of
from api.directory.importing.reading import FileUnusable
from tests.directory.importing.conftest import BY, Desk
from tests.sms.serving import served

Json = dict[str, Any]


def service(n: int, **more: Any) -> Json:
    return {"id": f"{n}", "name": f"Group {n}", "status": "active", **more}


class Peer:
    """A feed of others, with the manners it is given."""

    def __init__(self, answer: Any) -> None:
        self.asked: list[str] = []
        self.raw: list[bytes] = []
        self.hosts: set[str] = set()
        self.app = FastAPI()

        @self.app.get("/{path:path}")
        def everything(request: Request, path: str) -> Response:
            query = f"?{request.url.query}" if request.url.query else ""
            self.asked.append(f"/{path}{query}")
            self.raw.append(request.scope["raw_path"])
            self.hosts.add(request.headers["host"])
            page = int(request.query_params.get("page", "0"))
            body = answer(f"/{path}", page)
            return body if isinstance(body, Response) else JSONResponse(body)


@contextmanager
def fetching(peer: Peer, path: str = "") -> Iterator[Fetcher]:
    with served(peer.app) as address:
        fetcher = Fetcher(f"{address}{path}", allow_loopback=True, wait=lambda seconds: None)
        yield fetcher
        fetcher.close()


def fetch(peer: Peer, path: str = "") -> Fetched:
    with fetching(peer, path) as fetcher:
        return fetcher.fetch(lambda done, total: None)


def names(fetched: Fetched) -> list[str]:
    return [found["name"] for found in fetched.services]


@pytest.mark.parametrize(
    "url",
    ["https://a.org/v3", "https://a.org/v3/", "https://a.org/v3/services", " https://a.org/v3/services/?page=2#top"],
)
def test_an_address_may_end_in_services(url: str) -> None:
    assert base_of(url) == "https://a.org/v3"


def test_every_page_is_asked_for_once_and_the_next_only_after_the_one_before() -> None:
    peer = Peer(lambda path, page: {"total_pages": 3, "contents": [service(page, phones=[])]})
    assert names(fetch(peer, "/v3/services")) == ["Group 1", "Group 2", "Group 3"]
    assert peer.asked == [f"/v3/services?page={page}&per_page=100&full=true" for page in (1, 2, 3)]
    assert all(host.startswith("127.0.0.1:") for host in peer.hosts)


def test_a_feed_that_does_not_count_its_pages_ends_at_the_last() -> None:
    peer = Peer(lambda path, page: {"last_page": page == 2, "contents": [service(page, phones=[])]})
    assert names(fetch(peer)) == ["Group 1", "Group 2"]
    empty = Peer(lambda path, page: {"contents": [service(page, phones=[])] if page < 3 else []})
    assert names(fetch(empty)) == ["Group 1", "Group 2"]


def test_a_feed_that_does_not_know_pages_is_read_once() -> None:
    peer = Peer(lambda path, page: {"total_pages": 50, "contents": [service(1, phones=[]), service(2)]})
    assert names(fetch(peer)) == ["Group 1", "Group 2"]
    assert len(peer.asked) == 2


def test_services_that_come_in_short_are_asked_for_in_full() -> None:
    def answer(path: str, page: int) -> Any:
        if path == "/services":
            return {"total_pages": 1, "contents": [service(1), service(2), service(3)]}
        if path == "/services/2":
            return Response(status_code=404)
        return service(int(path[-1]), description="In full")

    peer = Peer(answer)
    fetched = fetch(peer)
    assert [found.get("description") for found in fetched.services] == ["In full", None, "In full"]
    assert fetched.unread == ["2"]


def test_an_id_of_others_leads_to_no_other_path() -> None:
    peer = Peer(lambda path, page: {"total_pages": 1, "contents": [{**service(1), "id": "../../admin?x=1#"}]})
    fetch(peer)
    assert peer.raw == [b"/services", b"/services/..%2F..%2Fadmin%3Fx%3D1%23"]


def test_a_busy_feed_is_asked_again_twice() -> None:
    answers = [Response(status_code=429, headers={"retry-after": "7"}), Response(status_code=503)]
    waited: list[float] = []
    peer = Peer(lambda path, page: answers.pop(0) if answers else {"contents": [service(1, phones=[])]})
    with served(peer.app) as address:
        fetcher = Fetcher(address, allow_loopback=True, wait=waited.append)
        fetched = fetcher.fetch(lambda done, total: None)
        fetcher.close()
    assert names(fetched) == ["Group 1"]
    assert waited == [7.0, 3.0]


@pytest.mark.parametrize(
    ("answer", "error", "reason"),
    [
        (lambda path, page: Response(status_code=503), FeedUnusable, "answered with 503, 3 times"),
        (lambda path, page: Response(status_code=404), FeedUnusable, "answered with 404"),
        (lambda path, page: HTMLResponse("<h1>Services</h1>"), FeedUnusable, "a web page"),
        (lambda path, page: Response(b"\xff\xfeno"), FileUnusable, "not UTF-8"),
        (lambda path, page: {"contents": []}, FileUnusable, "no service"),
        (lambda path, page: {"contents": [{"id": "1", "name": "Term", "taxonomy": "x"}]}, FileUnusable, "no services"),
        (lambda path, page: RedirectResponse("/services"), FeedUnusable, "without an end"),
        (lambda path, page: RedirectResponse("http://10.0.0.1/services"), AddressRefused, "private network"),
        (lambda path, page: RedirectResponse("http://169.254.169.254/latest"), AddressRefused, "private network"),
        (lambda path, page: RedirectResponse("file:///etc/passwd"), AddressRefused, "https://"),
        (lambda path, page: {"contents": [service(page, phones=["x" * 12_000_000])]}, FeedUnusable, "larger than 20"),
        (lambda path, page: {"contents": [service(page * 10_000 + n) for n in range(6_000)]}, FeedUnusable, "2,500"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_said(answer: Any, error: type[Exception], reason: str) -> None:
    with pytest.raises(error, match=reason):
        fetch(Peer(answer))


def test_a_feed_that_is_not_there_is_said() -> None:
    fetcher = Fetcher("http://127.0.0.1:9", allow_loopback=True, wait=lambda seconds: None)
    with pytest.raises(FeedUnusable, match="did not answer, 3 times"):
        fetcher.fetch(lambda done, total: None)
    fetcher.close()


def test_a_redirect_to_another_path_is_followed() -> None:
    def answer(path: str, page: int) -> Any:
        new = f"/new{path}?page={page}"
        return {"contents": [service(1, phones=[])]} if path.startswith("/new") else RedirectResponse(new)

    assert names(fetch(Peer(answer))) == ["Group 1"]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/open-referral/v3", "https://localhost/", "http://[::1]/", "https://0.0.0.0/",
        "https://10.1.2.3/", "https://172.16.0.1/", "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/", "https://[fe80::1]/", "https://[fd00::1]/", "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/", "https://[2002:a00:1::]/", "https://2130706433/", "https://0x7f000001/",
        "https://224.0.0.1/", "https://255.255.255.255/",
    ],
)  # fmt: skip
def test_nothing_inside_the_house_is_called(url: str) -> None:
    with pytest.raises(AddressRefused, match=r"private network|no host"):
        target(url, allow_loopback=False)


@pytest.mark.parametrize("url", ["https://10.1.2.3/", "http://192.168.1.1/", "https://169.254.169.254/"])
def test_in_a_demonstration_only_this_machine_is_called_besides(url: str) -> None:
    assert target("http://127.0.0.1:8000/v3", allow_loopback=True).url == "http://127.0.0.1:8000/v3"
    with pytest.raises(AddressRefused, match="private network"):
        target(url, allow_loopback=True)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://1.1.1.1/services", "Write https"),
        ("https://user:word@1.1.1.1/", "user name"),
        ("ftp://1.1.1.1/", "beginning with https"),
        ("example", "beginning with https"),
        ("https://", "beginning with https"),
        ("https://1.1.1.1:99999/", "not an address"),
        ("https://[::1/", "not an address"),
        ("https://nobody.invalid/", "no host nobody.invalid"),
    ],
)
def test_an_address_that_cannot_be_used_says_why(url: str, reason: str) -> None:
    with pytest.raises(AddressRefused, match=reason):
        target(url, allow_loopback=True)


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    to = target("https://1.1.1.1/services?page=1", allow_loopback=False)
    assert (to.url, to.host_header) == ("https://1.1.1.1:443/services?page=1", "1.1.1.1")
    assert target("http://localhost:8000/", allow_loopback=True).host_header == "localhost:8000"


def test_a_refused_address_leaves_nothing_behind(desk: Desk) -> None:
    with pytest.raises(AddressRefused):
        desk.in_production.from_url("http://127.0.0.1:8000/open-referral/v3", by=BY)


def test_a_broken_feed_ends_as_failed_with_its_reason(desk: Desk) -> None:
    peer = Peer(lambda path, page: Response(status_code=404))
    with served(peer.app) as address:
        import_id = desk.importer.from_url(address, by=BY)
    row = desk.importer.look(import_id)
    assert (row.state, row.report) == ("failed", None)
    assert "answered with 404" in (row.problem or "")


def test_a_slow_feed_is_given_up_in_time() -> None:
    peer = Peer(lambda path, page: {"contents": [service(page, phones=[])]})
    with fetching(peer) as fetcher:
        fetcher._until = time.monotonic() - 1
        with pytest.raises(FeedUnusable, match="longer than 8 minutes"):
            fetcher.fetch(lambda done, total: None)
