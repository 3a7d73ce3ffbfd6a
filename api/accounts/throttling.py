"""Wrong passwords slow down whoever guesses, and do not shut out the person whose account it is.

Tries are counted for one account from one address, or from one browser that has signed in to it before (its cookie says
so: "device cookies", OWASP). What strangers try from everywhere together is counted too, more generously; when that is
used up, browsers that are known still get in. Kept in memory, in each process, and for unknown addresses alike.
"""

import json
import secrets
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network

from cryptography.fernet import InvalidToken
from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.accounts.visitor import NotSignedIn
from api.sealing import box, keyed_hash

PURPOSE = b"bumpline accounts: known browsers"
KNOWN_FOR = 180 * 24 * 3600
"""Seconds for which a browser stays known after a sign-in."""
TRIES = RateLimitItemPerMinute(5, 15)
STRANGERS_TRIES = RateLimitItemPerHour(100)


@dataclass(frozen=True)
class Caller:
    """Who tries: the account's address as typed, the network address, and the name of a known browser, else empty."""

    email: str
    network: str
    browser: str = ""


@dataclass(frozen=True)
class Door:
    _limiter: MovingWindowRateLimiter = field(default_factory=lambda: MovingWindowRateLimiter(MemoryStorage()))

    def knock(self, caller: Caller) -> None:
        """Counts a try before the password is looked at; raises NotSignedIn when there were too many."""
        if caller.browser and self._limiter.hit(TRIES, caller.email, caller.browser):
            return
        if not self._limiter.hit(TRIES, caller.email, caller.network):
            raise NotSignedIn("Too many wrong tries. Wait 15 minutes and try again.")
        if not self._limiter.hit(STRANGERS_TRIES, caller.email):
            raise NotSignedIn(
                "Too many wrong tries, not all of them from here. Use a browser in which you have signed in before, or "
                "wait an hour."
            )

    def forgive(self, caller: Caller) -> None:
        """After the right password, what this caller tried before no longer counts."""
        for place in (caller.browser, caller.network):
            self._limiter.clear(TRIES, caller.email, place)


def network_of(host: str) -> str:
    """The address, of IPv6 the network that one household or office is given."""
    try:
        found = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else host


def cookie_name(secret_key: str, email: str) -> str:
    """One for each account, so that people who share a browser are all known in it; it does not say whose."""
    return f"bumpline_known_{keyed_hash(secret_key, PURPOSE, email)[:12]}"


def known_browser(secret_key: str, email: str) -> str:
    """The cookie for a browser in which somebody has just signed in to `email`."""
    return box(secret_key, PURPOSE).encrypt(json.dumps([email, secrets.token_urlsafe(12)]).encode()).decode()


def browser_in(secret_key: str, email: str, cookie: str) -> str:
    """The browser's name in `cookie`; empty when it is not ours, too old, or of another account."""
    try:
        whose, name = json.loads(box(secret_key, PURPOSE).decrypt(cookie.encode(), ttl=KNOWN_FOR))
    except (InvalidToken, ValueError):
        return ""
    return str(name) if whose == email else ""
