"""Reports as PDF, read back with code that is not ours."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pypdf
import pytest
import zxingcpp
from PIL import Image

from geo.errors import DataError
from layers.picture.values import FontBook
from layers.report import Picture, Report, pdf
from layers.report.document import document
from layers.report.paper import pages
from tests.layers.report.conftest import LINK, cover, finding, many, met, png

Make = Callable[..., Report]


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def text(data: bytes) -> str:
    """All text of a PDF without spaces and line ends, which a page may put anywhere."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in read(data).pages))


@pytest.fixture(scope="module")
def chinese(make: Make, fonts: FontBook, pictures: tuple[Picture, ...]) -> bytes:
    return pdf(make(), fonts, pictures)


@pytest.fixture(scope="module")
def english(make: Make, fonts: FontBook, pictures: tuple[Picture, ...]) -> bytes:
    return pdf(make(), fonts, pictures, english=True)


@pytest.mark.parametrize(
    "figure",
    [
        "100,000.00㎡（150.00亩）",  # 100000 m² are 150 mu
        "100,013.95㎡（150.02亩）",  # 150.020925
        "99,990.00㎡（149.99亩）",  # 149.985: half up
        "+10.00㎡/+100ppm",  # 100000 − 99990, 100.01 ppm
        "12,345.68㎡",  # 12345.678
        "18.52亩",  # 12345.678 · 3/2000 = 18.518517
        "12.35%",  # 12.3456
        "约63.5米",  # 63.456 on a sketch: three digits
        "要求不小于80.00米",
        "12,000.50㎡",
        "15.03米",
        "87,654.32㎡（131.48亩）",  # 131.481483
        "13,000.00㎡（19.50亩）",
        "1,234.50米",
    ],
)
def test_figures_are_those_of_the_record_rounded_once(chinese: bytes, figure: str) -> None:
    assert figure in text(chinese)


def test_verdict_law_source_dispute_and_digests_are_told(chinese: bytes) -> None:
    told = text(chinese)
    for said in (
        "不可用", "土地管理法33、35、44、46", "永久基本农田划定成果", "某资规〔2022〕1号", "版本7",
        "2022-10-14发布", "测量点位有争议", "没有图层redline的资料", "略大于限值", "a1" * 32,
        "b2" * 32, "c3" * 32, "CK-2026-0117", "2026年11月22日", "1001工业用地",
    ):  # fmt: skip
        assert said in told
    assert "涉及2条（禁止1、限制1、提示0），不涉及1条，无数据1条，查询失败0条" in told


def test_the_english_edition_says_the_same_figures(english: bytes) -> None:
    told = text(english)
    for said in ("Notusable", "100,000.00m²(150.00mu)", "12,345.68m²", "about63.5m", "1,234.50m"):
        assert said in told
    assert "Permanentbasicfarmland" in told
    assert "Changetheoutlinetoavoidit" in told


def test_every_page_carries_secrecy_number_and_count(chinese: bytes) -> None:
    sheets = read(chinese).pages
    for number, page in enumerate(sheets, start=1):
        told = re.sub(r"\s", "", page.extract_text())
        assert told.startswith("内部")
        assert "含示意资料" in told
        assert f"第{number}页共{len(sheets)}页" in told
        assert "CK-2026-0117" in told
        assert [round(float(v) / 72 * 25.4) for v in page.mediabox[2:]] == [210, 297]


def test_sample_data_is_marked_on_every_page(make: Make, fonts: FontBook) -> None:
    for page in read(pdf(make(cover(example=True)), fonts)).pages:
        assert "示例数据" in page.extract_text()


def test_only_our_fonts_are_used_and_they_are_embedded(chinese: bytes) -> None:
    names, held = set(), 0
    for page in read(chinese).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            names.add(str(inner["/BaseFont"]).split("+")[-1])
            held += any(f"/FontFile{kind}" in inner["/FontDescriptor"] for kind in (2, 3))
    assert names == {"NotoSansSC-Regular", "NotoSansSC-Bold"}
    assert held


def test_the_file_says_that_it_can_be_archived_and_read_aloud(chinese: bytes) -> None:
    known = read(chinese).xmp_metadata
    assert known is not None
    assert known.pdfaid_part == "2"
    assert known.pdfaid_conformance == "A"
    root = read(chinese).trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]


def test_the_same_report_gives_the_same_bytes_and_the_day_is_that_of_the_report(
    make: Make, fonts: FontBook, pictures: tuple[Picture, ...], chinese: bytes
) -> None:
    assert pdf(make(), fonts, pictures) == chinese
    made = read(chinese).metadata
    assert made is not None
    assert made.creation_date is not None
    assert made.creation_date.date() == date(2026, 11, 22)


def test_the_code_on_the_page_leads_to_the_check(make: Make, fonts: FontBook) -> None:
    drawn = pages(document(make(), (), False), fonts, 150)
    found = [
        one.text for page in drawn for one in zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))
    ]
    assert found == [LINK]


def test_maps_stand_at_the_size_at_which_their_scale_is_true(
    make: Make, fonts: FontBook, pictures: tuple[Picture, ...]
) -> None:
    """The left half of the map is of one colour: its edges are found on the drawn page."""
    dots = 254  # 10 a millimetre
    drawn = pages(document(make(), pictures[:1], False), fonts, dots)
    widths = []
    for page in drawn:
        shown = Image.open(io.BytesIO(page)).convert("RGB")
        for y in range(0, shown.height, 200):
            row = [shown.getpixel((x, y)) == (0xDC, 0xE8, 0xF0) for x in range(shown.width)]
            widths += [sum(row)] if sum(row) > 300 else []
    assert widths
    assert all(abs(width - 780) <= 5 for width in widths)  # half of 156 mm, within 0.5 mm


def test_a_long_table_repeats_its_head_and_loses_no_row(make: Make, fonts: FontBook) -> None:
    said = pdf(make(findings=many(60)), fonts)
    sheets = [re.sub(r"\s", "", page.extract_text()) for page in read(said).pages]
    with_rows = [sheet for sheet in sheets if re.search(r"某某法\d+", sheet)]
    assert len(with_rows) >= 5
    assert all("规则与依据" in sheet for sheet in with_rows)
    everything = "".join(with_rows)
    assert all(f"第{i}条规则的标题较长以便折行" in everything for i in range(60))


HOSTILE = (
    '#read("/etc/passwd")',
    "*strong* _em_ $x^2$ @ref <label> = head",
    "<script>alert(1)</script>&amp;",
    '#import "@preview/x:1.0.0": *',
    "\\u{41} ~ -- ... 'q' \"q\"",
    "a" * 300,
    "-" * 120,
    "喆堽墕镕𬭚",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_people_type_stays_what_they_typed(make: Make, fonts: FontBook, hostile: str) -> None:
    row = finding(
        "r", hostile, "涉及", "禁止", overlap_m2=1.0, basis=hostile, source=hostile,
        grade="official", todo=hostile, features=[met(hostile, overlap_m2=1.0)],
        notes=[{"code": "X", "zh": hostile, "en": hostile}],
    )  # fmt: skip
    report = make(cover(number=hostile, asker=hostile), findings=[row], reasons=[])
    report = replace(report, site=replace(report.site, name=hostile), disputes={"r": hostile})
    wanted = re.sub(r"\s", "", hostile).replace("𬭚", "〓")  # the fonts do not hold this one
    told = text(pdf(report, fonts))
    assert told.count(wanted) >= 7
    assert "root:" not in told


def test_a_long_word_stays_inside_the_paper(make: Make, fonts: FontBook) -> None:
    word_ = "W" * 400
    row = finding("r", word_, "涉及", "禁止", overlap_m2=1.0, basis=word_, remark="，" * 300)
    report = make(findings=[row], reasons=[{"rule": "r", "code": "BAN", "verdict": "不可用"}])
    for page in pages(document(report, (), False), fonts, 60):
        shown = Image.open(io.BytesIO(page)).convert("L")
        edge = round((210 - 26) / 25.4 * 60) + 2
        assert shown.crop((edge, 0, shown.width, shown.height)).getextrema() == (255, 255)


@pytest.mark.parametrize("letter", ["\x00", "\u200b", "\ufeff", "\ue000", "🚀", "\u202e", "\r\n\t"])
def test_no_character_stops_a_report(make: Make, fonts: FontBook, letter: str) -> None:
    report = make()
    report = replace(report, site=replace(report.site, name=f"甲{letter}乙"))
    assert "甲" in text(pdf(report, fonts))


def test_a_map_wider_than_the_text_is_refused(make: Make, fonts: FontBook) -> None:
    with pytest.raises(DataError, match="版心") as error:
        pdf(make(), fonts, [Picture(png(4, 4), 157, "宽图")])
    assert error.value.code == "REPORT_PICTURE"


def test_what_is_no_picture_is_refused(make: Make, fonts: FontBook) -> None:
    with pytest.raises(DataError) as error:
        pdf(make(), fonts, [Picture(b"not a picture", 100, "坏图")])
    assert error.value.code == "REPORT_PICTURE"


def test_with_nothing_imported_the_report_is_whole(make: Make, fonts: FontBook) -> None:
    """Every rule answers 无数据: no grade, no way forward, no permalink, no number of version."""
    rows = [finding(f"r{i}", f"规则甲{i}", "无数据", "禁止") for i in range(20)]
    why = [{"rule": f"r{i}", "code": "UNKNOWN", "verdict": "无法判定"} for i in range(20)]
    bare = cover(permalink="", version=None, office="", asker="", secrecy="", names={})
    report = make(bare, verdict="无法判定", findings=rows, reasons=why, registered_ppm=None)
    told = text(pdf(replace(report, way=type(report.way)(), disputes={}), fonts))
    assert "无法判定" in told
    assert "无数据20条" in told
    assert "其余8条规则" in told  # twelve are named
    assert "净可用面积" not in told
