"""Files as strangers make them, built byte by byte or by other programs' writers."""

import io
import json
import sqlite3
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import shapefile  # pyshp: not the writer under test
import shapely

SQUARE = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)]
CGCS2000_3_DEGREE_123 = (
    'PROJCS["CGCS2000_3_Degree_GK_CM_123E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",'
    'DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",123.0],PARAMETER["Scale_Factor",1.0],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)


def shp(
    fields: Sequence[tuple[str, str, int, int]],
    rows: Sequence[Sequence[Any]],
    encoding: str = "gbk",
    rings: Sequence[Any] = (),
) -> dict[str, bytes]:
    """Parts of a polygon shapefile by extension, as pyshp writes them (no .cpg, language 0)."""
    parts = {name: io.BytesIO() for name in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POLYGON, encoding=encoding) as writer:
        for name, type_, width, decimals in fields:
            writer.field(name, type_, width, decimals)
        for number, row in enumerate(rows):
            writer.poly(rings[number] if rings else [SQUARE])
            writer.record(*row)
    return {name: part.getvalue() for name, part in parts.items()}


def dbf(
    fields: Sequence[tuple[bytes, str, int]], rows: Sequence[Sequence[bytes]], language: int = 0
) -> bytes:
    """A dBASE III table by hand; values are padded with blanks."""
    width = 1 + sum(size for _, _, size in fields)
    head = struct.pack(
        "<4BIHH16xBBxx", 3, 126, 1, 1, len(rows), 33 + 32 * len(fields), width, 0, language
    )
    for name, type_, size in fields:
        head += struct.pack("<11scIBB14x", name, type_.encode(), 0, size, 0)
    body = b"".join(
        b" " + b"".join(value.ljust(field[2]) for field, value in zip(fields, row, strict=True))
        for row in rows
    )
    return head + b"\r" + body + b"\x1a"


def zipped(
    members: Mapping[str, bytes] | Iterable[tuple[str, bytes]], *, packed: bool = False
) -> bytes:
    """A zip archive; pairs may repeat a name."""
    pairs = members.items() if isinstance(members, Mapping) else members
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as file:
        for name, data in pairs:
            file.writestr(zipfile.ZipInfo(name) if not packed else name, data)
    return out.getvalue()


def named(parts: Mapping[str, bytes], stem: str = "地块") -> dict[str, bytes]:
    """Parts under file names."""
    return {f"{stem}.{extension}": data for extension, data in parts.items()}


def with_raw_names(data: bytes, old: bytes, new: bytes) -> bytes:
    """The same archive with member names replaced byte for byte, without the UTF-8 flag."""
    assert len(old) == len(new)
    return data.replace(old, new)


def link(name: str, target: str) -> bytes:
    """An archive with a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(info, target)
    return out.getvalue()


def lying(data: bytes, said: int) -> bytes:
    """An archive whose one member says it is `said` bytes long."""
    local = data.index(b"PK\x03\x04")
    central = data.index(b"PK\x01\x02")
    made = bytearray(data)
    made[local + 22 : local + 26] = struct.pack("<I", said)
    made[central + 24 : central + 28] = struct.pack("<I", said)
    return bytes(made)


def gpkg(path: Path, rows: Sequence[tuple[Any, ...]], extra: str = "", srs: int = 4549) -> bytes:
    """A GeoPackage of one feature table ``地块`` (geom, name, code), by SQL alone."""
    database = sqlite3.connect(path)
    database.executescript(
        f"""
        PRAGMA application_id = {0x47504B47};
        CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY,
            organization TEXT, organization_coordsys_id INTEGER, definition TEXT, description TEXT);
        INSERT INTO gpkg_spatial_ref_sys VALUES ('x', {srs}, 'EPSG', {srs}, 'undefined', '');
        CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT,
            description TEXT, last_change TEXT, min_x, min_y, max_x, max_y, srs_id INTEGER);
        CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT,
            geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);
        CREATE TABLE 地块 (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, code INTEGER);
        INSERT INTO gpkg_contents VALUES ('地块', 'features', '地块', '', '', 0, 0, 1, 1, {srs});
        INSERT INTO gpkg_geometry_columns VALUES ('地块', 'geom', 'POLYGON', {srs}, 0, 0);
        {extra}
        """
    )
    database.executemany("INSERT INTO 地块 (geom, name, code) VALUES (?, ?, ?)", rows)
    database.commit()
    database.close()
    return path.read_bytes()


def blob(shape: Any, srs: int = 4549) -> bytes:
    """A shape as GeoPackage stores it."""
    return b"GP\x00\x01" + struct.pack("<i", srs) + bytes(shapely.to_wkb(shape, byte_order=1))


def geojson(features: Sequence[Mapping[str, Any]] | None = None, **more: Any) -> bytes:
    """A FeatureCollection."""
    some = features if features is not None else [feature({"name": "甲"})]
    said = {"type": "FeatureCollection", **more, "features": some}
    return json.dumps(said, ensure_ascii=False).encode()


def feature(properties: Mapping[str, Any], geometry: Any = ...) -> dict[str, Any]:
    """A feature with a unit square, or another geometry."""
    square = {
        "type": "Polygon",
        "coordinates": [[[122.0, 37.0], [122.1, 37.0], [122.1, 37.1], [122.0, 37.0]]],
    }
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": square if geometry is ... else geometry,
    }


def kml(body: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    """A KML document around placemarks and folders."""
    return f'{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>'.encode()


def mark(name: str, coordinates: str = "122,37 122.1,37 122.1,37.1 122,37", more: str = "") -> str:
    """A placemark with an area."""
    ring = f"<LinearRing><coordinates>{coordinates}</coordinates></LinearRing>"
    area = f"<Polygon><outerBoundaryIs>{ring}</outerBoundaryIs></Polygon>"
    return f"<Placemark><name>{name}</name>{more}{area}</Placemark>"


def dxf(entities: str, header: str = "", blocks: str = "") -> str:
    """A small drawing of an old version, tag by tag; `entities` as ``code value`` per line."""
    head = f"0 SECTION\n2 HEADER\n9 $ACADVER\n1 AC1009\n{header}0 ENDSEC\n"
    middle = f"0 SECTION\n2 BLOCKS\n{blocks}0 ENDSEC\n" if blocks else ""
    tags = f"{head}{middle}0 SECTION\n2 ENTITIES\n{entities}0 ENDSEC\n0 EOF"
    return "".join(
        f"{code:>3}\n{value}\n" for code, _, value in (t.partition(" ") for t in tags.split("\n"))
    )


def polyline(points: Sequence[tuple[float, ...]], layer: str = "DK", *, closed: bool = True) -> str:
    """An old-style polyline; a third number is the bulge."""
    made = f"0 POLYLINE\n8 {layer}\n66 1\n70 {int(closed)}\n"
    for x, y, *bulge in points:
        made += f"0 VERTEX\n8 {layer}\n10 {x!r}\n20 {y!r}\n"
        made += f"42 {bulge[0]!r}\n" if bulge else ""
    return f"{made}0 SEQEND\n8 {layer}\n"
