"""Services that are likely one and the same. Proposed to a person, never merged. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from api.directory.entry import ServiceEntry
from api.directory.folding import folded
from api.directory.importing.reaching import digits_of

SAME_NAME, LIKE_NAME = 88.0, 60.0
"""Likeness of names, 0 to 100: near-same alone, and like enough beside the same phone and organisation."""
MOST = 3
"""Likely twins named for one service."""
LOOKED_AT = 20
"""Services of one organisation, the likest named, that are compared further."""


@dataclass(frozen=True)
class Features:
    """What tells a service apart: `name` and `organisation` folded, the words of the name sorted."""

    id: str
    shown_name: str
    name: str
    organisation: str
    url: str | None
    phones: frozenset[str]
    postcodes: frozenset[str]


@dataclass(frozen=True)
class Twin:
    """`reason`: what the two have in common, as a sentence for an editor."""

    other_id: str
    other_name: str
    reason: str


@dataclass
class Twins:
    """Every service seen so far, found again by organisation or postcode."""

    _by_owner: dict[str, list[Features]] = field(default_factory=lambda: defaultdict(list))
    _names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _by_postcode: dict[str, list[Features]] = field(default_factory=lambda: defaultdict(list))

    def add(self, features: Features) -> None:
        self._by_owner[features.organisation].append(features)
        self._names[features.organisation].append(features.name)
        for code in features.postcodes:
            self._by_postcode[code].append(features)

    def of(self, features: Features) -> list[Twin]:
        """The likeliest first, at most MOST."""
        near = [*self._like_named(features), *(o for code in features.postcodes for o in self._by_postcode[code])]
        others = {other.id: other for other in near if other.id != features.id}
        judged = [(likeness, twin) for other in others.values() for likeness, twin in _judged(features, other)]
        return [twin for _, twin in sorted(judged, key=lambda pair: (-pair[0], pair[1].other_id))[:MOST]]

    def _like_named(self, features: Features) -> list[Features]:
        """Of the same organisation; in one call, because a council may run thousands."""
        names, owned = self._names[features.organisation], self._by_owner[features.organisation]
        like = process.extract(features.name, names, scorer=fuzz.ratio, score_cutoff=LIKE_NAME, limit=LOOKED_AT)
        return [owned[at] for _, _, at in like]


def features(
    service_id: str, name: str, organisation: str, url: str | None, phones: Iterable[str], postcodes: Iterable[str]
) -> Features:
    """Numbers that are no UK numbers do not count: 999 is everybody's."""
    numbers = frozenset(number for number in map(digits_of, phones) if number)
    words = " ".join(sorted(folded(name).split()))
    return Features(service_id, name, words, folded(organisation), _page(url), numbers, frozenset(postcodes))


def features_of(entry: ServiceEntry) -> Features:
    phones = [phone.number for phone in (*entry.phones, *entry.text_numbers)]
    postcodes = [place.postcode for place in entry.locations if place.postcode]
    return features(entry.id, entry.name, entry.organisation, entry.url, phones, postcodes)


def _judged(one: Features, other: Features) -> list[tuple[float, Twin]]:
    likeness = fuzz.ratio(one.name, other.name)
    shares_place, shares_owner = bool(one.postcodes & other.postcodes), one.organisation == other.organisation
    shares_phone, shares_page = bool(one.phones & other.phones), one.url is not None and one.url == other.url
    is_like = likeness >= SAME_NAME or (
        (shares_phone or shares_page) and (shares_place or (shares_owner and likeness >= LIKE_NAME))
    )
    if not is_like:
        return []
    common = {
        "nearly the same name": likeness >= SAME_NAME,
        "the same phone": shares_phone,
        "the same web page": shares_page,
        "the same postcode": shares_place,
        "the same organisation": shares_owner,
    }
    named = [words for words, is_shared in common.items() if is_shared]
    reason = f"Perhaps the same service as {other.shown_name}: {', '.join(named)}."
    return [(likeness + 100 * len(named), Twin(other.id, other.shown_name, reason))]


def _page(url: str | None) -> str | None:
    """A link without what does not matter."""
    if not url:
        return None
    parts = urlsplit(url.casefold())
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"
