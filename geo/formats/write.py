"""The one way out: a set as the bytes of a file that other programs open.

What may leave is decided by `geo.edition`, how it looks by the `Look` that is handed in, and
every file says where it comes from, how far it may be believed, on what terms and in which
coordinate system.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

import geopandas as gpd
from pyogrio.errors import DataSourceError

from geo import measure
from geo.edition import Edition, released
from geo.errors import DataError
from geo.formats import (
    write_csv,
    write_dxf,
    write_geojson,
    write_gpkg,
    write_kml,
    write_shp,
    write_txt,
)
from geo.formats.write_copy import PLANES, Copy, Look, copied
from geo.model import STORED_CRS, Boundaries


class FileKind(StrEnum):
    """Kinds of file, by their ending."""

    GPKG = "gpkg"
    GEOJSON = "geojson"
    SHP = "zip"  # a shapefile is many files
    KML = "kml"
    DXF = "dxf"
    TXT = "txt"
    XLSX = "xlsx"
    CSV = "csv"


_ALL = (STORED_CRS, *PLANES)
# The first is taken where nobody chose: planes for those who draw, the prefix for bureaus.
SYSTEMS: Mapping[FileKind, tuple[int, ...]] = {
    **dict.fromkeys((FileKind.GPKG, FileKind.GEOJSON, FileKind.SHP), _ALL),
    **dict.fromkeys((FileKind.KML, FileKind.XLSX, FileKind.CSV), (STORED_CRS,)),
    FileKind.DXF: PLANES,
    FileKind.TXT: (measure.PLANE_PREFIXED, measure.PLANE),
}


def _xlsx(copy: Copy) -> bytes:
    rows = copy.known.table
    if not copy.exact:  # no sizes of coarse shapes
        rows = rows.set_geometry(gpd.GeoSeries([None] * len(rows), index=rows.index, crs=rows.crs))
    return copy.look.workbook(replace(copy.known, table=rows), copy.about)


_WRITERS: Mapping[FileKind, Callable[[Copy], bytes]] = {
    FileKind.GPKG: write_gpkg.write,
    FileKind.GEOJSON: write_geojson.write,
    FileKind.SHP: write_shp.write,
    FileKind.KML: write_kml.write,
    FileKind.DXF: write_dxf.write,
    FileKind.TXT: write_txt.write,
    FileKind.XLSX: _xlsx,
    FileKind.CSV: write_csv.write,
}


def write(
    known: Boundaries,
    kind: FileKind,
    *,
    look: Look,
    crs: int | None = None,
    edition: Edition = Edition.INTERNAL,
) -> bytes:
    """A set as the bytes of a file; `crs` is an EPSG code, None for what the format is used with.

    Raises `DataError`: EXPORT_CRS for a system the format is not written in, EDITION_SECRET,
    EXPORT_GEOMETRY or EXPORT_TEXT for what it cannot hold.
    """
    systems = SYSTEMS[kind]
    if crs is not None and crs not in systems:
        raise DataError(
            f"{kind.name} 文件不能用 EPSG:{crs}，请选 {'、'.join(map(str, systems))}", "EXPORT_CRS"
        )
    copy = copied(known, crs or systems[0], edition, look)
    try:
        return _WRITERS[kind](copy)
    except DataSourceError as error:
        raise DataError(f"图层 {known.name} 无法写为 {kind.name} 文件", "EXPORT_FAILED") from error


def check(known: Boundaries, kind: FileKind, edition: Edition) -> None:
    """Raise what `write` would refuse of a set, without writing it."""
    leaving = released(known, edition)
    if kind is FileKind.TXT:
        write_txt.check(leaving.known.table)


def kind_of(path: Path) -> FileKind:
    """The kind that a file's ending names. Raises `DataError` EXPORT_FORMAT."""
    ending = path.suffix.lower().removeprefix(".")
    if ending in list(FileKind):
        return FileKind(ending)
    known = "、".join(f".{kind}" for kind in FileKind)
    hint = "（Shapefile 由多个文件组成，请用 .zip）" if ending == "shp" else ""
    raise DataError(f"不能导出为 {path.name}，请用 {known} 结尾的文件名{hint}", "EXPORT_FORMAT")
