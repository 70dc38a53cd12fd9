"""What a file holds before anybody believes it: kinds, layers, choices, rows as read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import geopandas as gpd

from geo.errors import Issue


class Kind(StrEnum):
    """Kinds of file we read; the value is what the content says, not the name."""

    SHP = "shp"
    GPKG = "gpkg"
    GDB = "gdb"
    GEOJSON = "geojson"
    KML = "kml"
    KMZ = "kmz"
    DXF = "dxf"
    TXT = "txt"
    XLSX = "xlsx"
    CSV = "csv"
    PASTE = "paste"
    TIFF = "tiff"


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a file: what it holds, and a taste of it for the reader to judge.

    Parameters
    ----------
    name
        As the file says; empty where the format has no layers.
    count
        Rows.
    geometry
        ``Point``, ``LineString``, ``Polygon``, ``mixed`` or ``none``.
    fields
        Attribute names, decoded.
    sample
        The first rows, as text.
    """

    name: str
    count: int
    geometry: str
    fields: tuple[str, ...] = ()
    sample: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Peek:
    """What a file is, before it is read: enough to ask the right questions."""

    kind: Kind
    layers: tuple[Layer, ...]
    encoding: str = ""
    encodings: tuple[str, ...] = ()  # other encodings that also read it; then the reader chooses
    crs: str = ""  # as the file says it: ``EPSG:4529``, WKT, or empty
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader chose. Empty means: as the file says; several layers then refuse."""

    layer: str = ""
    encoding: str = ""
    geometry: str = ""  # for tables: ``wkt``, ``points``, ``rings`` or ``none``
    columns: Mapping[str, str] = field(default_factory=dict)  # theirs -> ours
    block: str = ""  # for DXF: a block to expand
    units: str = ""  # for DXF: m, mm; for TXT: area unit


@dataclass(frozen=True, slots=True)
class Reading:
    """Rows as read: shapes in the file's own coordinates, every attribute kept.

    `table` has a geometry column (None where a row has no shape) and no CRS unless the file
    says one; `rows` counts the rows in the file, so that rows in = rows read + rows reported.
    `numbers` gives the row number in the file (from 1) of each row of the table.
    """

    kind: Kind
    layer: str
    table: gpd.GeoDataFrame
    rows: int
    numbers: tuple[int, ...]
    encoding: str = ""
    crs: str = ""
    issues: tuple[Issue, ...] = ()
