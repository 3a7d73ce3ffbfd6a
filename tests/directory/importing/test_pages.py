"""An editor imports: a feed of a peer, a file, what is refused, what is taken back; and who may do so."""

import asyncio
import json
import random
import re
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from api.database import now
from api.directory.importing.models import Import
from api.directory.importing.running import Importer
from api.directory.importing.table import COLUMNS
from api.main import create_app
from api.middleware import BODY_LIMIT
from tests.directory.importing.conftest import today
from tests.directory.importing.planted import Json, feed, healthy
from tests.editors.conftest import EDITOR, MIDWIFE, PASSWORD, Room, add_people, room, room_settings
from tests.sms.serving import served
from tests.web import browsing
from tests.web.browsing import NARROW, violations
from tests.web.test_pages_in_browser import overflow

__all__ = ["room"]
IMPORTS = "/editors/directory/import"


def upload(room: Room, data: bytes, name: str = "council.json", status: int = 303) -> Any:
    csrf = re.search(r'name="csrf" value="([^"]+)"', room.client.get("/account").text)
    answer = room.client.post(
        IMPORTS, data={"csrf": csrf[1] if csrf else ""}, files={"file": (name, data)}, follow_redirects=False
    )
    assert answer.status_code == status, answer.text[:500]
    return answer


def finished(room: Room, path: str) -> str:
    """The page once it has stopped looking again by itself."""
    until = time.monotonic() + 30
    while True:
        answer = room.client.get(path)
        assert answer.status_code == 200
        if "refresh" not in answer.headers:
            return answer.text
        assert time.monotonic() < until, "the import did not end"
        time.sleep(0.05)


def some(count: int) -> list[Json]:
    return [healthy(n, random.Random(n), today()) for n in range(count)]


def test_from_a_file_to_entries_on_hold_and_back(room: Room) -> None:
    records, planted = feed(200, today=today(), share=0.9)
    errors = sum(1 for one in planted if one.fault.level == "error")
    path = upload(room, json.dumps(records).encode()).headers["location"]
    page = finished(room, path)
    assert "What the import would do" in page
    assert f"Import {200 - errors} records" in page
    assert page.index("Cannot be used") < page.index("New, on hold</p>")
    only = room.get(f"{path}?only=errors")
    assert f"Records with errors: {errors}" in only
    assert len(room.get(f"{path}?page=2").split('class="place"')) - 1 == 100
    table = room.client.get(f"{path}/report.csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert table.text.count("\r\n") > 200
    refused = room.post(f"{path}/apply", status=409).text
    assert "Nothing was imported" in refused
    assert "What the import would do" in refused
    room.post(f"{path}/apply", {"leave_out": "true"})
    assert "New entries are on hold" in room.get(path)
    assert "Tick that you want to undo" in room.post(f"{path}/undo", status=422).text
    room.post(f"{path}/undo", {"sure": "true"})
    assert f"{200 - errors} removed" in room.get(path)
    assert "Undone" in room.get(IMPORTS)


def test_from_the_address_of_a_peer(room: Room) -> None:
    app = FastAPI()
    app.get("/services")(lambda page: {"total_pages": 1, "contents": some(3)})
    with served(app) as address:
        begun = room.post(IMPORTS, {"address": f"{address}/services"})
        page = finished(room, begun.headers["location"])
    assert "Import 3 records" in page
    assert address in page


def test_our_own_open_feed_brings_nothing_new(room: Room) -> None:
    """Published by the application, fetched page by page, compared with the directory it came from."""
    with served(room.client.app) as address:  # type: ignore[arg-type]
        begun = room.post(IMPORTS, {"address": f"{address}/open-referral/v3"})
        finished(room, begun.headers["location"])
        published = room.client.get("/open-referral/v3/services").json()["total_items"]
    report = Importer(room.parts.database, room.parts.settings.content_folder, allow_loopback=True).look(
        begun.headers["location"].rsplit("/", 1)[1]
    )
    counts = (report.report or {})["counts"]
    assert published > 40
    assert (counts["records"], counts["same"], counts["gone"]) == (published, published, 0)


def test_what_cannot_be_read_is_refused_and_the_address_stays_typed(room: Room) -> None:
    assert "neither JSON nor a table" in upload(room, b"hello", status=422).text
    assert "either the address of a feed or a file" in room.post(IMPORTS, status=422).text
    page = room.post(IMPORTS, {"address": "https://10.0.0.1/v3"}, status=422).text
    assert "private network" in page
    assert 'value="https://10.0.0.1/v3"' in page
    assert "There are none yet." in page


def test_an_import_whose_process_died_is_shown_as_failed(room: Room) -> None:
    with room.parts.database.write() as session:
        session.add(Import(id="old", origin="https://a.org", kind="feed", by="A", at=now() - timedelta(minutes=11),
                           state="reading", content=""))  # fmt: skip
        session.add(Import(id="young", origin="https://a.org", kind="feed", by="A", at=now(), state="reading",
                           content=""))  # fmt: skip
    assert "Nothing was imported" in room.get(f"{IMPORTS}/old")
    young = room.client.get(f"{IMPORTS}/young")
    assert young.headers["refresh"] == "2"
    assert "Failed" in room.get(IMPORTS)
    assert "it is reading" in room.post(f"{IMPORTS}/young/apply", status=409).text
    assert room.client.get(f"{IMPORTS}/nothing").status_code == 404


def test_the_template_has_every_column(room: Room) -> None:
    answer = room.client.get(f"{IMPORTS}/template.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.text.splitlines()[0].removeprefix("\ufeff") == ",".join(COLUMNS)


def test_a_feed_cannot_put_html_into_our_page(room: Room) -> None:
    record = {**some(1)[0], "name": "<script>alert(1)</script>Group", "status": "<img src=x onerror=alert(1)>"}
    page = finished(room, upload(room, json.dumps([record]).encode()).headers["location"])
    assert "<script>" not in page
    assert "<img" not in page


@pytest.mark.parametrize("email", [MIDWIFE, ""])
def test_only_editors_may_import(room: Room, email: str) -> None:
    path = upload(room, json.dumps(some(1)).encode()).headers["location"]
    finished(room, path)
    room.client.cookies.clear()
    if email:
        room.sign_in(email)
    expected = 403 if email else 401
    for page in (IMPORTS, path, f"{path}/report.csv", f"{IMPORTS}/template.csv"):
        assert room.client.get(page, follow_redirects=False).status_code == (403 if email else 303)
    for page in (IMPORTS, f"{path}/apply", f"{path}/undo"):
        assert room.client.post(page, data={"csrf": "x"}, follow_redirects=False).status_code == expected


def test_a_form_without_the_sessions_secret_is_refused(room: Room) -> None:
    answer = room.client.post(IMPORTS, data={"csrf": "x"}, files={"file": ("a.json", b"[]")})
    assert answer.status_code == 403
    answer = room.client.post(IMPORTS, data={"csrf": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_a_file_may_be_large_here_and_nowhere_else(room: Room) -> None:
    record = some(1)[0]
    large = json.dumps([{**record, "description": "We sing. " * 100_000}]).encode()
    assert len(large) > BODY_LIMIT
    upload(room, large)
    too_large = b"x" * (20 * 1024 * 1024 + 2 * BODY_LIMIT)
    answer = upload(room, too_large, status=413)
    assert "larger than 20,544 KB" in answer.text
    for path in ("/sign-in", f"{IMPORTS}/", f"{IMPORTS}/x/apply", "/api/v1/conversations", "/editors/directory/new"):
        answer = room.client.post(path, content=large)
        assert (answer.status_code, "larger than 64 KB" in answer.text) == (413, True), path
    assert room.client.put(IMPORTS, content=large).status_code == 413


@pytest.mark.parametrize("email", [MIDWIFE, ""])
def test_nobody_but_an_editor_makes_us_read_a_body(room: Room, email: str) -> None:
    """Who is there is asked before the first byte."""
    room.client.cookies.clear()
    if email:
        room.sign_in(email)
    cookies = "; ".join(f"{name}={value}" for name, value in room.client.cookies.items())
    headers = {"host": "bumpline.test", "sec-fetch-site": "same-origin", "cookie": cookies,
               "content-type": "multipart/form-data; boundary=b"}  # fmt: skip
    taken, answered = _raw_post(room, headers)
    assert taken == 0
    assert answered == (403 if email else 401)
    room.sign_in()
    headers["cookie"] = "; ".join(f"{name}={value}" for name, value in room.client.cookies.items())
    assert _raw_post(room, headers)[0] > 0


def _raw_post(room: Room, headers: dict[str, str]) -> tuple[int, int]:
    """How often the body was asked for, and the status."""
    taken, status = 0, 0

    async def receive() -> Any:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": b"--b--\r\n", "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)

    scope = {
        "type": "http", "method": "POST", "path": IMPORTS, "raw_path": IMPORTS.encode(), "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()], "scheme": "http",
        "server": ("bumpline.test", 80), "client": ("127.0.0.1", 1), "root_path": "", "http_version": "1.1",
    }  # fmt: skip
    # In a thread of its own: where a browser was opened before, this one has a running loop already.
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(asyncio.run, room.client.app(scope, receive, send)).result()  # type: ignore[arg-type]
    return taken, status


@pytest.mark.parametrize("page", ["form", "reading", "ready", "applied", "undone"])
def test_every_page_is_usable_by_everyone(browser: Browser, sqlite_template: Any, tmp_path: Any, page: str) -> None:
    shutil.copy(sqlite_template, tmp_path / "bumpline.db")
    app, strays = create_app(room_settings(f"sqlite:///{tmp_path / 'bumpline.db'}")), list[str]()
    headers = {"Sec-Fetch-Site": "same-origin"}
    with TestClient(app, base_url="http://bumpline.test", headers=headers) as client, served(app) as url:
        add_people(app)
        desk = Room(client)
        desk.sign_in()
        path = _prepared(desk, page)
        context = browsing.open_context(browser, url, strays, viewport=NARROW)
        opened = context.new_page()
        opened.goto(f"{url}/sign-in")
        opened.fill("#email", EDITOR)
        opened.fill("#password", PASSWORD)
        opened.get_by_role("button", name="Sign in").click()
        opened.goto(f"{url}{path}")
        assert violations(opened) == []
        assert overflow(opened) <= 0
        context.close()
    assert strays == []


def _prepared(desk: Room, page: str) -> str:
    if page == "form":
        return IMPORTS
    if page == "reading":
        with desk.parts.database.write() as session:
            session.add(Import(id="young", origin="https://a.org", kind="feed", by="A", at=now(), state="reading",
                               content=""))  # fmt: skip
        return f"{IMPORTS}/young"
    records, _ = feed(200, today=today(), share=0.9)
    path: str = upload(desk, json.dumps(records).encode()).headers["location"]
    finished(desk, path)
    if page != "ready":
        desk.post(f"{path}/apply", {"leave_out": "true"})
    if page == "undone":
        desk.post(f"{path}/undo", {"sure": "true"})
    return path
