"""Shapefiles as bureaus have them: no .cpg, cut names, long codes, half a file."""

import struct

import numpy as np
import pytest
import shapely

from geo.errors import DataError
from geo.formats import Choice, Peek, Reading, encodings, peek, read
from tests.geo.formats import hostile

NAME = ("NAME", "C", 30, 0)


def zipped(parts: dict[str, bytes], **more: bytes) -> bytes:
    return hostile.zipped(hostile.named({**parts, **more}))


def of(parts: dict[str, bytes], choice: Choice | None = None, **more: bytes) -> Reading:
    return read(zipped(parts, **more), "a.zip", choice)


def refusal(parts: dict[str, bytes], choice: Choice | None = None, **more: bytes) -> DataError:
    with pytest.raises(DataError) as refused:
        of(parts, choice, **more)
    return refused.value


def codes(found: Reading | Peek) -> list[str]:
    return [issue.code for issue in found.issues]


def one(
    value: bytes, name: bytes = b"NAME", width: int = 20, language: int = 0
) -> dict[str, bytes]:
    """One row whose text is these bytes."""
    parts = hostile.shp([NAME], [("x",)])
    return {**parts, "dbf": hostile.dbf([(name, "C", width)], [[value]], language)}


def test_gbk_without_cpg_reads_right() -> None:
    rows = [("皇冠街道凤林村", 12.5, 1), ("崮山镇", None, 2)]
    parts = hostile.shp([("地块名称", "C", 40, 0), ("面积", "N", 12, 2), ("序号", "N", 5, 0)], rows)
    reading = of(parts)
    assert list(reading.table.columns) == ["地块名称", "面积", "序号", "geometry"]
    assert reading.table["地块名称"].tolist() == ["皇冠街道凤林村", "崮山镇"]
    assert reading.table["序号"].tolist() == [1, 2]
    assert reading.table["面积"][0] == 12.5
    assert np.isnan(reading.table["面积"][1])
    assert (reading.encoding, reading.rows, reading.numbers) == ("gb18030", 2, (1, 2))
    assert codes(reading) == ["FIELD_OVERFLOW", "CRS_MISSING"]  # pyshp writes None as stars


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_declared_text_reads_as_declared_even_rare_characters(codec: str) -> None:
    text = "𬭚𠮷崮"
    cpg = {"utf-8": b"UTF-8", "gb18030": b"GB18030"}[codec]
    reading = of(one(text.encode(codec)), cpg=cpg)
    assert reading.table["NAME"].tolist() == [text]
    assert reading.encoding == codec


def test_big5_without_cpg_reads_right() -> None:
    reading = of(one("國土利用規劃與開發區邊界說明".encode("big5"), width=40))
    assert reading.table["NAME"].tolist() == ["國土利用規劃與開發區邊界說明"]
    assert reading.encoding == "big5"


@pytest.mark.parametrize("language", [0x4D, 0x7A])
def test_the_language_id_of_the_table_is_believed(language: int) -> None:
    assert of(one("镇".encode("gbk"), language=language)).encoding == "gb18030"


def test_a_promise_against_the_bytes_is_asked_about_with_both_readings() -> None:
    parts = one("威海经济技术开发区".encode(), width=40)
    refused = refusal(parts, cpg=b"GBK")
    assert refused.code == "ENCODING_GUESSED"
    assert "威海经济技术开发区" in refused.issues[0].value
    assert "濞佹捣" in refused.issues[0].value  # the same bytes read as GBK
    seen = peek(zipped(parts, cpg=b"GBK"), "a.zip")
    assert (seen.encoding, seen.encodings) == ("utf-8", ("gb18030",))
    chosen = of(parts, Choice(encoding="utf-8"), cpg=b"GBK")
    assert chosen.table["NAME"].tolist() == ["威海经济技术开发区"]


def test_utf8_promised_and_gbk_found_is_asked_about() -> None:
    parts = one("威海经济技术开发区".encode("gbk"))
    assert refusal(parts, cpg=b"UTF-8").code == "ENCODING_GUESSED"
    assert of(parts, Choice(encoding="GBK"), cpg=b"UTF-8").table["NAME"].tolist() == [
        "威海经济技术开发区"
    ]


def test_an_unknown_promise_is_told_and_the_bytes_decide() -> None:
    reading = of(one("镇区规划".encode("gbk")), cpg=b"KOI8-R")
    assert reading.table["NAME"].tolist() == ["镇区规划"]
    assert "ENCODING_UNKNOWN" in codes(reading)


def test_an_unknown_choice_is_refused() -> None:
    assert refusal(one(b"x"), Choice(encoding="latin-1")).code == "ENCODING_UNKNOWN"


def test_a_utf8_name_cut_inside_a_character_keeps_its_whole_characters() -> None:
    cut = "地块名称".encode()[:10]
    reading = of(one("甲地块".encode(), name=cut))
    assert list(reading.table.columns) == ["地块名", "geometry"]
    assert reading.table["地块名"].tolist() == ["甲地块"]
    (issue,) = [issue for issue in reading.issues if issue.code == "FIELD_NAME_CUT"]
    assert issue.field == "地块名"


def test_a_cut_name_over_ascii_values_is_not_read_as_nonsense() -> None:
    assert of(one(b"A-1", name="地块名称".encode()[:10])).table.columns[0] == "地块名"


def test_two_names_cut_to_the_same_are_told_apart() -> None:
    parts = hostile.shp([NAME], [("x",)])
    parts["dbf"] = hostile.dbf([(b"AREA", "C", 4), (b"area", "C", 4)], [[b"1", b"2"]])
    reading = of(parts)
    assert list(reading.table.columns) == ["AREA", "area_2", "geometry"]
    assert "FIELD_RENAMED" in codes(reading)


def test_text_cut_at_the_width_of_its_field_loses_only_the_half_character() -> None:
    reading = of(one("规划区".encode("gbk")[:5], width=5))
    assert reading.table["NAME"].tolist() == ["规划"]
    (issue,) = [issue for issue in reading.issues if issue.code == "TEXT_CUT"]
    assert (issue.row, issue.severity) == (1, "warning")


def test_a_few_broken_texts_are_told_by_row_and_the_rest_is_read() -> None:
    parts = hostile.shp([NAME], [(f"街道{n}",) for n in range(60)])
    parts["dbf"] = parts["dbf"].replace("街道37".encode("gbk"), b"\xff\xff\xff\xff37")
    reading = of(parts)
    assert [issue.row for issue in reading.issues if issue.code == "TEXT_ENCODING"] == [38]
    assert reading.table["NAME"][36] == "街道36"
    assert len(reading.table) == 60


def test_text_in_no_encoding_is_refused() -> None:
    assert refusal(one(b"\xff\xfe\xff\x80 \xff\xfe")).code == "ENCODING_UNKNOWN"


def test_long_codes_keep_every_digit() -> None:
    parts = hostile.shp(
        [("A", "N", 19, 0), ("B", "N", 22, 0)], [(371002001001000123, 12345678901234567890)]
    )
    reading = of(parts)
    assert int(reading.table["A"][0]) == 371002001001000123
    assert reading.table["B"].tolist() == ["12345678901234567890"]


def test_dates_truths_blanks_and_overflow() -> None:
    parts = hostile.shp([NAME], [("x",), ("y",)])
    fields = [(b"D", "D", 8), (b"L", "L", 1), (b"N", "N", 5), (b"T", "C", 3), (b"M", "M", 10)]
    rows = [[b"20240501", b"T", b"*****", b"007", b"1"], [b"", b"?", b"", b"", b""]]
    reading = of({**parts, "dbf": hostile.dbf(fields, rows)})
    first, second = reading.table.drop(columns="geometry").astype(object).values.tolist()
    assert [first[0], first[1], first[3]] == ["2024-05-01", True, "007"]
    assert str(second[0]) == "nan"
    found = {issue.code: issue for issue in reading.issues}
    assert found["FIELD_OVERFLOW"].row == 1
    assert found["FIELD_IGNORED"].field == "M"
    assert "M" not in reading.table.columns


def test_control_characters_are_told_by_row_and_others_kept() -> None:
    parts = hostile.shp([NAME], [("x",), ("y",)])
    parts["dbf"] = hostile.dbf([(b"T", "C", 12)], [[b"a\x01b"], ["\u200b\u202e甲".encode()]])
    reading = of(parts, cpg=b"UTF-8")
    (issue,) = [issue for issue in reading.issues if issue.code == "TEXT_CONTROL"]
    assert (issue.row, issue.field, issue.severity) == (1, "T", "error")
    assert reading.table["T"].tolist() == ["a\x01b", "\u200b\u202e甲"]


def test_counts_that_differ_are_refused_with_both() -> None:
    parts, other = hostile.shp([NAME], [("x",)] * 5), hostile.shp([NAME], [("x",)])
    refused = refusal({**parts, "dbf": other["dbf"]})
    assert refused.code == "SHP_COUNT_MISMATCH"
    assert "图形 5 个、属性 1 行" in str(refused)


@pytest.mark.parametrize(
    ("part", "cut"),
    [("shp", 60), ("shp", -30), ("shx", 50), ("shx", -8), ("dbf", 20), ("dbf", -20)],
)
def test_a_cut_part_is_refused(part: str, cut: int) -> None:
    parts = hostile.shp([NAME], [("x",)] * 5)
    assert refusal({**parts, part: parts[part][:cut]}).code == "SHP_CORRUPT"


def test_absurd_counts_are_refused() -> None:
    parts = hostile.shp([NAME], [("x",)] * 5)
    huge = parts["dbf"][:4] + struct.pack("<I", 0xFFFFFFF0) + parts["dbf"][8:]
    assert refusal({**parts, "dbf": huge}).code == "SHP_CORRUPT"
    index = bytearray(parts["shx"])
    index[100:108] = struct.pack(">2i", 0x7FFFFFF0, 0x7FFFFFF0)
    assert refusal({**parts, "shx": bytes(index)}).code == "SHP_CORRUPT"


def test_a_shapefile_of_another_kind_inside_is_refused() -> None:
    parts = hostile.shp([NAME], [("x",)])
    assert refusal({**parts, "shp": b"PK\3\4" + parts["shp"][4:]}).code == "SHP_CORRUPT"


def test_a_deleted_row_is_told_and_the_others_keep_their_shapes() -> None:
    rings = [[[(n, 0), (n, 1), (n + 1, 1), (n + 1, 0), (n, 0)]] for n in range(3)]
    parts = hostile.shp([NAME], [("a",), ("b",), ("c",)], rings=rings)
    start, width = struct.unpack_from("<HH", parts["dbf"], 8)
    table = bytearray(parts["dbf"])
    table[start + width] = ord("*")
    reading = of({**parts, "dbf": bytes(table)})
    assert reading.table["NAME"].tolist() == ["a", "c"]
    assert [shape.bounds[0] for shape in reading.table.geometry] == [0, 2]
    assert (reading.rows, reading.numbers) == (3, (1, 3))
    assert [(i.code, i.row) for i in reading.issues if i.row] == [("ROW_DELETED", 2)]


def test_holes_and_parts_are_kept() -> None:
    outer = [(0, 0), (0, 10), (10, 10), (10, 0), (0, 0)]
    hole = [(2, 2), (4, 2), (4, 4), (2, 4), (2, 2)]
    apart = [(20, 0), (20, 1), (21, 1), (21, 0), (20, 0)]
    reading = of(hostile.shp([NAME], [("x",)], rings=[[outer, hole, apart]]))
    expected = shapely.MultiPolygon([(outer, [hole]), (apart, [])])
    assert shapely.equals(reading.table.geometry[0], expected)


def test_coordinates_that_are_no_numbers_are_told_by_row() -> None:
    parts = hostile.shp([NAME], [("x",), ("y",)])
    shapes = bytearray(parts["shp"])
    at = shapes.index(struct.pack("<4d", 0, 1, 1, 1), 100)
    shapes[at : at + 8] = struct.pack("<d", float("nan"))
    reading = of({**parts, "shp": bytes(shapes)})
    assert [(i.code, i.row) for i in reading.issues if i.row] == [("NON_FINITE", 1)]
    assert reading.table.geometry[0] is None
    assert reading.table.geometry[1] is not None


def test_the_prj_is_read_in_epsg_s_words() -> None:
    prj = hostile.CGCS2000_3_DEGREE_123.encode()
    parts = hostile.shp([NAME], [("x",)])
    reading = of(parts, prj=prj)
    assert reading.crs == "EPSG:4550"
    assert "CRS_MISSING" not in codes(reading)
    assert "CRS_UNKNOWN" in codes(of(parts, prj=b"nonsense"))


def test_several_shapefiles_are_asked_about() -> None:
    first, second = hostile.shp([NAME], [("x",)]), hostile.shp([NAME], [("y",)] * 2)
    data = hostile.zipped({**hostile.named(first, "甲"), **hostile.named(second, "乙")})
    seen = peek(data, "a.zip")
    assert [(layer.name, layer.count, layer.geometry) for layer in seen.layers] == [
        ("甲", 1, "Polygon"),
        ("乙", 2, "Polygon"),
    ]
    with pytest.raises(DataError) as refused:
        read(data, "a.zip")
    assert refused.value.code == "MANY_LAYERS"
    assert [issue.value for issue in refused.value.issues] == ["甲", "乙"]
    assert read(data, "a.zip", Choice(layer="乙")).table["NAME"].tolist() == ["y", "y"]
    with pytest.raises(DataError) as unknown:
        read(data, "a.zip", Choice(layer="丙"))
    assert unknown.value.code == "LAYER_UNKNOWN"


def test_a_taste_of_the_rows_comes_with_the_layer() -> None:
    parts = hostile.shp([("地块名称", "C", 20, 0)], [(f"地块{n}",) for n in range(9)])
    (layer,) = peek(zipped(parts), "a.zip").layers
    assert layer.fields == ("地块名称",)
    assert [row["地块名称"] for row in layer.sample] == ["地块0", "地块1", "地块2"]


@pytest.mark.parametrize(
    ("raw", "best"),
    [
        ("威海经济技术开发区", "gb18030"),
        ("崮山 泊于 皇冠 凤林", "gb18030"),
        ("桥头镇（北）", "gb18030"),
        ("國有土地使用權", "big5"),
    ],
)
def test_everyday_characters_tell_gb_from_big5(raw: str, best: str) -> None:
    codec = "big5" if best == "big5" else "gbk"
    assert encodings.guess([raw.encode(codec)])[0] == best
    assert encodings.guess([raw.encode()]) == ("utf-8",)
