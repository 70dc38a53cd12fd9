"""What runs in the jail: find out what an upload is, and have its reader read it."""

import importlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from geo.errors import DataError, Issue
from geo.formats import container, wire
from geo.formats.container import Source
from geo.formats.values import Choice, Kind, Peek, Reading

# Readers of ours take a `Source`; those of tables and coordinate texts take a path.
_READERS = {
    Kind.SHP: "geo.formats.shapefile",
    Kind.GPKG: "geo.formats.geopackage",
    Kind.GDB: "geo.formats.filegdb",
    Kind.GEOJSON: "geo.formats.geojson",
    Kind.KML: "geo.formats.kml",
    Kind.KMZ: "geo.formats.kml",
    Kind.DXF: "geo.formats.dxf",
}
_TABLES = {
    Kind.TXT: "geo.formats.txt",
    Kind.XLSX: "geo.formats.sheet",
    Kind.CSV: "geo.formats.sheet",
    Kind.PASTE: "geo.formats.paste",
}


MODULES = (*_READERS.values(), *_TABLES.values())  # for the keeper to load beforehand


def peek(folder: Path, arguments: dict[str, Any]) -> wire.Answer:
    """Kind, layers, encodings and coordinate system of an upload, as JSON."""
    source = _source(folder, arguments["names"])
    if source.kind is Kind.TIFF:
        found = Peek(source.kind, ())
    elif source.kind in _TABLES:
        found = importlib.import_module(_TABLES[source.kind]).peek(source.path)
    else:
        found = importlib.import_module(_READERS[source.kind]).look(source)
    return wire.Answer(asdict(found))


def read(folder: Path, arguments: dict[str, Any]) -> wire.Answer:
    """One layer of an upload: its table as arrays and columns, the rest as JSON."""
    source, choice = _source(folder, arguments["names"]), Choice(**arguments["choice"])
    if source.kind is Kind.TIFF:
        raise DataError("这是影像文件，没有矢量图形，请在“地形与影像”中导入", "TYPE_RASTER")
    if source.kind in _TABLES:
        reading = importlib.import_module(_TABLES[source.kind]).rows(source.path, choice)
    else:
        reading = importlib.import_module(_READERS[source.kind]).rows(source, choice)
    return _packed(reading)


def _packed(reading: Reading) -> wire.Answer:
    arrays, columns = wire.pack(reading.table)
    value = {
        "kind": reading.kind,
        "layer": reading.layer,
        "rows": reading.rows,
        "numbers": reading.numbers,
        "encoding": reading.encoding,
        "crs": reading.crs,
        "issues": [_plain(issue) for issue in reading.issues],
    }
    return wire.Answer(value, arrays, columns)


def _plain(issue: Issue) -> list[Any]:
    return [issue.code, issue.message, issue.severity, issue.row, issue.field, issue.value]


def _source(folder: Path, names: Sequence[str]) -> Source:
    files = [(name, folder / "in" / str(number)) for number, name in enumerate(names)]
    source = container.open_source(files, folder / "work")
    if not source.path.is_file():
        return source
    # Readers that tell formats apart by name see one that fits the content.
    path = source.path.rename(source.path.with_name(f"data.{source.kind}"))
    return Source(source.kind, path, source.titles, source.issues)
