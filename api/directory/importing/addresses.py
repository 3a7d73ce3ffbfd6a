"""Which addresses a feed may be fetched from: never one inside the house.

An editor's address is asked for by our server, which stands behind the firewall. So the host is looked up first, every
address it has must be a public one, and the connection goes to exactly that address: a name that changes between the
look and the call leads nowhere.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from api.errors import Unusable

PORTS = {"https": 443, "http": 80}
NAT64 = IPv6Network("64:ff9b::/96")


class AddressRefused(Unusable):
    """The address of a feed that we do not call; says why."""

    code = "address_refused"


@dataclass(frozen=True)
class Target:
    """Where to connect (`ip`), and what to say there (`host`, as in the address, with its port if it is unusual)."""

    scheme: str
    host: str
    ip: str
    port: int
    path: str

    @property
    def url(self) -> str:
        ip = f"[{self.ip}]" if ":" in self.ip else self.ip
        return f"{self.scheme}://{ip}:{self.port}{self.path}"

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target(url: str, *, allow_loopback: bool) -> Target:
    """Where `url` leads; raises AddressRefused. `allow_loopback`: demonstration, where our own feed is fetched."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressRefused("This is not an address. Write one like https://example.org/open-referral.") from error
    if parts.scheme not in PORTS or not host:
        raise AddressRefused("Write the whole address of the feed, beginning with https://.")
    if parts.username or parts.password:
        raise AddressRefused("Leave the user name and password out of the address: feeds are open to everyone.")
    chosen = port or PORTS[parts.scheme]
    ip = _checked(host, chosen, is_secure=parts.scheme == "https", allow_loopback=allow_loopback)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, ip, chosen, path)


def _checked(host: str, port: int, *, is_secure: bool, allow_loopback: bool) -> str:
    found = _addresses(host, port)
    if allow_loopback and all(address.is_loopback for address in found):
        return str(found[0])
    if not all(_is_public(address) for address in found):
        raise AddressRefused(f"{host} leads into a private network. Only feeds on the open internet are fetched.")
    if not is_secure:
        raise AddressRefused("The address begins with http://. Write https://, so that nobody changes it on the way.")
    return str(found[0])


def _addresses(host: str, port: int) -> list[IPv4Address | IPv6Address]:
    """Those of version 4 first: nearly every server has one."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused(f"There is no host {host}. Check the address.") from error
    addresses = [_plain(ip_address(str(row[4][0]).split("%")[0])) for row in found]
    return sorted(addresses, key=lambda address: address.version)


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The address inside another: ::ffff:10.0.0.1, 64:ff9b::10.0.0.1 and 2002:0a00:0001:: are 10.0.0.1."""
    if isinstance(address, IPv4Address):
        return address
    inside = address.ipv4_mapped or address.sixtofour
    is_translated = address in NAT64
    return inside or (IPv4Address(int(address) & 0xFFFFFFFF) if is_translated else address)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not address.is_multicast
