"""How numbers and places of a service are written on its card: pure. All of it stays left to right."""

from urllib.parse import urlsplit

from markupsafe import Markup

from api.conversations.schemas import ServiceOut

_BDI = Markup('<bdi lang="en" dir="ltr">{}</bdi>')


def number(written: str) -> Markup:
    """A number as people read it: "07520 615381", "ready to 66777"."""
    return _BDI.format(written)


def site(url: str) -> Markup:
    return _BDI.format(urlsplit(url).netloc.removeprefix("www.") or url)


def whereabouts(service: ServiceOut) -> Markup:
    """Address and postcode, the postcode once."""
    address, postcode = service.address or "", service.postcode or ""
    return _BDI.format(address if postcode in address else f"{address}, {postcode}")
