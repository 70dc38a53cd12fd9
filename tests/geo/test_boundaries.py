import json
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import GeometryCollection, LineString, MultiPoint, Point, Polygon, box

from geo import boundaries
from geo.boundaries import ChangeKind
from geo.errors import DataError
from geo.model import Boundaries, Grade, Source

SOURCE = Source("测试图", Grade.TRACED, "CC0", date(2017, 6, 9), declared_m2=1e6)
WEST, EAST = box(122.20, 37.40, 122.21, 37.41), box(122.21, 37.40, 122.22, 37.41)


def closed_formula() -> float:
    """Area in m² of WEST on the ellipsoid: b²/2 Δλ [sin φ/(1-e² sin² φ) + artanh(e sin φ)/e]."""
    a, f = 6378137.0, 1 / 298.257222101
    e2 = f * (2 - f)
    e, b2 = e2**0.5, a * a * (1 - e2)
    sines = np.sin(np.radians([37.40, 37.41]))
    parts = sines / (1 - e2 * sines**2) + np.arctanh(e * sines) / e
    return float(b2 / 2 * np.radians(0.01) * (parts[1] - parts[0]))


def frame(shapes: list[Any] | None = None, crs: int | str | None = 4490, **columns: Any) -> Any:
    shapes = [WEST, EAST] if shapes is None else shapes
    front = {
        "id": [f"P{i:02}" for i in range(1, len(shapes) + 1)],
        "name": ["园"] * len(shapes),
    }
    return gpd.GeoDataFrame(front | columns, geometry=shapes, crs=crs)


def codes(table: Any) -> set[tuple[str, int]]:
    with pytest.raises(DataError) as refusal:
        boundaries.make("park", table, SOURCE)
    return {(issue.code, issue.row) for issue in refusal.value.issues}


def test_a_sound_table_becomes_boundaries_with_id_and_name_first_and_text_as_none() -> None:
    table = frame(note=["甲", None], n=[1, 2]).iloc[[1, 0]]
    made = boundaries.make("park", table[["note", "name", "geometry", "id", "n"]], SOURCE)
    assert list(made.table.columns) == ["id", "name", "note", "n", "geometry"]
    assert list(made.table.index) == [0, 1]
    assert list(made.table["id"]) == ["P02", "P01"]
    assert list(made.table["note"]) == [None, "甲"]
    assert (made.name, made.source, made.since) == ("park", SOURCE, 0)
    assert made.table.crs.to_epsg() == 4490


def test_the_given_table_is_left_as_it_was() -> None:
    table = frame(note=["甲", None])
    before = table.copy(deep=True)
    result = boundaries.make("park", table, SOURCE).table
    result.loc[0, "name"] = "x"
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("name", ["", "Park", "园", "1park", "park-a", "a" * 41, "../x", "a b"])
def test_a_set_name_is_a_lower_case_identifier(name: str) -> None:
    with pytest.raises(DataError, match="图层名") as refusal:
        boundaries.make(name, frame(), SOURCE)
    assert refusal.value.code == "SET_NAME"


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (frame(crs=None), "CRS_MISSING"),
        (frame().drop(columns="id"), "FIELD_MISSING"),
        (frame().drop(columns="name"), "FIELD_MISSING"),
        (frame().iloc[:0], "EMPTY_FILE"),
        (frame(crs="+proj=longlat +a=6378000 +b=6350000"), "CRS_UNKNOWN"),
        (frame(crs=4214), "DATUM_NEEDS_PARAMETERS"),  # Beijing 54
        (frame(crs=4610), "DATUM_NEEDS_PARAMETERS"),  # Xian 80
    ],
)
def test_a_table_that_cannot_be_judged_row_by_row_is_refused(table: Any, code: str) -> None:
    with pytest.raises(DataError) as refusal:
        boundaries.make("park", table, SOURCE)
    assert refusal.value.code == code


def test_plane_coordinates_of_zone_41_come_to_lie_where_they_should() -> None:
    # 123 E is the central meridian of zone 41 (easting 500 km), where the northing is the
    # length of the meridian from the equator.
    made = boundaries.make("park", frame([Point(41_500_000, 4_096_481.4)], crs=4529), SOURCE)
    (point,) = made.table.geometry
    assert point.x == pytest.approx(123, abs=1e-9)
    assert point.y == pytest.approx(latitude_of(4_096_481.4), abs=2e-7)


def latitude_of(arc: float) -> float:
    """Latitude whose meridian arc is `arc` m, by summing small steps of the ellipsoid."""
    a, f = 6378137.0, 1 / 298.257222101
    e2 = f * (2 - f)
    phi = np.radians(np.linspace(36.9, 37.1, 200_001))
    whole = np.radians(np.linspace(0, 36.9, 2_000_001))
    radius = lambda p: a * (1 - e2) / (1 - e2 * np.sin(p) ** 2) ** 1.5  # noqa: E731
    start = float(np.trapezoid(radius(whole), whole))
    steps = start + np.concatenate([[0], np.cumsum(radius(phi)[:-1] * np.diff(phi))])
    return float(np.degrees(np.interp(arc, steps, phi)))


def test_wgs84_degrees_are_taken_over_unchanged() -> None:
    made = boundaries.make("park", frame(crs=4326), SOURCE)
    assert [s.wkb for s in made.table.geometry] == [WEST.wkb, EAST.wkb]
    assert made.table.crs.to_epsg() == 4490


@pytest.mark.parametrize(
    ("ids", "fault"),
    [
        (["a", "a"], ("DUPLICATE_ID", 2)),
        (["a", ""], ("ID_EMPTY", 2)),
        ([" ", "a"], ("ID_EMPTY", 1)),
        (["a", None], ("ID_TYPE", 2)),
        ([1, 2], ("ID_TYPE", 1)),
        (["a", "b\x00"], ("TEXT_CONTROL", 2)),
    ],
)
def test_a_faulty_id_is_named_with_its_row(ids: list[Any], fault: tuple[str, int]) -> None:
    assert fault in codes(frame(id=pd.Series(ids, dtype=object)))


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("name", None, "NAME_TYPE"),
        ("name", "", "NAME_EMPTY"),
        ("grade", "good", "GRADE"),
        ("grade", None, "GRADE"),
        ("note", "a\x08", "TEXT_CONTROL"),
        ("note", ["a", "b"], "ATTRIBUTE_TYPE"),
    ],
)
def test_a_faulty_attribute_is_named_with_its_row(column: str, value: Any, code: str) -> None:
    cells = pd.Series(["traced", value], dtype=object)
    assert codes(frame(**{column: cells})) == {(code, 2)}


@pytest.mark.parametrize(
    ("shape", "code", "word"),
    [
        (None, "GEOMETRY_EMPTY", "没有图形"),
        (Polygon(), "GEOMETRY_EMPTY", "没有图形"),
        (Polygon([(122, 37), (123, 38), (123, 37), (122, 38)]), "GEOMETRY_INVALID", "自相交"),
        (Polygon([(122, 37), (123, 38), (122, 37)]), "GEOMETRY_INVALID", "点数不足"),
        (Point(122, 37, 5), "GEOMETRY_Z", "二维"),
        (GeometryCollection([Point(122, 37)]), "GEOMETRY_TYPE", "GeometryCollection"),
        (Point(122, float("inf")), "NON_FINITE", "坐标无效"),
        (Point(37.4, 122.2), "OUT_OF_RANGE", "颠倒"),
    ],
)
def test_a_faulty_shape_is_named_with_its_row(shape: Any, code: str, word: str) -> None:
    with pytest.raises(DataError, match=word) as refusal:
        boundaries.make("park", frame([WEST, shape]), SOURCE)
    assert [(i.code, i.row) for i in refusal.value.issues] == [(code, 2)]


def test_faulty_shapes_in_plane_coordinates_are_named_too() -> None:
    far, high = Point(1e12, 1e12), Point(41_400_000, 4_140_000, 7)
    assert codes(frame([None, far, high], crs=4529)) == {
        ("GEOMETRY_EMPTY", 1),
        ("NON_FINITE", 2),
        ("GEOMETRY_Z", 3),
    }


def test_all_faults_are_counted_and_the_first_three_shown() -> None:
    table = frame([None, WEST, None, EAST, None], id=["a", "b", "b", "", "e"])
    with pytest.raises(DataError) as refusal:
        boundaries.make("park", table, SOURCE)
    assert len(refusal.value.issues) == 5
    assert str(refusal.value) == (
        "图层 park 有 5 处问题：第 1 行没有图形；第 3 行编号 b 重复，见第 2、3 行；"
        "第 3 行没有图形……。请改正后重试"
    )


def written(path: Path, features: list[dict[str, Any]]) -> Path:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    whole = {"type": "FeatureCollection", "crs": crs, "features": features}
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return path


def feature(coordinates: list[float], **properties: Any) -> dict[str, Any]:
    shape = {"type": "Point", "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def test_a_shipped_file_is_read_with_its_text_as_it_stands(tmp_path: Path) -> None:
    path = written(
        tmp_path / "园区.geojson",
        [
            feature([122.123456, 37.4], id="0012", name="{{7*7}}", day="2016-11-24", error_m=None),
            feature([122.2, 37.5], id="0013", name="<b>", day=None, error_m=300),
        ],
    )
    made = boundaries.read(path, "park", SOURCE)
    assert list(made.table["id"]) == ["0012", "0013"]
    assert list(made.table["name"]) == ["{{7*7}}", "<b>"]
    assert list(made.table["day"]) == ["2016-11-24", None]
    assert made.table["error_m"][1] == 300
    assert made.table.geometry[0].coords[0] == (122.123456, 37.4)


@pytest.mark.parametrize("content", ["", "{}", '{"type": "FeatureCollection", "features": [', "x"])
def test_a_file_that_is_no_geojson_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "park.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"park\.geojson 不是可读的") as refusal:
        boundaries.read(path, "park", SOURCE)
    assert refusal.value.code == "JSON_CORRUPT"


def test_a_file_that_tells_the_reader_to_open_another_is_refused(tmp_path: Path) -> None:
    secret = written(tmp_path / "secret.geojson", [feature([122, 37], id="a", name="b")])
    path = tmp_path / "park.geojson"
    path.write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}'
        "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match="不是可读的"):
        boundaries.read(path, "park", SOURCE)


def test_a_missing_file_and_a_file_without_features_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="找不到"):
        boundaries.read(tmp_path / "park.geojson", "park", SOURCE)
    with pytest.raises(DataError, match="没有"):
        boundaries.read(written(tmp_path / "park.geojson", []), "park", SOURCE)


def made(shapes: list[Any], **columns: Any) -> Boundaries:
    return boundaries.make("park", frame(shapes, **columns), SOURCE)


def test_every_kind_of_change_is_told_with_its_areas() -> None:
    half = box(122.20, 37.40, 122.21, 37.405)
    old = made([WEST, WEST, WEST, WEST], id=["same", "changed", "moved", "removed"])
    new = made(
        [WEST, WEST, half, EAST],
        id=["same", "changed", "moved", "added"],
        name=["园", "新", "园", "园"],
    )
    changes = {change.id: change for change in boundaries.compare(old, new)}
    assert list(changes) == ["added", "changed", "moved", "removed", "same"]
    assert {id_: change.kind.value for id_, change in changes.items()} == {i: i for i in changes}
    whole = pytest.approx(closed_formula(), rel=1e-6)
    areas = {i: (c.old_m2, c.new_m2, c.moved_m2) for i, c in changes.items()}
    assert areas["same"] == areas["changed"] == (whole, whole, 0)
    assert areas["added"] == (0, whole, whole)
    assert areas["removed"] == (whole, 0, whole)
    old_m2, new_m2, moved_m2 = areas["moved"]
    assert (old_m2, new_m2 + moved_m2) == (whole, whole)
    assert new_m2 == pytest.approx(closed_formula() / 2, rel=1e-4)
    assert changes["changed"].name == "新"
    assert changes["removed"].name == "园"


def test_a_ring_that_starts_elsewhere_or_an_empty_new_column_is_no_change() -> None:
    turned = Polygon([*WEST.exterior.coords[2:], *WEST.exterior.coords[1:3]])
    (change,) = boundaries.compare(made([WEST]), made([turned], note=[None]))
    assert change.kind is ChangeKind.SAME


def test_a_moved_point_or_line_moves_no_area() -> None:
    line = LineString([(122.2, 37.4), (122.3, 37.4)])
    changes = boundaries.compare(
        made([Point(122.2, 37.4), line]), made([Point(122.3, 37.4), shapely.reverse(line)])
    )
    assert [(c.kind, c.moved_m2) for c in changes] == [(ChangeKind.MOVED, 0), (ChangeKind.SAME, 0)]


def test_a_summary_counts_grades_and_measures_polygons_and_lines_apart() -> None:
    line = LineString([(123.0, 37.0), (123.0, 37.01)])
    shapes = [WEST, EAST, line, MultiPoint([(122.2, 37.4)])]
    grades = ["official", "schematic", "schematic", "traced"]
    told = boundaries.summary(made(shapes, grade=grades), "园区", "Parks")
    assert (told.name, told.title, told.title_en, told.count) == ("park", "园区", "Parks", 4)
    assert told.grade is Grade.SCHEMATIC
    assert list(told.grades.items()) == [("official", 1), ("traced", 1), ("schematic", 2)]
    assert told.measured_m2 == pytest.approx(2 * closed_formula(), rel=1e-6)
    # The projection keeps lengths along its central meridian: a (1-e²) / (1-e² sin² φ)^1.5 Δφ.
    assert told.length_m == pytest.approx(
        6378137 * 0.99330562 / 0.99757486**1.5 * 1.745329e-4, rel=1e-4
    )
    assert (told.declared_m2, told.source, told.since) == (1e6, SOURCE, 0)


def test_a_set_of_points_without_grades_has_the_grade_of_its_source_and_no_sums() -> None:
    told = boundaries.summary(made([Point(122.2, 37.4)]), "站", "Stations")
    assert told.grades == {"traced": 1}
    assert told.grade is Grade.TRACED
    assert told.measured_m2 is None
    assert told.length_m is None
