"""Our style table as QGIS reads it, and the GeoPackage that carries it."""

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from shapely import LineString, Point, box

from geo.formats.write import FileKind, write
from geo.model import Boundaries
from layers.look import Look
from layers.style import Ink

MakeSet = Callable[..., Boundaries]
SQUARE = box(122.2, 37.4, 122.21, 37.41)


def settings(symbol: Xml.Element) -> list[dict[str, Any]]:
    """Settings of each layer of a symbol; both ways of writing them agree."""
    out = []
    for layer in symbol.iter("layer"):
        new = {one.get("name"): one.get("value") for one in layer.find("Option") or ()}
        assert new == {one.get("k"): one.get("v") for one in layer.iter("prop")}
        out.append(new)
    return out


def style(known: Boundaries, dimension: int, **fields: str) -> tuple[dict[str, Any], Xml.Element]:
    """Filters with their symbols, and the whole."""
    top = Xml.fromstring(Look("园区").qml(known, dimension, fields))
    symbols = {one.get("name"): one for one in top.iter("symbol")}
    rules = {one.get("filter"): symbols[one.get("symbol")] for one in top.iter("rule")}
    return rules, top


def test_grades_are_told_by_dots_and_dashes(make_set: MakeSet) -> None:
    grades = ["official", "traced", "schematic"]
    rules, top = style(make_set("unit", [SQUARE] * 3, grade=grades), 2)
    outlines = {where.split("'")[1]: settings(s)[0]["outline_style"] for where, s in rules.items()}
    assert outlines == {"official": "solid", "traced": "dash", "schematic": "dot"}
    assert top.findtext("layerGeometryType") == "2"
    assert {s.get("type") for s in rules.values()} == {"fill"}


def test_a_feature_that_stands_out_has_a_rule_of_its_own(make_set: MakeSet) -> None:
    known = make_set("park", [SQUARE, SQUARE], id=["P05", "P06"], grade=["traced", "traced"])
    rules, _ = style(known, 2)
    colours = {where: settings(symbol)[0]["outline_color"] for where, symbol in rules.items()}
    assert colours == {
        "\"grade\" IN ('traced') AND \"id\" IN ('P05')": "228,87,46,255",  # #E4572E
        "\"grade\" IN ('traced') AND NOT \"id\" IN ('P05')": "122,62,157,255",  # #7A3E9D
    }


def test_kinds_with_colours_of_their_own_are_quoted_as_qgis_wants(make_set: MakeSet) -> None:
    known = make_set("landuse", [SQUARE, SQUARE], kind=["o'a\\b", "其他"])
    look = Look("用地", tints={"o'a\\b": Ink("#010203", "#010203", "#010203")})
    top = Xml.fromstring(look.qml(known, 2, {"kind": "类别", "grade": "可信等级"}))
    filters = {one.get("filter") for one in top.iter("rule")}
    assert "\"可信等级\" IN ('traced') AND \"类别\" IN ('o''a\\\\b')" in filters
    assert look.inks(known) == ["#010203", "#9AA5B1"]


def test_points_are_hollow_and_lines_dashed_where_schematic(make_set: MakeSet) -> None:
    line = LineString([(122.2, 37.4), (122.3, 37.4)])
    known = make_set("road", [Point(122.2, 37.4), line], grade=["schematic"] * 2)
    (marker,), (cased, inner) = (
        settings(next(iter(style(known, dimension)[0].values()))) for dimension in (0, 1)
    )
    assert (marker["name"], marker["color"]) == ("square", "255,255,255,255")
    assert (cased["line_color"], inner["use_customdash"]) == ("255,255,255,255", "1")


@pytest.fixture
def package(make_set: MakeSet, tmp_path: Path) -> Path:
    known = make_set("park", [SQUARE, Point(122.2, 37.4)], grade=["traced", "schematic"])
    path = tmp_path / "park.gpkg"
    path.write_bytes(write(known, FileKind.GPKG, look=Look("产业园区")))
    return path


def test_a_geopackage_opens_in_its_commonest_style_and_offers_the_other(package: Path) -> None:
    with closing(sqlite3.connect(package)) as file:
        rows = file.execute(
            "SELECT f_table_name, f_geometry_column, styleName, styleQML, useAsDefault "
            "FROM layer_styles ORDER BY id"
        ).fetchall()
    assert [(row[:3], row[4]) for row in rows] == [
        (("park", "geom", "产业园区 点"), 1),
        (("park", "geom", "产业园区 面"), 0),
    ]
    kinds = [Xml.fromstring(row[3]).findtext("layerGeometryType") for row in rows]
    assert kinds == ["0", "2"]


def test_gdals_own_program_sees_the_layer_the_styles_and_the_words(package: Path) -> None:
    program = shutil.which("ogrinfo")
    if program is None:
        pytest.skip("没有 ogrinfo，跳过")
    done = subprocess.run([program, "-al", str(package)], capture_output=True, check=True)
    said = done.stdout.decode()
    assert done.stderr == b""
    assert "Layer name: park" in said
    assert "Layer name: layer_styles" in said
    assert "styleName (String) = 产业园区 点" in said
    assert "来源=测试图" in said
    assert "许可=CC0" in said
    assert 'ID["EPSG",4490]' in said
