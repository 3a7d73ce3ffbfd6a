"""A map of Leicester's wards as SVG paths, and where a point lies on it. Pure.

Source: ONS ward boundaries (OGL v3), content/postcodes/leicester_wards.geojson.
"""

import json
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path

WIDTH = 600.0
MARGIN = 0.004
"""Degrees around the city that are drawn too."""


@dataclass(frozen=True)
class Ward:
    name: str
    path: str


@dataclass(frozen=True)
class CityMap:
    """`height` belongs to WIDTH; `point` gives SVG coordinates, None for a place outside the picture."""

    wards: tuple[Ward, ...]
    west: float
    north: float
    scale: float
    height: float

    def point(self, latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
        if latitude is None or longitude is None:
            return None
        x, y = self._xy(longitude, latitude)
        return (x, y) if 0 <= x <= WIDTH and 0 <= y <= self.height else None

    def _xy(self, longitude: float, latitude: float) -> tuple[float, float]:
        shrink = cos(radians(self.north))
        return (
            round((longitude - self.west) * shrink * self.scale, 1),
            round((self.north - latitude) * self.scale, 1),
        )


@cache
def city_map(folder: Path) -> CityMap:
    """The map of `folder`/postcodes/leicester_wards.geojson."""
    features = json.loads((folder / "postcodes" / "leicester_wards.geojson").read_text(encoding="utf-8"))["features"]
    rings = {f["properties"]["ward_name"]: _rings(f["geometry"]) for f in features}
    points = [point for own in rings.values() for ring in own for point in ring]
    west, east = min(p[0] for p in points) - MARGIN, max(p[0] for p in points) + MARGIN
    south, north = min(p[1] for p in points) - MARGIN, max(p[1] for p in points) + MARGIN
    scale = WIDTH / ((east - west) * cos(radians(north)))
    empty = CityMap((), west, north, scale, round((north - south) * scale, 1))
    wards = tuple(Ward(name, " ".join(_path(empty, ring) for ring in own)) for name, own in sorted(rings.items()))
    return CityMap(wards, west, north, scale, empty.height)


def _rings(geometry: dict[str, object]) -> list[list[list[float]]]:
    shapes = geometry["coordinates"]
    assert isinstance(shapes, list)
    polygons = shapes if geometry["type"] == "MultiPolygon" else [shapes]
    return [ring for polygon in polygons for ring in polygon]


def _path(city: CityMap, ring: list[list[float]]) -> str:
    return "M" + "L".join("{} {}".format(*city._xy(point[0], point[1])) for point in ring) + "Z"
