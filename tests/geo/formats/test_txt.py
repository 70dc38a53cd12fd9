"""勘测定界 coordinate TXT: every way offices write it, and writing it back."""

import math
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon, box

from geo.errors import DataError
from geo.formats import txt, txt_write
from geo.formats.txt_write import Form
from geo.formats.values import Choice, Reading

HEADER = """[属性描述]
格式版本号=1.01版本
数据产生单位=某测绘院
数据产生日期=2024-5-1
坐标系=2000国家大地坐标系
几度分带=3
投影类型=高斯克吕格
计量单位=米
带号=41
精度=0.001
转换参数=,,,,,,
[地块坐标]
"""
SQUARE = """J1,1,4143500.000,41429000.000
J2,1,4143500.000,41429577.350
J3,1,4142922.650,41429577.350
J4,1,4142922.650,41429000.000
J1,1,4143500.000,41429000.000
"""
HEAD = "5,33.3333,DK1,示例地块,面,,商服用地,0902,@\n"
SIDE = box(41429000.0, 4142922.65, 41429577.35, 4143500.0)  # east first


def read(text: str, **chosen: str) -> Reading:
    return txt.read(text, "UTF-8", Choice(**chosen))


def codes(reading: Reading, severity: str = "") -> list[str]:
    return [i.code for i in reading.issues if i.severity == severity or not severity]


def ring(number: str, corners: list[tuple[float, float]], first: int = 1) -> str:
    """Lines of a ring given as (north, east) corners, closed by its first point."""
    lines = [f"J{first + i},{number},{n},{e}\n" for i, (n, e) in enumerate(corners)]
    return "".join([*lines, f"J{first},{number},{corners[0][0]},{corners[0][1]}\n"])


def square(north: float, east: float, side: float) -> list[tuple[float, float]]:
    return [(north, east), (north, east + side), (north - side, east + side), (north - side, east)]


def test_the_form_of_the_notice_is_read_whole() -> None:
    found = read(HEADER + HEAD + SQUARE)
    (row,) = found.table.to_dict("records")
    assert row["geometry"].equals(SIDE)
    assert [row[name] for name in txt.FIELDS] == [
        *("5", "33.3333", "DK1", "示例地块", "面", "", "商服用地", "0902")
    ]
    assert row["declared_m2"] == pytest.approx(333333.0)
    assert (found.crs, found.rows, found.numbers) == ("EPSG:4529", 1, (13,))
    assert not codes(found, "warning") and not codes(found, "error")


def test_what_the_header_says_is_told_by_line_but_never_parameters() -> None:
    text = HEADER.replace("转换参数=,,,,,,", "转换参数=12.5,3,4,0.1,0,0,1") + HEAD + SQUARE
    found = read(text)
    said = {i.field: (i.row, i.value) for i in found.issues if i.code == "HEADER"}
    assert said["数据产生单位"] == (3, "某测绘院")
    (dropped,) = [i for i in found.issues if i.code == "PARAMETERS_DROPPED"]
    assert dropped.row == 11
    assert "12.5" not in str(found.issues)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("1,地块1,面,,@", {"地块编号": "1", "地块名称": "地块1", "图形属性": "面"}),
        ("5,33.3,DK1,名,面,@", {"地块面积": "33.3", "地块名称": "名", "地类编码": None}),
        (
            "5,33.3333,DK1,名,面,J51,商服,0902,Y,一,二,三,@",
            {"图幅号": "J51", "备用1": "Y", "备用4": "三"},
        ),
        (
            "5,33.3333,DK1,名,面,,,0902,0701,TBLX,一般,区,号,备注,@",
            {"备用1": "0701", "备用6": "备注"},
        ),
        ("5，33.3333，DK1，名，面，，商服，0902，＠", {"地块编号": "DK1", "地类编码": "0902"}),
        ("5,33.3333,DK1,甲，乙,面,,商服,0902,@", {"地块名称": "甲，乙"}),
        ("５,33．3333,DK1,名,面,,商服,0902,@", {"地块面积": "33．3333"}),
        ("5,33.3333,DK1,名,面,,商服,0902@", {"地类编码": "0902"}),
        ("5,33.3333,DK1,名,面,,商服,0902", {"地类编码": "0902"}),
        (" 5, 33.3333 , DK1 ,名,面,,商服,0902,@ ", {"地块编号": "DK1"}),
    ],
)
def test_heads_of_every_length_are_read_field_by_field(
    head: str, said: dict[str, str | None]
) -> None:
    found = read(HEADER + head + "\n" + SQUARE)
    row = found.table.iloc[0]
    assert {name: row[name] for name in said} == said
    assert row.geometry.equals(SIDE)
    assert not codes(found, "error")


def test_a_comma_inside_a_name_is_told_because_it_shifts_the_fields() -> None:
    found = read(HEADER + "5,33.3333,DK1,甲,乙,面,,商服,0902,@\n" + SQUARE)
    assert [i.row for i in found.issues if i.code == "HEAD_SHIFTED"] == [13]
    assert found.table.geometry[0].equals(SIDE)


def test_points_alone_are_one_parcel_and_told() -> None:
    found = read(SQUARE)
    assert found.table.geometry[0].equals(SIDE)
    assert {"HEAD_MISSING", "SECTION_MISSING", "CRS_MISSING"} <= set(codes(found))
    assert found.crs == ""


def test_full_width_signs_and_leading_spaces_are_read() -> None:
    text = (HEADER + HEAD + SQUARE).replace("[", " 【").replace("]", "】").replace("=", "＝")
    text = text.replace("J1,1,4143500.000", "  J1，1，4143500．000").replace("1.01", "1．01")
    found = read(text)
    assert found.table.geometry[0].equals(SIDE)
    assert found.crs == "EPSG:4529"


def test_misspelt_keys_and_unknown_sections_are_read_and_told() -> None:
    text = "[项目信息]\n项目名称=某项目\n" + HEADER.replace("数据产生单位", "数据生产单位")
    found = read(text + HEAD + SQUARE)
    said = {i.field: i.value for i in found.issues if i.code == "HEADER"}
    assert said["项目名称"] == "某项目"
    assert said["数据产生单位"] == "某测绘院"
    assert "KEY_SPELT" in codes(found)


@pytest.mark.parametrize("count", ["5", "4", ""])
def test_the_number_of_points_may_count_the_closing_point_or_not(count: str) -> None:
    found = read(HEADER + count + HEAD[1:] + SQUARE)
    assert "COUNT_MISMATCH" not in codes(found)


def test_another_number_of_points_is_told_with_the_line() -> None:
    found = read(HEADER + "9" + HEAD[1:] + SQUARE)
    (issue,) = [i for i in found.issues if i.code == "COUNT_MISMATCH"]
    assert issue.row == 13


@pytest.mark.parametrize("names", [("J1", "J2", "J3", "J4"), ("1", "2", "3", "4"), ("JZD1",) * 4])
def test_any_names_of_points_are_kept(names: tuple[str, ...]) -> None:
    text = SQUARE
    for old, new in zip(("J1", "J2", "J3", "J4"), names, strict=True):
        text = text.replace(old + ",", new + ",")
    found = read(HEADER + HEAD + text)
    assert found.table["界址点号"][0] == ",".join(names)
    assert found.table.geometry[0].equals(SIDE)


def test_a_missing_closing_point_is_added_and_told() -> None:
    found = read(HEADER + "4" + HEAD[1:] + SQUARE[: SQUARE.rindex("J1")])
    assert found.table.geometry[0].equals(SIDE)
    assert "RING_UNCLOSED" in codes(found, "info")


def test_a_first_point_written_twice_counts_once() -> None:
    first = SQUARE.splitlines()[0] + "\n"
    for text in (first + SQUARE, SQUARE + first):
        found = read(HEADER + HEAD + text)
        assert found.table.geometry[0].equals(SIDE)
        assert "POINT_DOUBLE" in codes(found)


OUTER, HOLE = square(4143500.0, 41429000.0, 300.0), square(4143400.0, 41429100.0, 100.0)
ISLAND, APART = square(4143370.0, 41429130.0, 40.0), square(4143500.0, 41429400.0, 100.0)
WITH_ALL = MultiPolygon(
    [
        Polygon([(e, n) for n, e in OUTER], [[(e, n) for n, e in HOLE]]),
        Polygon([(e, n) for n, e in ISLAND]),
        Polygon([(e, n) for n, e in APART]),
    ]
)


@pytest.mark.parametrize(
    "numbers",
    [("1", "2", "3", "4"), ("101", "102", "201", "301"), ("1",) * 4, ("1", "1", "2", "2")],
)
@pytest.mark.parametrize("order", [(0, 1, 2, 3), (1, 0, 3, 2), (3, 2, 1, 0)])
def test_holes_and_islands_are_found_by_nesting_whatever_the_ring_numbers(
    numbers: tuple[str, ...], order: tuple[int, ...]
) -> None:
    shapes = [OUTER, HOLE, ISLAND, APART]
    text = "".join(ring(numbers[i], shapes[k]) for i, k in enumerate(order))
    found = read(HEADER + "20,9.16,DK1,名,面,,,,@\n" + text)
    # 300² − 100² + 40² + 100² = 91,600 m²
    assert shapely.area(found.table.geometry[0]) == pytest.approx(91_600)
    assert found.table.geometry[0].equals(WITH_ALL)
    assert not codes(found, "warning")


def test_two_hundred_holes_stay_holes() -> None:
    holes = [square(4143490.0 - 20 * (i // 20), 41429010.0 + 20 * (i % 20), 10) for i in range(200)]
    text = ring("1", square(4143500.0, 41429000.0, 500.0))
    text += "".join(ring(str(i), hole) for i, hole in enumerate(holes, 2))
    (shape,) = read(HEADER + ",,DK1,名,面,,,,@\n" + text).table.geometry
    assert len(shape.interiors) == 200
    assert shapely.area(shape) == pytest.approx(250_000 - 200 * 100)


def test_parcels_with_the_same_head_are_not_merged() -> None:
    other = SQUARE.replace("41429", "41430")
    found = read(HEADER + HEAD + SQUARE + HEAD + other)
    assert (found.rows, found.numbers) == (2, (13, 19))
    assert found.table.geometry[1].bounds[0] == 41430000.0


@pytest.mark.parametrize(
    ("area", "m2"),
    [
        ("33.3333", 333_333.0),
        ("333333", 333_333.0),
        ("33.3333公顷", 333_333.0),
        ("333333平方米", 333_333.0),
        ("500.00亩", 500 * 2000 / 3),
    ],
)
def test_the_unit_of_the_area_is_found_by_the_shape_and_told(area: str, m2: float) -> None:
    found = read(HEADER + HEAD.replace("33.3333", area) + SQUARE)
    assert found.table["declared_m2"][0] == pytest.approx(m2)
    assert "AREA_UNIT" in codes(found, "info")
    assert "AREA_MISMATCH" not in codes(found)


def test_an_area_that_differs_from_the_shape_is_told_with_its_line() -> None:
    found = read(HEADER + HEAD.replace("33.3333", "30.0000") + SQUARE)
    (issue,) = [i for i in found.issues if i.code == "AREA_MISMATCH"]
    assert (issue.row, issue.value) == (13, "30.0000")
    assert found.table["declared_m2"][0] == 300_000.0


def test_a_unit_may_be_chosen_by_hand() -> None:
    found = read(HEADER + HEAD.replace("33.3333", "500") + SQUARE, units="mu")
    assert found.table["declared_m2"][0] == pytest.approx(333_333.33, abs=0.01)
    with pytest.raises(DataError, match="面积单位"):
        read(HEADER + HEAD + SQUARE, units="acre")


@pytest.mark.parametrize(
    ("old", "new", "crs", "code"),
    [
        ("", "", "EPSG:4529", ""),
        (",41429", ",429", "EPSG:4550", ""),
        ("带号=41", "带号=", "EPSG:4529", "ZONE_PREFIX"),
        ("带号=41", "带号=40", "", "ZONE_PREFIX"),
        ("几度分带=3", "几度分带=3度带", "EPSG:4529", ""),
        ("几度分带=3", "几度分带=", "EPSG:4529", ""),
        ("几度分带=3", "几度分带=6", "", "ZONE_PREFIX"),
        ("坐标系=2000国家大地坐标系", "坐标系=CGCS2000", "EPSG:4529", ""),
        ("坐标系=2000国家大地坐标系", "坐标系=大地坐标系", "", "CRS_MISSING"),
        ("坐标系=2000国家大地坐标系", "坐标系=", "", "CRS_MISSING"),
        ("坐标系=2000", "坐标系=80", "EPSG:2365", "DATUM_NEEDS_PARAMETERS"),
        ("坐标系=2000国家大地坐标系", "坐标系=北京54坐标系", "EPSG:2417", "DATUM_NEEDS_PARAMETERS"),
    ],
)
def test_the_system_is_named_only_where_header_and_digits_agree(
    old: str, new: str, crs: str, code: str
) -> None:
    found = read((HEADER + HEAD + SQUARE).replace(old, new) if old else HEADER + HEAD + SQUARE)
    assert found.crs == crs
    assert not code or code in codes(found)


def test_six_degree_zones_are_4478_and_the_zone() -> None:
    text = (
        (HEADER + HEAD + SQUARE).replace("几度分带=3", "几度分带=6").replace("带号=41", "带号=21")
    )
    assert read(text.replace(",41429", ",21429")).crs == "EPSG:4499"
    assert read(text.replace(",41429", ",429")).crs == "EPSG:4510"


def test_neither_zone_nor_prefix_is_no_system() -> None:
    found = read((HEADER + HEAD + SQUARE).replace("带号=41", "带号=").replace(",41429", ",429"))
    assert found.crs == ""
    assert "CRS_MISSING" in codes(found, "warning")


def test_several_prefixes_are_told() -> None:
    found = read(HEADER + HEAD + SQUARE + HEAD + SQUARE.replace("41429", "40429"))
    assert (found.crs, "ZONE_PREFIX" in codes(found)) == ("", True)


def test_exchanged_axes_are_told_and_not_put_right() -> None:
    lines = [line.split(",") for line in SQUARE.splitlines()]
    text = "".join(f"{name},{ring_},{y},{x}\n" for name, ring_, x, y in lines)
    found = read(HEADER + HEAD + text)
    assert "AXIS_SWAPPED" in codes(found, "warning")
    assert found.table.geometry[0].bounds[0] == pytest.approx(4142922.65)


@pytest.mark.parametrize("bad", ["J3,1,41429OO.65,41429577.350", "J3,1,,41429577.350", "J3,1,x,y"])
def test_a_corner_that_cannot_be_read_leaves_the_parcel_without_shape(bad: str) -> None:
    text = SQUARE.replace("J3,1,4142922.650,41429577.350", bad)
    found = read(HEADER + HEAD + text + HEAD + SQUARE)
    assert found.table.geometry[0] is None
    assert found.table.geometry[1].equals(SIDE)
    assert [i.row for i in found.issues if i.code == "POINT_BAD"] == [16]


@pytest.mark.parametrize("bad", ["nan", "inf", "-inf"])
def test_numbers_that_are_not_finite_are_refused_by_line(bad: str) -> None:
    found = read(HEADER + HEAD + SQUARE.replace("4142922.650,41429577.350", f"{bad},41429577.350"))
    assert [i.row for i in found.issues if i.code == "NON_FINITE"] == [16]
    assert found.table.geometry[0] is None


def test_other_lines_are_told_and_counted() -> None:
    found = read(HEADER + HEAD + SQUARE + "以上为全部坐标\n")
    assert [(i.code, i.row) for i in found.issues if i.severity == "error"] == [
        ("LINE_UNKNOWN", 19)
    ]
    assert found.table.geometry[0].equals(SIDE)


def test_a_parcel_of_two_corners_or_none_has_no_shape_but_stays() -> None:
    short = "J1,1,4143500,41429000\nJ2,1,4143500,41429577\nJ1,1,4143500,41429000\n"
    found = read(HEADER + HEAD + short + HEAD + HEAD + SQUARE)
    assert found.rows == len(found.table) == 3
    assert [shape is None for shape in found.table.geometry] == [True, True, False]
    assert {"RING_SHORT", "GEOMETRY_EMPTY"} <= set(codes(found, "error"))


def test_points_and_lines_are_read_as_such() -> None:
    point = ",,P1,界桩,点,,,,@\nJ1,1,4143500,41429000\n"
    line = ",,L1,红线,线,,,,@\nJ1,1,4143500,41429000\nJ2,1,4143500,41429100\n"
    found = read(HEADER + point + line)
    assert [shape.geom_type for shape in found.table.geometry] == ["Point", "LineString"]
    assert found.table.geometry[1].bounds == (41429000, 4143500, 41429100, 4143500)


@pytest.mark.parametrize("breaks", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("gb18030", "GB18030"),
        ("gbk", "GB18030"),
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
    ],
)
def test_encodings_and_line_ends_of_every_program(
    tmp_path: Path, codec: str, name: str, breaks: str
) -> None:
    path = tmp_path / "地块.txt"
    path.write_bytes((HEADER + HEAD + SQUARE).replace("\n", breaks).encode(codec))
    found = txt.rows(path, Choice())
    assert (found.encoding, found.crs) == (name, "EPSG:4529")
    assert found.table["地块名称"][0] == "示例地块"
    assert found.table.geometry[0].equals(SIDE)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "EMPTY_FILE"),
        (b"\xef\xbb\xbf\r\n", "EMPTY_FILE"),
        (b"J1,1,\x00,3", "TEXT_CONTROL"),
        (b"abc\xff\xff", "ENCODING"),
        ("说明文字\n".encode(), "TXT_NO_PARCEL"),
        (b"hello\n" * 1100, "TXT_CORRUPT"),
        (b"1" * 1_100_000, "LINE_TOO_LONG"),
    ],
)
def test_files_that_are_no_coordinates_are_refused_by_code(
    tmp_path: Path, data: bytes, code: str
) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    with pytest.raises(DataError) as refusal:
        txt.rows(path, Choice())
    assert refusal.value.code == code


def test_a_peek_shows_the_layer_and_the_first_rows(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes((HEADER + HEAD + SQUARE).encode("gb18030"))
    peek = txt.peek(path)
    assert (peek.crs, peek.encoding, peek.layers[0].count) == ("EPSG:4529", "GB18030", 1)
    assert peek.layers[0].geometry == "Polygon"
    assert peek.layers[0].sample[0]["地块编号"] == "DK1"


# Writing


def table(shapes: list[object], epsg: int = 4529, **columns: object) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=epsg)


def test_what_is_written_is_what_the_notice_shows() -> None:
    data = txt_write.write(
        table(
            [SIDE],
            地块编号=["DK1"],
            地块名称=["示例地块"],
            地块用途=["商服用地"],
            地类编码=["0902"],
        ),
        Form(header={"数据产生单位": "某测绘院", "数据产生日期": "2024-5-1"}),
    )
    # 577.35² = 333,333.0225 m² = 33.3333 ha
    assert data == (HEADER + HEAD + SQUARE).replace("\n", "\r\n").encode("gb18030")


def test_outer_rings_start_north_west_and_holes_run_the_other_way() -> None:
    lines = (
        txt_write.write(table([WITH_ALL], id=["A"], name=["甲"])).decode("gb18030").split("\r\n")
    )
    corners = [line.split(",") for line in lines if line.startswith("J")]
    by_ring = {n: [(float(c[3]), float(c[2])) for c in corners if c[1] == n] for n in "1234"}
    assert [shapely.is_ccw(shapely.LinearRing(by_ring[n])) for n in "1234"] == [
        *(False, True, False, False)
    ]
    assert by_ring["1"][0] == by_ring["1"][-1] == (41429000.0, 4143500.0)
    assert by_ring["2"][0] == (41429100.0, 4143400.0)
    assert "20,9.1600,A,甲,面,,,,@" in lines


def test_commas_in_names_become_full_width_and_are_told() -> None:
    named = table([SIDE], id=["A,1"], name=[" 甲\n乙 "])
    assert [(i.code, i.row, i.field) for i in txt_write.told(named)] == [
        ("TEXT_CHANGED", 1, "地块编号"),
        ("TEXT_CHANGED", 1, "地块名称"),
    ]
    row = txt.read(txt_write.write(named).decode("gb18030"), "", Choice()).table.iloc[0]
    assert (row["地块编号"], row["地块名称"]) == ("A，1", "甲 乙")


@pytest.mark.parametrize(
    ("epsg", "east", "said"), [(4529, 41429183.636, ""), (4550, 429183.636, "")]
)
def test_stored_longitude_and_latitude_are_written_in_the_plane(
    epsg: int, east: float, said: str
) -> None:
    data = txt_write.write(table([Point(122.20, 37.42)], 4490, id=["P"]), Form(epsg=epsg))
    found = txt.read(data.decode("gb18030"), "", Choice())
    assert found.crs == f"EPSG:{epsg}"
    # cs2cs: 122.20 E 37.42 N -> N 4143423.670
    assert found.table.geometry[0].equals(Point(east, 4143423.670))


def test_what_cannot_be_written_is_refused_by_code() -> None:
    cases = [
        (table([SIDE], id=["A"]).set_crs(None, allow_override=True), Form(), "CRS_MISSING"),
        (table([None], id=["A"]), Form(), "GEOMETRY_EMPTY"),
        (table([SIDE], id=["A"]), Form(epsg=3857), "TXT_FORM"),
        (table([SIDE], id=["A"]), Form(encoding="Latin-1"), "TXT_FORM"),
        (table([SIDE], id=["A"]), Form(header={"甲=乙": "1"}), "TXT_FORM"),
        (table([Point(0, 0).buffer(0.0001)], id=["A"]), Form(), "TXT_SMALL"),
        (table([SIDE], 2365, id=["A"]), Form(), "DATUM_NEEDS_PARAMETERS"),
        (table([SIDE], id=pd.Series(["\ud800"], dtype=object)), Form(), "TEXT_CONTROL"),
    ]
    for given_table, form, code in cases:
        with pytest.raises(DataError) as refusal:
            txt_write.write(given_table, form)
        assert refusal.value.code == code


@st.composite
def stars(draw: st.DrawFn, east: float, north: float) -> Polygon:
    """A star-shaped polygon about a place, with a hole or two nested ones of its own form."""
    count = draw(st.integers(3, 12))
    radii = draw(st.lists(st.floats(40, 100), min_size=count, max_size=count))
    turns = np.arange(count) / count * 2 * math.pi + draw(st.floats(0, 1))
    edge = np.column_stack([np.cos(turns), np.sin(turns)]) * np.array(radii)[:, None]
    rings = [np.round(edge * k + (east, north), 3) for k in (1.0, 0.6, 0.3)]
    holes = draw(st.integers(0, 2))
    if holes < 2:
        return MultiPolygon([Polygon(rings[0], rings[1:2] if holes else [])])
    return MultiPolygon([Polygon(rings[0], [rings[1]]), Polygon(rings[2])])


@st.composite
def multiparts(draw: st.DrawFn) -> MultiPolygon:
    parts = [
        draw(stars(429_000 + 250.0 * column, 4_143_000.0))
        for column in range(draw(st.integers(1, 3)))
    ]
    return MultiPolygon([polygon for part in parts for polygon in part.geoms])


NAMES = st.text(
    st.characters(min_codepoint=0x20, exclude_categories=("Cs", "Cc"), exclude_characters=","),
    max_size=12,
).map(str.strip)


@settings(max_examples=60, deadline=None)
@given(st.lists(multiparts(), min_size=1, max_size=3), st.data())
def test_written_and_read_again_shapes_and_texts_are_the_same(
    shapes: list[MultiPolygon], data: st.DataObject
) -> None:
    texts = {
        name: [data.draw(NAMES) for _ in shapes]
        for name in ("地块编号", "地块名称", "备用1", "备用2")
    }
    epsg = data.draw(st.sampled_from([4529, 4550, 4499]))
    encoding = data.draw(st.sampled_from(list(txt_write.ENCODINGS)))
    source = table(shapes, 4550, **texts)
    stored = source.to_crs(4490)
    written = txt_write.write(stored, Form(epsg=epsg, encoding=encoding))
    found = txt.read(written.decode(txt_write.ENCODINGS[encoding]), "", Choice())
    assert found.crs == f"EPSG:{epsg}"
    assert not codes(found, "error") and not codes(found, "warning")
    back = found.table.set_crs(epsg).to_crs(4550)
    for before, after in zip(source.geometry, back.geometry, strict=True):
        assert shapely.hausdorff_distance(before.boundary, after.boundary) < 0.001
        assert len(shapely.get_parts(after)) == len(shapely.get_parts(before))
        assert shapely.area(shapely.symmetric_difference(before, after)) < 0.001 * before.length
    for name, values in texts.items():
        assert found.table[name].tolist() == values
