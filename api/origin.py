"""Did this form come from our own page? Pure: other sites must not write in a family's name."""

from collections.abc import Mapping
from urllib.parse import urlsplit


def is_ours(headers: Mapping[str, str], public_base_url: str) -> bool:
    """By Sec-Fetch-Site where the browser sends it, else by Origin, else by Referer (old phones send nothing more)."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    came_from = headers.get("origin") or headers.get("referer")
    if not came_from:
        return False
    try:
        host = urlsplit(came_from).netloc
    except ValueError:
        return False
    return host in {headers.get("host", ""), urlsplit(public_base_url).netloc} - {""}
