"""Excel, CSV and pasted coordinates: what a cell says is what is read."""

import datetime
from pathlib import Path
from typing import Any

import pytest
import shapely
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon, box

from geo.errors import DataError
from geo.formats import paste, sheet
from geo.formats.values import Choice, Kind, Reading

DAY = datetime.datetime.fromisoformat("2024-05-01")
SIDE = box(41429000.0, 4142900.0, 41429600.0, 4143500.0)  # east first
RING = [(4143500, 41429000), (4143500, 41429600), (4142900, 41429600), (4142900, 41429000)]
POINT_ROWS = "".join(f"J{i},{n},{e}\n" for i, (n, e) in enumerate(RING, 1))


def workbook(path: Path, *sheets: list[list[Any]], merge: str = "") -> Path:
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for rows in sheets:
        page = book.add_worksheet()
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, datetime.datetime):
                    page.write_datetime(r, c, cell, day)
                elif isinstance(cell, str):
                    page.write_string(r, c, cell)
                elif cell is not None:
                    page.write(r, c, cell)
        if merge:
            page.merge_range(merge, rows[0][0])
    book.close()
    return path


def text(path: Path, content: str, codec: str = "utf-8") -> Path:
    path.write_bytes(content.encode(codec))
    return path


def codes(reading: Reading) -> list[str]:
    return [issue.code for issue in reading.issues]


def test_ids_are_read_to_the_character(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [
            ["编号", "名称", "数", "日期", "是"],
            ["007", "甲", 37, DAY, True],
            ["371072198001010011", "乙", 0.1, DAY.replace(hour=8, minute=30), False],
            ["  空格 ", "丙", 123456789012345, None, None],
        ],
    )
    found = sheet.rows(path, Choice())
    assert found.table["编号"].tolist() == ["007", "371072198001010011", "空格"]
    assert found.table["数"].tolist() == ["37", "0.1", "123456789012345"]
    assert found.table["日期"].tolist() == ["2024-05-01", "2024-05-01 08:30:00", None]
    assert found.table["是"].tolist() == ["TRUE", "FALSE", None]
    assert (found.kind, found.rows, found.numbers) == (Kind.XLSX, 3, (2, 3, 4))
    assert found.table.geometry.isna().all()
    assert "LONG_NUMBER" not in codes(found)


def test_a_number_that_excel_has_rounded_is_told_by_row(tmp_path: Path) -> None:
    rows = [["编号", "名称"], [3710721980010100119, "甲"]]
    found = sheet.rows(workbook(tmp_path / "a.xlsx", rows), Choice())
    (issue,) = [issue for issue in found.issues if issue.code == "LONG_NUMBER"]
    assert issue.row == 2
    # Excel keeps 15 digits; the file holds 3.710721980010100e18
    assert found.table["编号"][0].startswith("371072198001010")
    found = sheet.rows(text(tmp_path / "b.csv", "编号,名称\n3.71072E+18,甲\n"), Choice())
    assert [(i.row, i.field) for i in found.issues if i.code == "LONG_NUMBER"] == [(2, "编号")]


def test_formulas_give_the_values_that_were_saved(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet()
    page.write_row(0, 0, ["编号", "面积"])
    page.write_string(1, 0, "A")
    page.write_formula(1, 1, "=1+1", None, 2)
    book.close()
    assert sheet.rows(tmp_path / "a.xlsx", Choice()).table["面积"][0] == "2"


def test_formulas_without_a_saved_value_and_errors_are_told_by_cell(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet()
    page.write_row(0, 0, ["编号", "面积", "比"])
    page.write_string(1, 0, "A")
    page.write_formula(1, 1, "=1+1", None, "")
    page.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    book.close()
    found = sheet.rows(tmp_path / "a.xlsx", Choice())
    told = {issue.code: issue.value for issue in found.issues}
    assert told["FORMULA_EMPTY"] == "B2"
    assert told["CELL_ERROR"] == "C2"
    assert found.table[["面积", "比"]].isna().all().all()


def test_titles_above_the_header_and_empty_rows_are_told(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["地块一览表", None, None],
        ["单位：亩"],
        ["编号", "名称", "面积"],
        ["A1", "甲", 3],
        [],
        ["A2", "乙", 4],
    ]
    found = sheet.rows(workbook(tmp_path / "a.xlsx", rows, merge="A1:C1"), Choice())
    assert found.table["编号"].tolist() == ["A1", "A2"]
    assert found.numbers == (4, 6)
    said = {issue.code: issue for issue in found.issues}
    assert "1 个空行" in said["EMPTY_ROWS"].message
    titles = [i.value for i in found.issues if i.code == "TITLE_ROW"]
    assert titles == ["地块一览表", "单位：亩"]


def test_a_heading_over_two_columns_gives_way_to_the_words_below_it(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["坐标", None, "点号", "地块编号"],
        ["X(m)", "Y(m)"],
        *[[n, e, f"J{i}", "A"] for i, (n, e) in enumerate(RING)],
    ]
    found = sheet.rows(workbook(tmp_path / "a.xlsx", rows, merge="A1:B1"), Choice(geometry="rings"))
    assert found.table.geometry[0].equals(SIDE)


def test_several_sheets_are_asked_for_and_empty_ones_left_out(tmp_path: Path) -> None:
    rows = [["编号", "名称"], ["A", "甲"]]
    path = workbook(tmp_path / "a.xlsx", rows, [], rows)
    with pytest.raises(DataError) as refusal:
        sheet.rows(path, Choice())
    assert refusal.value.code == "MANY_LAYERS"
    assert [layer.name for layer in sheet.layers(path)] == ["Sheet1", "Sheet3"]
    assert sheet.rows(path, Choice(layer="Sheet3")).layer == "Sheet3"
    with pytest.raises(DataError, match="没有工作表"):
        sheet.rows(path, Choice(layer="Sheet2"))


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("codec", "name"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gbk", "GB18030")]
)
def test_csv_of_any_mark_and_encoding_is_read(
    tmp_path: Path, mark: str, codec: str, name: str
) -> None:
    content = mark.join(["编号", "名称"]) + "\r\n" + mark.join(["007", '"甲,乙;丙"']) + "\r\n"
    found = sheet.rows(text(tmp_path / "a.csv", content, codec), Choice())
    assert found.table.iloc[0, :2].tolist() == ["007", "甲,乙;丙"]
    assert (found.encoding, found.kind) == (name, Kind.CSV)


def test_ids_kept_as_formulas_in_csv_and_lines_in_cells_are_text(tmp_path: Path) -> None:
    content = 'sep=;\n编号;说明\n="007";"第一行\n第二行"\n\n=1+1;x\n'
    found = sheet.rows(text(tmp_path / "a.csv", content), Choice())
    assert found.table["编号"].tolist() == ["007", "=1+1"]
    assert found.table["说明"][0] == "第一行\n第二行"
    assert found.numbers == (3, 6)
    assert "EMPTY_ROWS" in codes(found)


def test_columns_without_or_with_the_same_name_are_named_and_told(tmp_path: Path) -> None:
    found = sheet.rows(text(tmp_path / "a.csv", "编号,名称,名称,\nA,甲,乙,丙\n"), Choice())
    assert list(found.table.columns) == ["编号", "名称", "名称_2", "列4", "geometry"]
    assert "FIELD_NAME" in codes(found)


@pytest.mark.parametrize(
    "header",
    [
        ("X", "Y"),
        ("X坐标", "Y坐标"),
        ("x(m)", "y(m)"),
        ("X（米）", "Y（米）"),
        ("纵坐标X", "横坐标Y"),
        ("北坐标", "东坐标"),
        ("X(北)", "Y(东)"),
        ("Northing", "Easting"),
    ],
)
def test_north_and_east_are_found_by_words_and_digits(
    tmp_path: Path, header: tuple[str, str]
) -> None:
    content = f"点号,{header[0]},{header[1]}\n{POINT_ROWS}"
    path = text(tmp_path / "a.csv", content)
    found = sheet.rows(path, Choice(geometry="points"))
    assert found.table.geometry[0].equals(Point(41429000, 4143500))
    assert sheet.rows(path, Choice(geometry="rings")).table.geometry[0].equals(SIDE)
    with pytest.raises(DataError) as refusal:
        sheet.rows(path, Choice())
    assert refusal.value.code == "TABLE_KIND"


@pytest.mark.parametrize(
    "header",
    [("经度", "纬度"), ("lon", "lat"), ("Longitude", "Latitude"), ("X", "Y"), ("东经", "北纬")],
)
def test_longitude_and_latitude_are_points(tmp_path: Path, header: tuple[str, str]) -> None:
    content = f"名称,{header[0]},{header[1]}\n甲,122.2,37.42\n乙,122°12′0″,37°25′12″N\n"
    found = sheet.rows(text(tmp_path / "a.csv", content), Choice())
    assert [shape.x for shape in found.table.geometry] == pytest.approx([122.2, 122.2])
    assert [shape.y for shape in found.table.geometry] == pytest.approx([37.42, 37.42])
    assert found.crs == ""  # degrees do not say of which datum
    assert found.table["名称"].tolist() == ["甲", "乙"]


def test_x_that_is_east_is_found_by_its_digits_and_said(tmp_path: Path) -> None:
    content = "点号,X,Y\n" + "".join(f"{i},{e},{n}\n" for i, (n, e) in enumerate(RING))
    found = sheet.rows(text(tmp_path / "a.csv", content), Choice(geometry="points"))
    assert found.table.geometry[0].equals(Point(41429000, 4143500))
    assert "AXIS_FOUND" in codes(found)


def test_words_against_digits_are_told_and_not_put_right(tmp_path: Path) -> None:
    content = "名,纵坐标,横坐标\n甲,41429000,4143500\n"
    found = sheet.rows(text(tmp_path / "a.csv", content), Choice())
    assert "AXIS_SWAPPED" in codes(found)
    assert found.table.geometry[0].equals(Point(4143500, 41429000))


def test_boundary_points_become_parcels_with_holes(tmp_path: Path) -> None:
    hole = [(n - 200 if n > 4143000 else n + 200, e) for n, e in RING]
    hole = [(n, e + 200 if e == 41429000 else e - 200) for n, e in hole]
    rows: list[list[Any]] = [["地块编号", "权利人", "圈号", "点号", "X", "Y", "边长"]]
    for parcel, shift in (("01", 0), ("02", 1000)):
        for ring, corners in (("1", RING), ("2", hole)):
            for i, (n, e) in enumerate([*corners, corners[0]]):
                first = parcel if ring == "1" and not i else None  # the rest is merged below it
                rows.append([first, "甲公司", ring, f"J{i}", n, e + shift, i])
    found = sheet.rows(workbook(tmp_path / "a.xlsx", rows), Choice())
    assert found.table["地块编号"].tolist() == ["01", "02"]
    # 600² − 200² = 320,000 m²
    assert [shapely.area(shape) for shape in found.table.geometry] == pytest.approx([320_000] * 2)
    assert found.table["权利人"].tolist() == ["甲公司"] * 2
    assert found.table["界址点号"][0] == "J0,J1,J2,J3;J0,J1,J2,J3"
    assert found.numbers == (2, 12)
    assert {"POINTS_JOINED", "FIELDS_VARY"} <= set(codes(found))


def test_a_bad_corner_leaves_its_parcel_without_shape_and_is_told_by_row(tmp_path: Path) -> None:
    content = "地块编号,圈号,X,Y\n"
    content += "".join(f"A,1,{n},{e}\n" for n, e in RING).replace("41429600", "4l429600", 1)
    content += "".join(f"B,1,{n},{e}\n" for n, e in RING)
    found = sheet.rows(text(tmp_path / "a.csv", content), Choice())
    assert [shape is None for shape in found.table.geometry] == [True, False]
    assert [i.row for i in found.issues if i.code == "POINT_BAD"] == [3]


def test_wkt_columns_are_shapes_and_broken_ones_are_told(tmp_path: Path) -> None:
    deep = "GEOMETRYCOLLECTION(" * 5000 + "POINT(1 2)" + ")" * 5000
    content = (
        'id,WKT\nA,"POLYGON((0 0,2 0,2 2,0 2,0 0),(0.5 0.5,1 0.5,1 1,0.5 0.5))"\n'
        f'B,SRID=4490;POINT(122 37)\nC,POLYGON((0 0\nD,"{deep}"\nE,\nF,POINT(1e999 2)\n'
    )
    found = sheet.rows(text(tmp_path / "a.csv", content), Choice())
    assert found.table.geometry[0].equals(
        Polygon([(0, 0), (2, 0), (2, 2), (0, 2)], [[(0.5, 0.5), (1, 0.5), (1, 1)]])
    )
    assert found.table.geometry[1].equals(Point(122, 37))
    assert found.crs == "EPSG:4490"
    told = {issue.row: issue.code for issue in found.issues if issue.severity == "error"}
    assert told == {4: "WKT_CORRUPT", 5: "GEOMETRY_DEEP", 6: "GEOMETRY_EMPTY", 7: "NON_FINITE"}
    assert found.rows == 6


def test_columns_may_be_named_by_hand(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "名,甲列,乙列\n一,4143500,41429000\n")
    assert sheet.rows(path, Choice()).table.geometry[0] is None
    chosen = Choice(columns={"甲列": "northing", "乙列": "easting", "名": "name"})
    assert sheet.rows(path, chosen).table.geometry[0].equals(Point(41429000, 4143500))
    with pytest.raises(DataError, match="没有字段"):
        sheet.rows(path, Choice(columns={"丙列": "northing"}))


def test_bare_attributes_with_words_like_north_stay_without_shapes(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "编号,东至,北至\nA,大庆路,香港路\n")
    peek = sheet.peek(path)
    assert (peek.layers[0].geometry, peek.layers[0].count) == ("none", 1)
    assert sheet.rows(path, Choice()).table.geometry.isna().all()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"", "EMPTY_FILE"),
        ("a.csv", "编号,名称\n".encode(), "EMPTY_FILE"),
        ("a.csv", b'a,b\n1,"open\n', "CSV_CORRUPT"),
        ("a.csv", b"a,b\n1,\x01\n", "TEXT_CONTROL"),
        ("a.csv", b",".join([b"f%d" % i for i in range(300)]) + b"\n1\n", "TOO_MANY_FIELDS"),
        ("a.xlsx", b"PK\x03\x04 broken", "XLSX_CORRUPT"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"broken", "XLSX_CORRUPT"),
    ],
)
def test_tables_that_cannot_be_read_are_refused_by_code(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DataError) as refusal:
        sheet.rows(path, Choice())
    assert refusal.value.code == code


CELLS = st.text(
    st.characters(min_codepoint=0x20, exclude_categories=("Cs", "Cc")), min_size=1, max_size=10
).map(str.strip)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_any_text_in_a_cell_comes_back_to_the_character(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("x") / "a.xlsx"
    filled = [["编号", "名称"], *[["A" + one, "B" + two] for one, two in rows]]
    found = sheet.rows(workbook(path, filled), Choice())
    assert found.table[["编号", "名称"]].to_numpy().tolist() == filled[1:]


# Pasted text


def pasted(content: str, **chosen: Any) -> Reading:
    return paste.read(content, "UTF-8", Choice(**chosen))


@pytest.mark.parametrize(
    "content",
    [
        "".join(f"{n},{e}\n" for n, e in RING),
        "".join(f"{n}\t{e}\n" for n, e in RING),
        "".join(f"  {n}   {e}  \n" for n, e in RING),
        "".join(f"{n}，{e}；\n" for n, e in RING),
        "".join(f"{e} {n}\n" for n, e in RING),
        "".join(f"{i} {n} {e}\n" for i, (n, e) in enumerate(RING, 1)),
        "".join(f"J{i},1,{n},{e}\n" for i, (n, e) in enumerate([*RING, RING[0]], 1)),
        "".join(f"X={n} Y={e}\n" for n, e in RING),
        "".join(f"{n},{e},12.5\n" for n, e in RING),
        ";".join(f"{e},{n}" for n, e in RING),
        " ".join(f"{e},{n}" for n, e in RING),
        "[" + ",".join(f"[{e}, {n}]" for n, e in RING) + "]",
        "地块编号,圈号,X,Y\n" + "".join(f"A,1,{n},{e}\n" for n, e in RING),
        "4,36,A,名,面,,,,@\n" + "".join(f"J{i},1,{n},{e}\n" for i, (n, e) in enumerate(RING)),
        SIDE.wkt,
        SIDE.wkt.replace(", ", ",\n"),
    ],
)
def test_pasted_corners_of_every_form_are_one_area(content: str) -> None:
    found = pasted(content)
    assert found.table.geometry[0].equals(SIDE)
    assert found.rows == len(found.table) == 1


@pytest.mark.parametrize(
    "content",
    [
        "122°12′00″ 37°25′12″",
        "37°25′12″N, 122°12′00″E",
        "东经122度12分0秒，北纬37度25分12秒",
        "122 12 00 37 25 12",
        "122:12:00,37:25:12",
        "122.2,37.42",
        "37.42 122.2",
        "甲点 122.2 37.42",
    ],
)
def test_pasted_degrees_are_one_point(content: str) -> None:
    (shape,) = pasted(content).table.geometry
    assert (shape.x, shape.y) == pytest.approx((122.2, 37.42))


def test_blank_lines_part_rings_and_holes_are_found() -> None:
    inner = [(4143300, 41429200), (4143300, 41429400), (4143100, 41429400), (4143100, 41429200)]
    content = "\n\n".join("\n".join(f"{n},{e}" for n, e in ring) for ring in (RING, inner))
    (shape,) = pasted(content).table.geometry
    assert shapely.area(shape) == pytest.approx(360_000 - 40_000)


def test_pasted_corners_may_be_points_and_bad_lines_are_told() -> None:
    content = "\n".join(f"{n},{e}" for n, e in RING)
    assert len(pasted(content, geometry="points").table) == 4
    found = pasted(content + "\n说明\n")
    assert found.table.geometry[0] is None
    assert [i.row for i in found.issues if i.code == "POINT_BAD"] == [5]
    with pytest.raises(DataError) as refusal:
        pasted("没有坐标")
    assert refusal.value.code == "PASTE_EMPTY"


def test_numbers_whose_axes_cannot_be_told_are_taken_as_east_first_with_a_warning() -> None:
    found = pasted("1 2\n5 2\n5 7\n")
    assert found.table.geometry[0].bounds == (1, 2, 5, 7)
    assert [i.severity for i in found.issues if i.code == "AXIS_FOUND"] == ["warning"]
