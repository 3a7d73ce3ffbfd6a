"""Every staff page outside accounts, asked for by every role: in or out as the table says (accounts tries its own)."""

import re

from tests.editors.conftest import ADMIN, APPROVER, EDITOR, GUJARATI, MIDWIFE, Room
from tests.house.access import ACCESS, ADMINS, CONFIRMERS, DECIDERS, EDITORS, KEEPERS, PROFESSIONALS, READERS

SIGNED_OUT = ""
LET_IN = {
    PROFESSIONALS: {MIDWIFE, EDITOR, ADMIN},
    EDITORS: {EDITOR, ADMIN},
    KEEPERS: {EDITOR, APPROVER, ADMIN},
    CONFIRMERS: {APPROVER, ADMIN},
    ADMINS: {ADMIN},
    DECIDERS: {APPROVER, ADMIN},
    READERS: {EDITOR, GUJARATI, APPROVER, ADMIN},
}
EVERYBODY = (SIGNED_OUT, MIDWIFE, EDITOR, GUJARATI, APPROVER, ADMIN)
FILLED = {
    "account_id": "none",
    "service_id": "baby_basics_leicester",
    "signpost_id": "none",
    "import_id": "0",
    "change_id": "0",
    "report_id": "0",
    "proposal_id": "0",
    "suggestion_id": "0",
    "turn_id": "none",
    "example_id": "0",
    "decision": "decline",
    "topic": "safer_sleep",
    "question": "bed_sharing",
    "language": "en",
    "number": "1",
    "kind": "interface",
    "entry": "send",
    "verb": "approve",
    "name": "baby_fit",
}
ROLE_MISSING = re.compile(r"is for people with the role")


def test_every_route_lets_in_whom_the_table_says_and_nobody_else(room: Room) -> None:
    routes = [(method, path, kind) for (method, path), kind in ACCESS.items() if kind in LET_IN]
    wrong, tried = [], 0
    for person in EVERYBODY:
        sign_in(room, person)
        for method, path, kind in routes:
            address = re.sub(r"\{(\w+)\}", lambda found: FILLED[found[1]], path)
            verdict = answer(room, method, address)
            expected = "in" if person in LET_IN[kind] else "out"
            wrong += [] if verdict == expected else [f"{method} {address} as {person or 'nobody'}: {verdict}"]
            tried += 1
    assert wrong == []
    assert tried >= 6 * 40


def sign_in(room: Room, person: str) -> None:
    room.client.cookies.clear()
    if person:
        room.sign_in(person)


def answer(room: Room, method: str, address: str) -> str:
    """ "out" when the role is what is missing; a form without what it needs is refused only after that."""
    secret = re.search(r'name="csrf" value="([^"]+)"', room.client.get("/account").text) if method == "POST" else None
    sent = {"data": {"csrf": secret[1] if secret else ""}} if method == "POST" else {}
    got = room.client.request(method, address, follow_redirects=False, **sent)  # type: ignore[arg-type]
    to_sign_in = got.status_code == 303 and got.headers["location"].startswith("/sign-in")
    is_out = to_sign_in or got.status_code == 401 or (got.status_code == 403 and ROLE_MISSING.search(got.text))
    assert got.status_code < 500, f"{method} {address}: {got.status_code}"
    return "out" if is_out else "in"


def test_every_form_without_the_sessions_secret_is_refused(room: Room) -> None:
    room.sign_in(ADMIN)
    posts = [path for (method, path), kind in ACCESS.items() if method == "POST" and kind in LET_IN]
    for path in posts:
        address = re.sub(r"\{(\w+)\}", lambda found: FILLED[found[1]], path)
        got = room.client.post(address, data={"csrf": "wrong"}, follow_redirects=False)
        assert got.status_code == 403, f"{address}: {got.status_code}"
