"""Sets as files that other programs read: GeoJSON and GeoPackage, in EPSG:4490."""

import json
import tempfile
from collections.abc import Collection, Sequence
from enum import StrEnum
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.errors import DataError
from geo.model import STORED_CRS, Boundaries, Source, worst

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


def gathered(sets: Sequence[Boundaries], wanted: Collection[tuple[str, str]]) -> Boundaries:
    """Features of several sets, named by (set, id), as one set; each row says whose it is."""
    parts = []
    for known in sets:
        rows = known.table.loc[[(known.name, id_) in wanted for id_ in known.table["id"]]].copy()
        rows["set"] = known.name
        rows["source"] = known.source.title
        parts.append(rows)
    if not any(len(part) for part in parts):
        raise DataError("没有可导出的要素，请重新圈选", "EMPTY_REGION")
    table = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=STORED_CRS)
    grade = worst([known.source.grade for known in sets])
    return Boundaries(
        "inside", table, Source("圈选查询结果，来源见各行", grade, "各图层许可不同，见数据说明")
    )
