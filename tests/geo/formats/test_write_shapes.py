"""What we write, other programs read back: the same shapes to a millimetre, the same texts."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import ezdxf
import pyogrio
import pytest
import shapefile
import shapely
from ezdxf.entities import DXFEntity
from hypothesis import HealthCheck, given, settings
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError
from geo.formats.write import SYSTEMS, FileKind, write
from geo.model import Boundaries
from tests.geo.formats.written import (
    HOSTILE,
    LONG_ID,
    LOOK,
    area_sets,
    made,
    same,
    to_plane,
    unzipped,
)

few = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SQUARE = shapely.box(122.2, 37.4, 122.21, 37.41)
LINE = shapely.LineString([(122.2, 37.4), (122.21, 37.41), (122.23, 37.41)])
SPOT = shapely.Point(122.2, 37.4)


def shapes_of(known: Boundaries, crs: int) -> list[BaseGeometry]:
    """What a reader should find: metres in planes, degrees otherwise."""
    return [shape if crs == 4490 else to_plane(shape, crs) for shape in known.table.geometry]


def check(known: Boundaries, crs: int, found: list[tuple[str, str, BaseGeometry]]) -> None:
    """Ids, names and shapes as they were, compared in metres."""
    assert [(id_, name) for id_, name, _ in found] == list(
        zip(known.table["id"], known.table["name"], strict=True)
    )
    for wanted, (_, _, got) in zip(shapes_of(known, crs), found, strict=True):
        pair = (to_plane(wanted), to_plane(got)) if crs == 4490 else (wanted, got)
        assert same(*pair)


@few
@given(known=area_sets())
@pytest.mark.parametrize("crs", SYSTEMS[FileKind.GEOJSON])
def test_geojson_comes_back_from_a_json_reader(known: Boundaries, crs: int) -> None:
    body = json.loads(write(known, FileKind.GEOJSON, look=LOOK, crs=crs))
    assert body["crs"]["properties"]["name"] == f"urn:ogc:def:crs:EPSG::{crs}"
    rows = [(f["properties"], shapely.geometry.shape(f["geometry"])) for f in body["features"]]
    check(known, crs, [(row["id"], row["name"], shape) for row, shape in rows])


@few
@given(known=area_sets())
@pytest.mark.parametrize("crs", SYSTEMS[FileKind.GPKG])
def test_geopackage_comes_back_from_gdal(known: Boundaries, crs: int, tmp_path: Path) -> None:
    path = tmp_path / "out.gpkg"
    path.write_bytes(write(known, FileKind.GPKG, look=LOOK, crs=crs))
    meta, _, wkb, fields = pyogrio.raw.read(path, layer="parcel")
    assert meta["crs"] == f"EPSG:{crs}"
    row = dict(zip(meta["fields"], fields, strict=True))
    check(known, crs, list(zip(row["id"], row["name"], shapely.from_wkb(wkb), strict=True)))


@few
@given(known=area_sets())
@pytest.mark.parametrize("crs", SYSTEMS[FileKind.SHP])
def test_shapefile_comes_back_from_pyshp(known: Boundaries, crs: int) -> None:
    members = unzipped(write(known, FileKind.SHP, look=LOOK, crs=crs))
    whole = {}
    if "完整文字.csv" in members:
        listed = csv.DictReader(
            io.StringIO(members["完整文字.csv"].decode("utf-8-sig"), newline="")
        )
        whole = {untied(r["编号"]): untied(r["完整文字"]) for r in listed if r["字段"] == "name"}
    found = []
    for one in pyshp(members, "parcel").shapeRecords():
        shape = shapely.geometry.shape(one.shape.__geo_interface__)
        id_ = one.record["编号"]
        found.append((id_, whole.get(id_, one.record["名称"]), shape))
    check(known, crs, found)


def pyshp(members: dict[str, bytes] | Any, stem: str) -> shapefile.Reader:
    files = {part: io.BytesIO(members[f"{stem}.{part}"]) for part in ("shp", "shx", "dbf")}
    return shapefile.Reader(**files, encoding=members[f"{stem}.cpg"].decode())


def untied(text: str) -> str:
    """A text without the apostrophe that keeps a spreadsheet from computing it."""
    return text.removeprefix("'")


@few
@given(known=area_sets())
def test_kml_comes_back_from_an_xml_reader(known: Boundaries) -> None:
    top = Xml.fromstring(write(known, FileKind.KML, look=LOOK))
    space = {"k": "http://www.opengis.net/kml/2.2"}
    found = []
    for mark in top.iterfind(".//k:Placemark", space):
        data = {d.get("name"): d.findtext("k:value", "", space) for d in mark.iter(tag("Data"))}
        parts = [polygon(one, space) for one in mark.iter(tag("Polygon"))]
        assert mark.findtext("k:name", "", space) == data["name"]
        found.append((data["id"], data["name"], shapely.MultiPolygon(parts)))
    check(known, 4490, found)


def tag(name: str) -> str:
    return f"{{http://www.opengis.net/kml/2.2}}{name}"


def polygon(one: Xml.Element, space: dict[str, str]) -> shapely.Polygon:
    def ring(holder: Xml.Element) -> list[list[float]]:
        text = holder.findtext(".//k:coordinates", "", space)
        return [[float(n) for n in pair.split(",")] for pair in text.split()]

    outer, *_ = one.findall("k:outerBoundaryIs", space)
    return shapely.Polygon(ring(outer), [ring(r) for r in one.findall("k:innerBoundaryIs", space)])


@few
@given(known=area_sets())
@pytest.mark.parametrize("crs", SYSTEMS[FileKind.DXF])
def test_dxf_comes_back_from_a_drawing_reader(known: Boundaries, crs: int) -> None:
    drawing = ezdxf.read(io.StringIO(write(known, FileKind.DXF, look=LOOK, crs=crs).decode()))
    assert drawing.header["$INSUNITS"] == 6
    rings: defaultdict[str, defaultdict[str, dict[str, list[Any]]]] = defaultdict(
        lambda: defaultdict(lambda: {"外": [], "内": []})
    )
    names = {}
    for line in drawing.modelspace().query("LWPOLYLINE"):
        said = told(line)
        assert line.dxf.layer == "示例"
        assert (line.closed, said["可信等级"]) == (True, "示意")
        names[said["编号"]] = said["名称"]
        rings[said["编号"]][said["部分"]][said["环"]].append(list(line.get_points("xy")))
    found = []
    for id_, parts in rings.items():
        polygons = [shapely.Polygon(one["外"][0], one["内"]) for one in parts.values()]
        found.append((id_, names[id_], shapely.MultiPolygon(polygons)))
    check(known, crs, found)


def told(entity: DXFEntity) -> dict[str, str]:
    """Extended data: a key, then its text in pieces between braces."""
    out: dict[str, str] = {}
    key, inside = "", False
    for code, value in entity.get_xdata("JINGQU"):
        if code == 1002:
            inside = value == "{"
        elif inside:
            out[key] += value
        else:
            key, out[value] = value, ""
    return {key: carets(text) for key, text in out.items()}


def carets(text: str) -> str:
    """Undo the caret notation of DXF."""
    out, marks = [], iter(text)
    for mark in marks:
        out.append(
            {" ": "^", "J": "\n", "M": "\r", "I": "\t"}[next(marks)] if mark == "^" else mark
        )
    return "".join(out)


@few
@given(known=area_sets())
@pytest.mark.parametrize("crs", SYSTEMS[FileKind.TXT])
def test_boundary_txt_comes_back_line_by_line(known: Boundaries, crs: int) -> None:
    text = write(known, FileKind.TXT, look=LOOK, crs=crs).decode("gb18030")
    assert text.count("\n") == text.count("\r\n")
    _, _, body = text.partition("[地块坐标]\r\n")
    found: list[tuple[str, str, dict[str, list[tuple[float, float]]]]] = []
    for line in body.split("\r\n")[:-1]:
        words = line.split(",")
        if words[-1] == "@":
            found.append((words[2], words[3], {}))
        else:
            north, east = float(words[2]), float(words[3])
            found[-1][2].setdefault(words[1], []).append((east, north))
    assert [id_ for id_, *_ in found] == list(known.table["id"])
    fitted = [" ".join(n.split("\n")).replace(",", "，").strip() for n in known.table["name"]]
    assert [name for _, name, _ in found] == fitted
    for wanted, (_, _, rings) in zip(shapes_of(known, crs), found, strict=True):
        nested = shapely.Polygon()
        for ring in rings.values():  # even-odd: a ring inside a ring is a hole
            assert ring[0] == ring[-1]
            nested = nested.symmetric_difference(shapely.Polygon(ring))
        assert same(wanted, nested)


@pytest.mark.parametrize(
    ("kind", "crs"), [(FileKind.SHP, 4490), (FileKind.SHP, 4529), (FileKind.KML, 4490)]
)
def test_gdals_own_program_reads_names_and_shapes(tmp_path: Path, kind: FileKind, crs: int) -> None:
    program = shutil.which("ogr2ogr")
    if program is None:
        pytest.skip("没有 ogr2ogr，跳过")
    name = "喆𬭚 😀 =1+1 {{x}} \"双\" 'it'"
    known = made([SQUARE.difference(shapely.Point(122.205, 37.405).buffer(0.002))], [name])
    path = tmp_path / f"out.{kind}"
    path.write_bytes(write(known, kind, look=LOOK, crs=crs))
    source = f"/vsizip/{path}/parcel.shp" if kind is FileKind.SHP else str(path)
    to = ["-f", "GeoJSON", "-t_srs", f"EPSG:{crs}", "-lco", "COORDINATE_PRECISION=12"]
    done = subprocess.run([program, *to, "/vsistdout/", source], capture_output=True, check=True)
    assert done.stderr == b""
    (feature,) = json.loads(done.stdout)["features"]
    row = {key.lower(): value for key, value in feature["properties"].items()}
    assert row["名称" if kind is FileKind.SHP else "name"] == name
    assert LONG_ID in row.values()
    (wanted,) = shapes_of(known, crs)
    got = shapely.geometry.shape(feature["geometry"])
    assert same(*((wanted, got) if crs != 4490 else (to_plane(wanted), to_plane(got))))


MIXED = made([SPOT, LINE, SQUARE, shapely.MultiPoint([SPOT, (122.3, 37.4)])], HOSTILE[:4])


def test_a_set_of_every_kind_of_shape_loses_nothing(tmp_path: Path) -> None:
    wanted = dict(zip(MIXED.table["id"], MIXED.table.geometry, strict=True))
    body = json.loads(write(MIXED, FileKind.GEOJSON, look=LOOK))
    shapes = {f["properties"]["id"]: f["geometry"] for f in body["features"]}
    assert all(shapely.geometry.shape(shapes[id_]).equals(shape) for id_, shape in wanted.items())
    members = unzipped(write(MIXED, FileKind.SHP, look=LOOK))
    found = {}
    for stem in ("parcel_point", "parcel_line", "parcel_area", "parcel_points"):
        for one in pyshp(members, stem).shapeRecords():
            found[one.record["编号"]] = shapely.geometry.shape(one.shape.__geo_interface__)
    assert found.keys() == wanted.keys()
    assert all(found[id_].equals(shape) for id_, shape in wanted.items())
    path = tmp_path / "out.gpkg"
    path.write_bytes(write(MIXED, FileKind.GPKG, look=LOOK))
    meta, _, wkb, fields = pyogrio.raw.read(path, layer="parcel")
    ids = fields[list(meta["fields"]).index("id")]
    pairs = zip(ids, shapely.from_wkb(wkb), strict=True)
    assert all(shape.equals(wanted[id_]) for id_, shape in pairs)


def test_points_and_lines_of_a_drawing_keep_place_and_grade() -> None:
    known = made([shapely.Point(122.20, 37.42), LINE], ["喆𬭚", "示例线"])
    drawing = ezdxf.read(io.StringIO(write(known, FileKind.DXF, look=LOOK, crs=4550).decode()))
    sheet = drawing.modelspace()
    (spot,), (line,) = sheet.query("POINT"), sheet.query("LWPOLYLINE")
    # The point as the EPSG registry's formulas give it in EPSG:4550.
    assert tuple(spot.dxf.location)[:2] == pytest.approx((429_183.636, 4_143_423.670), abs=0.001)
    assert (told(spot)["编号"], told(line)["可信等级"]) == (LONG_ID, "示意")
    assert (line.closed, line.dxf.linetype) == (False, "SCHEMATIC")
    names = [text.dxf.text for text in sheet.query("TEXT") if text.dxf.layer == "注记"]
    assert names == ["喆𬭚", "示例线"]


def test_a_shape_a_hand_wide_off_is_not_the_same() -> None:
    plane = to_plane(SQUARE)
    assert same(plane, plane.reverse())
    assert not same(plane, shapely.transform(plane, lambda xy: xy + 0.01))
    assert not same(plane, plane.difference(plane.centroid.buffer(1)))


def test_boundary_txt_refuses_what_is_no_area() -> None:
    with pytest.raises(DataError, match="3 个要素不是面") as refusal:
        write(MIXED, FileKind.TXT, look=LOOK)
    assert refusal.value.code == "EXPORT_GEOMETRY"


@pytest.mark.parametrize("kind", [FileKind.KML, FileKind.DXF, FileKind.TXT])
def test_a_system_the_format_is_not_written_in_is_refused(kind: FileKind) -> None:
    wrong = 4529 if kind is FileKind.KML else 4490
    with pytest.raises(DataError, match=f"{kind.name} 文件不能用 EPSG:{wrong}") as refusal:
        write(MIXED, kind, look=LOOK, crs=wrong)
    assert refusal.value.code == "EXPORT_CRS"


def test_the_same_rows_make_the_same_bytes() -> None:
    for kind in FileKind:
        once, again = (write(made([SQUARE], ["示例"]), kind, look=LOOK) for _ in range(2))
        assert once == again, kind


def test_a_geopackage_holds_no_pages_of_what_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "out.gpkg"
    path.write_bytes(write(MIXED, FileKind.GPKG, look=LOOK))
    file = sqlite3.connect(path)
    assert file.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    file.close()
