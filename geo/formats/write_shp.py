"""Shapefile as old programs read it: GB 18030 with its .cpg, short names, nothing cut unsaid.

A zip of one shapefile per kind of shape, a QGIS style beside each, 字段对照.csv (what the short
names stand for), 说明.txt, and 完整文字.csv where a text does not fit or would be trimmed.
"""

import io
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

from geo.formats import scratch, write_csv
from geo.formats.write_copy import Copy, dimensions, lines
from geo.formats.write_fields import ENCODING, HEADINGS, MEANING, cut, short_names

LONGEST = 254  # bytes of a text in a .dbf
_MARK = "…"
_GBK = 0x4D  # language driver of programs that do not look for a .cpg
_LANGUAGE_AT = 29
_STILL = (1980, 1, 1, 0, 0, 0)
_KINDS = {0: "point", 1: "line", 2: "area", 3: "points"}
_TYPES = {0: "Point", 1: "LineString", 2: "Polygon", 3: "MultiPoint"}


def write(copy: Copy) -> bytes:
    """The bytes of the zip."""
    names = short_names(str(c) for c in copy.table.columns if c != "geometry")
    long = [*_unfit(copy.table, names)]
    kinds = _kinds(copy.table)
    present = np.unique(kinds).tolist()
    members: dict[str, bytes] = {}
    for kind in present:
        stem = copy.known.name if len(present) == 1 else f"{copy.known.name}_{_KINDS[kind]}"
        rows = copy.table.loc[kinds == kind]
        members |= _shapefile(_fitted(rows, names), stem, _TYPES[kind])
        members[f"{stem}.qml"] = copy.look.qml(copy.known, kind % 3, names).encode()
    members["字段对照.csv"] = _legend(names)
    said = lines(copy.told)
    if long:
        members["完整文字.csv"] = write_csv.sheet([("编号", "字段", "短名", "完整文字"), *long])
        said.append(f"有 {len(long)} 处文字超出 {LONGEST} 字节或首尾有空格，全文见 完整文字.csv")
    members["说明.txt"] = "\r\n".join([*said, ""]).encode("utf-8-sig")
    return packed(members)


def _kinds(table: gpd.GeoDataFrame) -> np.ndarray:
    """Which file a row goes to; rows without a shape go with the first."""
    found = dimensions(table)
    found = np.where(table.geometry.geom_type == "MultiPoint", 3, found)
    there = found[found >= 0]
    return np.where(found < 0, there.min() if there.size else 0, found)


def _unfit(table: gpd.GeoDataFrame, names: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """Texts that would not come back whole: id, field, short name, text."""
    return [
        (id_, field, short, text)
        for field, short in names.items()
        for id_, text in zip(table["id"], table[field], strict=True)
        if isinstance(text, str) and (text.strip(" ") != text or _size(text) > LONGEST)
    ]


def _size(text: str) -> int:
    return len(text.encode(ENCODING))


def _fitted(rows: gpd.GeoDataFrame, names: Mapping[str, str]) -> gpd.GeoDataFrame:
    """Rows under short names; a text too long ends with a mark."""
    columns: dict[str, Any] = {short: rows[name].map(_fit) for name, short in names.items()}
    return gpd.GeoDataFrame(columns, geometry=rows.geometry, crs=rows.crs)


def _fit(value: Any) -> Any:
    if not isinstance(value, str):
        return None if value is None or pd.isna(value) else value
    return value if _size(value) <= LONGEST else cut(value, LONGEST - _size(_MARK)) + _MARK


def _shapefile(rows: gpd.GeoDataFrame, stem: str, kind: str) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory(dir=scratch.folder()) as folder:
        pyogrio.write_dataframe(
            rows,
            Path(folder) / f"{stem}.shp",
            driver="ESRI Shapefile",
            encoding="GB18030",
            geometry_type=kind,
            layer_options={"DBF_DATE_LAST_UPDATE": "2000-01-01"},
        )
        found = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
    table = bytearray(found[f"{stem}.dbf"])
    table[_LANGUAGE_AT] = _GBK
    return {**found, f"{stem}.dbf": bytes(table)}


def _legend(names: Mapping[str, str]) -> bytes:
    rows = [
        (short, name, HEADINGS.get(name, name), MEANING.get(name, ""))
        for name, short in names.items()
    ]
    return write_csv.sheet([("短名", "原字段名", "中文名", "含义"), *rows])


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip without clocks: the same members, the same content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in members.items():
            info = zipfile.ZipInfo(name, _STILL)
            info.external_attr = 0o644 << 16
            archive.writestr(info, body, zipfile.ZIP_DEFLATED)
    return out.getvalue()
