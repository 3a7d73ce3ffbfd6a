"""Every route of this room, tried by everybody: signed out, half signed in, and each role."""

from dataclasses import dataclass, field
from typing import Any

from api.accounts.invitations import Invitations
from api.accounts.visitor import ROLES, Visitor
from tests.accounts.conftest import PASSWORD, Browser, House
from tests.house.access import ACCESS, ADMINS, INVITED, OPEN, OWN_PAGE, SECOND_STEP, STAFF

OUT, HALF = "signed out", "half signed in"
FINE = {200, 303}
OURS = ("/sign-in", "/sign-out", "/account", "/second-factor", "/join", "/audit", "/reminders")
BOSS = Visitor("boss", "Boss", "boss@example.org", frozenset({"admin"}), "")


@dataclass
class Call:
    """`fine`: what the answer may be for whoever is let in."""

    data: dict[str, Any] = field(default_factory=dict)
    fine: frozenset[int] = frozenset(FINE)


CALLS = {
    ("POST", "/sign-in"): Call({"email": "nobody@example.org"}, frozenset({401})),
    ("GET", "/sign-in/issuer"): Call(fine=frozenset({404})),
    ("GET", "/sign-in/issuer/back"): Call(fine=frozenset({401})),
    ("POST", "/sign-in/code"): Call({"code": "x"}, frozenset({401, 409})),
    ("POST", "/second-factor"): Call({"code": "x"}, frozenset({401, 422})),
    ("POST", "/second-factor/codes"): Call({"proof": PASSWORD}, frozenset({200, 409})),
    ("POST", "/second-factor/remove"): Call({"proof": PASSWORD}, frozenset({303, 409})),
    ("POST", "/account"): Call({"old": PASSWORD, "new": "short"}, frozenset({422})),
    ("POST", "/accounts/invite"): Call({"email": "x"}, frozenset({422})),
    ("POST", "/accounts/{account_id}"): Call({"name": "A name", "roles": ["professional"]}),
    ("POST", "/join/{link}"): Call({"password": "short"}, frozenset({422})),
}


def test_every_route_lets_in_whom_the_table_says_and_nobody_else(house: House) -> None:
    browsers = {role: house.signed_in(role) for role in ROLES}
    browsers[HALF] = house.browser()
    assert browsers[HALF].sign_in("admin@example.org").headers["location"].startswith("/sign-in/code")
    browsers[OUT] = house.browser()
    link = Invitations(house.database).invite(BOSS, email="x@example.org", name="X", roles=["editor"], languages=[])
    routes = sorted((r for r in ACCESS if r[1].startswith(OURS)), key=lambda route: route[1] == "/sign-out")
    shared, wrong = house.add("professional", "shared@example.org"), []
    for number, (method, path) in enumerate(routes):
        # What an administrator does to an account is done to another each time: a closed one refuses the next.
        own = house.add("professional", f"subject{number}@example.org") if ACCESS[method, path] == ADMINS else shared
        for who, browser in browsers.items():
            filled = path.format(account_id=own if who == "admin" else shared, link=link.token)
            status = _answer(browser, method, filled, who, (method, path))
            if status not in _expected(who, method, path):
                wrong.append(f"{method} {path} as {who}: {status}")
    assert wrong == []
    assert len(routes) >= 29


def test_every_form_without_the_sessions_secret_is_refused(house: House) -> None:
    admin = house.signed_in("admin")
    subject = house.add("professional")
    posts = [path for method, path in ACCESS if method == "POST" and path.startswith(OURS)]
    for path in posts:
        if ACCESS["POST", path] not in (OWN_PAGE, INVITED):
            data = CALLS.get(("POST", path), Call()).data
            assert admin.post(path.format(account_id=subject), data, csrf="made up").status_code == 403, path
    assert admin.get(f"/accounts/{subject}").status_code == 200


def _answer(browser: Browser, method: str, path: str, who: str, route: tuple[str, str]) -> int:
    if method == "GET":
        return int(browser.get(path).status_code)
    csrf = "" if who == OUT else None
    return int(browser.post(path, CALLS.get(route, Call()).data, csrf=csrf).status_code)


def _expected(who: str, method: str, path: str) -> frozenset[int]:
    kind, fine = ACCESS[method, path], CALLS.get((method, path), Call()).fine
    if kind in (OPEN, OWN_PAGE, INVITED):
        return fine
    assert kind in (STAFF, SECOND_STEP, ADMINS)
    if who == OUT or (who == HALF and kind != SECOND_STEP):
        return frozenset({303}) if method == "GET" else frozenset({401})
    if who == HALF:
        return frozenset({303, 200, 401, 403})
    return fine if kind != ADMINS or who == "admin" else frozenset({403})
