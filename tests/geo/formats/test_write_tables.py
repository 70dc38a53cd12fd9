"""Attributes as Excel and CSV: no digit lost, nothing computed, every file says what it is."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import ezdxf
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from python_calamine import CalamineWorkbook

from geo.edition import Edition
from geo.formats import write_csv
from geo.formats.write import FileKind, write
from geo.formats.write_fields import short_names
from geo.model import Boundaries, Grade, Source
from tests.geo.formats.written import HOSTILE, LONG_ID, LOOK, area_sets, made, unzipped

SQUARE = shapely.box(122.2, 37.4, 122.21, 37.41)


def rows_of_csv(known: Boundaries) -> list[dict[str, str]]:
    body = write(known, FileKind.CSV, look=LOOK)
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def rows_of_excel(known: Boundaries) -> list[dict[str, Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(write(known, FileKind.XLSX, look=LOOK)))
    head, *rows = book.get_sheet_by_index(0).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


@settings(max_examples=15, deadline=None)
@given(known=area_sets())
def test_ids_and_names_come_back_from_excel_and_csv(known: Boundaries) -> None:
    pairs = list(zip(known.table["id"], known.table["name"], strict=True))
    assert [(row["编号"], row["名称"]) for row in rows_of_excel(known)] == pairs
    found = [(row["编号"], row["名称"]) for row in rows_of_csv(known)]
    assert [(a.removeprefix("'"), b.removeprefix("'")) for a, b in found] == pairs


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+86", "'+86"), ("-2", "'-2"),
        ("＝1", "'＝1"), ("  =1", "'  =1"), ("\t=1", "'\t=1"), ("'=1", "''=1"),
        (LONG_ID, f"'{LONG_ID}"), ("007", "'007"), ("1234567890123456", "'1234567890123456"),
        ("1e5", "'1e5"), ("3-1", "'3-1"), ("2026/3/1", "'2026/3/1"),
        ("喆𬭚", "喆𬭚"), ("12", "12"), ("a=b", "a=b"), ("DK-01", "DK-01"), ("", ""),
    ],
)  # fmt: skip
def test_a_csv_text_that_a_spreadsheet_would_change_begins_with_an_apostrophe(
    text: str, seen: str
) -> None:
    assert write_csv.cell(text) == seen


def test_numbers_of_a_csv_stay_numbers_and_sizes_are_measured() -> None:
    (row,) = rows_of_csv(made([SQUARE], ["示例"], depth=[-3.5], wide=[2**60]))
    assert (row["depth"], row["wide"], row["标注级别"]) == ("-3.5", f"'{2**60}", "1")
    assert float(row["椭球面积_平方米"]) == pytest.approx(982_500, rel=2e-3)  # 885 m by 1110 m
    assert (row["来源"], row["许可"]) == ("示例图（测试）", "CC0")
    assert (row["提示"], row["版别"]) == ("仅供参考，非法定界线", "内部版")


def test_short_names_are_five_characters_and_never_two_alike() -> None:
    names = ["id", "编号", "ID_LONGER_THAN_TEN", "id_longer_than_eleven", "name",
             "土地所有权性质甲", "土地所有权性质乙", "a b", "𬭚𬭚𬭚"]  # fmt: skip
    short = short_names(names)
    assert list(short) == names
    assert (short["id"], short["name"], short["编号"]) == ("编号", "名称", "编号2")
    assert (short["土地所有权性质甲"], short["土地所有权性质乙"]) == ("土地所有权", "土地所有2")
    assert (short["a b"], short["𬭚𬭚𬭚"]) == ("a_b", "𬭚𬭚")
    assert all(len(one.encode("gb18030")) <= 10 for one in short.values())
    assert len({one.lower() for one in short.values()}) == len(names)


def test_a_text_too_long_for_a_shapefile_is_whole_in_a_table_beside_it() -> None:
    long = "长" * 200
    known = made([SQUARE] * 2, ["短", "尾随空格 "], basis=[long, "短"])
    members = unzipped(write(known, FileKind.SHP, look=LOOK))
    text = members["完整文字.csv"].decode("utf-8-sig")
    rows = {(row["字段"], row["编号"]): row for row in csv.DictReader(io.StringIO(text))}
    assert rows["basis", f"'{LONG_ID}"]["完整文字"] == long
    assert rows["name", f"{LONG_ID}-1"]["完整文字"] == "尾随空格 "
    assert len(rows) == 2
    assert "2 处文字超出 254 字节或首尾有空格" in members["说明.txt"].decode("utf-8-sig")
    cut = members["parcel.dbf"].decode("gb18030", "replace")
    assert "长" * 126 + "…" in cut
    assert "长" * 127 not in cut


def test_a_shapefile_says_its_encoding_and_what_its_short_names_mean() -> None:
    members = unzipped(
        write(made([SQUARE], ["示例"], owner_of_land=["某"]), FileKind.SHP, look=LOOK)
    )
    assert set(members) == {
        "parcel.shp", "parcel.shx", "parcel.dbf", "parcel.cpg", "parcel.prj", "parcel.qml",
        "字段对照.csv", "说明.txt",
    }  # fmt: skip
    assert (members["parcel.cpg"], members["parcel.dbf"][29]) == (b"GB18030", 0x4D)
    legend = list(csv.DictReader(io.StringIO(members["字段对照.csv"].decode("utf-8-sig"))))
    assert {row["短名"]: row["原字段名"] for row in legend} == {
        "编号": "id", "名称": "name", "类别": "kind", "标注级别": "rank", "误差米": "error_m",
        "owner_of_l": "owner_of_land", "可信等级": "grade", "来源": "source", "许可": "licence",
    }  # fmt: skip


def said(kind: FileKind, known: Boundaries, tmp_path: Path, edition: Edition) -> str:
    """Everything a file says, as its reader shows it."""
    body = write(known, kind, look=LOOK, edition=edition)
    if kind is FileKind.GPKG:
        (tmp_path / "out.gpkg").write_bytes(body)
        info = pyogrio.read_info(tmp_path / "out.gpkg", layer="parcel")
        return json.dumps(info["layer_metadata"], ensure_ascii=False)
    if kind is FileKind.SHP:
        return unzipped(body)["说明.txt"].decode("utf-8-sig")
    if kind is FileKind.XLSX:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        return str(book.get_sheet_by_name("说明").to_python())
    if kind is FileKind.DXF:
        texts = ezdxf.read(io.StringIO(body.decode())).modelspace().query("TEXT")
        return "\n".join(text.dxf.text for text in texts)
    return body.decode("gb18030" if kind is FileKind.TXT else "utf-8-sig")


@pytest.mark.parametrize("kind", FileKind)
def test_every_file_says_where_it_comes_from_and_how_far_to_believe_it(
    kind: FileKind, tmp_path: Path
) -> None:
    text = said(kind, made([SQUARE], ["示例"]), tmp_path, Edition.INTERNAL)
    grade = "schematic" if kind is FileKind.CSV else "示意"
    wanted = {"示例图（测试）", grade, "CC0", "仅供参考，非法定界线", "内部版", "数据版本"}
    assert all(words in text for words in wanted)
    if kind is not FileKind.CSV:  # no coordinates in it
        system = {FileKind.DXF: "4550", FileKind.TXT: "带号=41"}.get(kind, "4490")
        assert system in text
    assert "审图号" not in text


@pytest.mark.parametrize("kind", FileKind)
def test_a_public_file_asks_for_the_review_number(kind: FileKind, tmp_path: Path) -> None:
    text = said(kind, made([SQUARE], ["示例"]), tmp_path, Edition.PUBLIC)
    assert "公开版" in text
    assert "公开发布前须取得审图号" in text
    assert "审图号" in text.replace("须取得审图号", "")


def test_an_official_set_is_not_called_schematic(tmp_path: Path) -> None:
    source = Source("某局", Grade.OFFICIAL, "内部使用", document="某字1号")
    text = said(
        FileKind.GPKG, made([SQUARE], ["地块"], source, grade=["official"]), tmp_path,
        Edition.INTERNAL,
    )  # fmt: skip
    assert "法定" in text
    assert "某字1号" in text
    assert "仅供参考" not in text


def test_excel_runs_and_links_nothing() -> None:
    names = [*HOSTILE, "http://a.b"]
    members = unzipped(write(made([SQUARE] * len(names), names), FileKind.XLSX, look=LOOK))
    for name, body in members.items():
        if "worksheets" in name:
            assert b"<f>" not in body
            assert b"hyperlink" not in body
    assert b"<dc:creator></dc:creator>" in members["docProps/core.xml"]
