"""Sets as files that other programs read: GeoJSON and GeoPackage, in EPSG:4490."""

import json
import tempfile
from enum import StrEnum
from pathlib import Path

import geopandas as gpd

from geo.model import Boundaries

_CRS_URN = "urn:ogc:def:crs:EPSG::4490"


class FileKind(StrEnum):
    """Kinds of file, by their ending."""

    GEOJSON = "geojson"
    GPKG = "gpkg"


def table(boundaries: Boundaries) -> gpd.GeoDataFrame:
    """The rows as they leave: every shape says its grade, source and licence."""
    out = boundaries.table.copy()
    if "grade" not in out:
        out["grade"] = boundaries.source.grade.value
    if "source" not in out:
        out["source"] = boundaries.source.title
    out["licence"] = boundaries.source.licence
    return out


def write(boundaries: Boundaries, kind: FileKind) -> bytes:
    """A set as the bytes of a file."""
    if kind is FileKind.GEOJSON:
        # Lon/lat first, as every reader of GeoJSON expects; the name says which datum.
        body = json.loads(table(boundaries).to_json(drop_id=True, ensure_ascii=False))
        body["name"] = boundaries.name
        body["crs"] = {"type": "name", "properties": {"name": _CRS_URN}}
        return json.dumps(body, ensure_ascii=False).encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{boundaries.name}.gpkg"
        table(boundaries).to_file(path, layer=boundaries.name, driver="GPKG", engine="pyogrio")
        return path.read_bytes()
