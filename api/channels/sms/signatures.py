"""Is this request from Twilio? Imports nothing of ours."""

from collections.abc import Sequence

from starlette.datastructures import FormData
from twilio.request_validator import (  # type: ignore[import-untyped]
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)

__all__ = ["SIGNATURE_HEADER", "SIGNATURE_SETTINGS_HEADER", "is_from_twilio", "signed_url"]


def signed_url(public_base_url: str, path: str, query: bytes) -> str:
    """The URL as Twilio knows it: from configuration, because a proxy may hide the host it asked for."""
    url = public_base_url.split("#", 1)[0].rstrip("/") + path
    return f"{url}?{query.decode('latin-1')}" if query else url


def is_from_twilio(
    *, tokens: Sequence[str], url: str, form: FormData, signature: str | None, settings: str | None
) -> bool:
    """Whether one of `tokens` signed every parameter of `form` for `url`."""
    if not signature:
        return False
    algorithm = get_signature_algorithm(settings)
    return any(RequestValidator(token).validate(url, form, signature, algorithm) for token in tokens)
