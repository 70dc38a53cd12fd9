"""Read the committed inputs in `sources/`. Coordinates are EPSG:4490 degrees, x = longitude.

WGS 84 coordinates of OSM and GeoNames are taken as CGCS2000: the difference is far
below their own error.
"""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

SOURCES = Path(__file__).resolve().parent.parent / "sources"
FRAME = (121.95, 37.15, 122.65, 37.60)  # west, south, east, north of everything drawn


@dataclass(frozen=True, slots=True)
class Labelled:
    """A place whose street or town is known; role is zone, neighbour or county."""

    unit: str
    name: str
    role: str
    source: str
    membership: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Unit:
    """A street or town of the zone."""

    id: str
    name: str
    name_en: str
    kind: str
    kind_en: str
    district: str
    code: str
    villages: int


@dataclass(frozen=True, slots=True)
class Place:
    """A named place of OpenStreetMap."""

    osm_id: str
    fclass: str
    name: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A feature to write: the properties that every shipped set carries, and its shape."""

    set: str
    id: str
    name: str
    name_en: str
    kind: str
    kind_en: str
    grade: str
    error_m: float | None
    declared_m2: float | None
    basis: str
    basis_en: str
    rank: int
    parent: str
    shape: BaseGeometry
    declared_m: float | None = None


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of `sources/`."""
    with (SOURCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> float | None:
    """A number, or None for an empty cell."""
    return float(text) if text else None


def labelled() -> list[Labelled]:
    """The places that the outline rests on."""
    return [
        Labelled(**{**row, "lon": float(row["lon"]), "lat": float(row["lat"])})  # type: ignore[arg-type]
        for row in rows("labelled_places.csv")
    ]


def units() -> list[Unit]:
    """The six streets and towns with the codes of the statistics bureau (2019)."""
    return [
        Unit(
            row["id"],
            row["name"],
            row["name_en"],
            row["kind"],
            row["kind_en"],
            row["district"],
            row["code_2019"],
            int(row["village_codes_2019"]),
        )
        for row in rows("units.csv")
    ]


def places() -> list[Place]:
    """The named OSM places inside the zone."""
    return [
        Place(row["osm_id"], row["fclass"], row["name"], float(row["lon"]), float(row["lat"]))
        for row in rows("osm_places.csv")
    ]


def land() -> list[Polygon]:
    """Land inside the frame, mainland first, then islets by falling size."""
    text = (SOURCES / "osm_land.geojson").read_text(encoding="utf-8")
    shapes = [shapely.geometry.shape(item["geometry"]) for item in json.loads(text)["features"]]
    return [Polygon(shape) for shape in shapes]
