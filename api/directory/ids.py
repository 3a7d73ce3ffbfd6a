"""Lasting UUIDs for the open feed, made from our own names: the same service is the same id for ever. Pure."""

from uuid import NAMESPACE_OID, UUID, uuid5

HOUSE = uuid5(NAMESPACE_OID, "bumpline directory")


def lasting_id(kind: str, *parts: str) -> str:
    """The UUID of `kind` ("service", "location", ...) named by `parts`; an id that is a UUID already stays."""
    if len(parts) == 1 and is_uuid(parts[0]):
        return parts[0].lower()
    return str(uuid5(HOUSE, ":".join([kind, *parts])))


def is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
