"""Locations of a feed into our places. Pure."""

from dataclasses import dataclass, field

from api.directory.distance import kilometres
from api.directory.entry import AccessibilityNote, Place
from api.directory.importing.cleaning import plain_text
from api.directory.importing.findings import Finding, shown, warning
from api.directory.importing.known import Known, Point
from api.directory.importing.records import AccessibilityRecord, AddressRecord, LocationRecord, Record
from api.directory.postcodes import normalise

FAR_KM = 2.0
LOCAL = (52.39, 52.98, -1.6, -0.42)
"""Leicestershire and Rutland: south, north, west and east, in degrees."""
VIRTUAL = "virtual"


@dataclass
class ReadPlaces:
    places: list[Place] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_places(record: Record, known: Known) -> ReadPlaces:
    """Where a family goes; a location that is only virtual is no place."""
    read = ReadPlaces()
    for n, link in enumerate(record.service_at_locations):
        location, path = link.location, f"service_at_locations.{n}.location"
        if location is None:
            read.findings.append(warning(path, "The location itself is missing: only its id is there."))
        elif (location.location_type or "").casefold() != VIRTUAL:
            _read(location, path, known, read)
    return read


def postcodes_of(record: Record) -> list[str]:
    """Every postcode that `record` names, as we write them."""
    locations = [link.location for link in record.service_at_locations if link.location]
    written = [address.postal_code or "" for location in locations for address in location.addresses]
    return [code for code in map(normalise, written) if code]


def _read(location: LocationRecord, path: str, known: Known, read: ReadPlaces) -> None:
    address, at = _address(location)
    here = f"{path}.addresses.{at}.postal_code"
    written = address.postal_code if address else None
    postcode = normalise(written) if written else None
    words = _in_words(address, location, written if written and postcode is None else None)
    if words is None:
        read.findings.append(warning(path, "It has neither an address nor a name, so it is left out."))
        return
    point = known.postcodes.get(postcode) if postcode else None
    read.findings += _doubts(location, path, here, written, postcode, point)
    has_both = location.latitude is not None and location.longitude is not None
    is_needed = has_both and point is None
    place = Place(
        name=location.name if address else None,
        address=words,
        postcode=postcode,
        latitude=location.latitude if is_needed else None,
        longitude=location.longitude if is_needed else None,
        accessibility=[note for note in map(_accessibility, location.accessibility) if note],
    )
    if place not in read.places:
        read.places.append(place)


def _address(location: LocationRecord) -> tuple[AddressRecord | None, int]:
    """The address to go to; a postal one only when there is no other."""
    numbered = [(a, n) for n, a in enumerate(location.addresses) if a.address_1 or a.postal_code]
    physical = [pair for pair in numbered if (pair[0].address_type or "").casefold() != "postal"]
    return next(iter(physical or numbered), (None, 0))


def _in_words(address: AddressRecord | None, location: LocationRecord, unread: str | None) -> str | None:
    parts = [address.address_1, address.address_2, address.city, unread] if address else []
    said: list[str] = []
    for part in filter(None, parts):
        if part.casefold() not in ", ".join(said).casefold():
            said.append(part.strip(" ,"))
    words = ", ".join(said) or location.description or location.name
    return plain_text(words) or None if words else None


def _doubts(
    location: LocationRecord, path: str, here: str, written: str | None, postcode: str | None, point: Point | None
) -> list[Finding]:
    lat, lon = location.latitude, location.longitude
    if (lat is None) != (lon is None):
        return [warning(path, "It has only one of latitude and longitude, so neither is used.")]
    if written is None:
        found = [warning(here, "There is no postcode, so families cannot be told how far it is. Add one.")]
        return found if lat is None else [*found, *_outside(lat, lon, path)]
    if postcode is None:
        return [warning(here, f"{shown(written)} is no UK postcode. Write one like LE1 1AA.")]
    if point is None:
        known_area = postcode.startswith("LE")
        where = "is not a postcode that we know" if known_area else "lies outside Leicestershire and Rutland"
        return [warning(here, f"{postcode} {where}. Check it.")]
    found = [] if point.is_local else [warning(here, f"{postcode} lies outside Leicestershire and Rutland.")]
    if lat is not None and lon is not None:
        km = kilometres(lat, lon, point.lat, point.lon)
        if km > FAR_KM:
            told = f"The coordinates lie {km:.1f} km from {postcode}. One of them is wrong; the postcode is used."
            found.append(warning(path, told))
    return found


def _outside(lat: float | None, lon: float | None, path: str) -> list[Finding]:
    south, north, west, east = LOCAL
    if lat is None or lon is None or (south <= lat <= north and west <= lon <= east):
        return []
    return [warning(path, "The coordinates lie outside Leicestershire and Rutland.")]


def _accessibility(note: AccessibilityRecord) -> AccessibilityNote | None:
    words = note.description or note.accessibility or note.details
    if not words:
        return None
    details = note.details if note.details != words else None
    return AccessibilityNote(description=words, details=details, url=note.url)
