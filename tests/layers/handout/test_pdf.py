"""The handout read back by other tools: its text, pages, fonts, codes, and scale on paper."""

import io
import math
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pypdf
import pytest
import zxingcpp
from PIL import Image
from pyproj import Transformer
from shapely import LineString
from shapely.geometry import mapping

from geo.errors import DataError
from layers.brief.values import Brief, Drawing, Kind, Look, Slide, Text
from layers.handout import How, Paper, pdf
from layers.handout.press import images

PLANE = Transformer.from_crs(4490, 4550, always_xy=True)
A, B = (122.16, 37.39), (122.19, 37.39)
INK = "#12AB56"
DPI = 254.0  # ten dots a millimetre
# round scales of small maps: what 1:n may be, in powers of ten
STEPS = (1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2, 2.2, 2.4, 2.6, 2.8, 3, 3.5, 4, 4.5, 5,
         6, 7, 8, 9)  # fmt: skip


def longest(there: np.ndarray) -> int:
    """Length of the longest run."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], there.astype(int), [0]])))
    return int((edges[1::2] - edges[::2]).max())


def pages(data: bytes) -> list[str]:
    """Text of each page without spaces and line ends, which a page may put anywhere."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    return [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]


@pytest.fixture(scope="module")
def chinese(brief: Brief, how: How) -> bytes:
    return pdf(brief, how)


@pytest.fixture(scope="module")
def english(brief: Brief, how: How) -> bytes:
    return pdf(brief, replace(how, english=True, paper=Paper.A4))


def test_every_slide_has_its_page_and_a_long_table_two(chinese: bytes) -> None:
    said = pages(chinese)
    titles = (
        "重大事项推进第三次调度会", "较上次会议：三升一降", "总体进展", "服务贸易引领区和500亩园区",
        "医疗健康示范区和健康产业城", "历年供地进展", "历年供地进展", "2024年末与现在",
        "挂图作战：项目进度一张图", "年度投资完成情况", "较第2次会议的变化", "重点项目清单",
        "重点项目清单（续）", "资料来源与可信程度", "请会议审议",
    )  # fmt: skip
    assert len(said) == len(titles)
    for page, title in zip(said, titles, strict=True):
        assert title in page
    assert [f"第{i}页共15页" in page for i, page in enumerate(said, 1)] == [True] * 15


def test_words_numbers_and_rows_of_the_record_are_text(chinese: bytes) -> None:
    said = pages(chinese)
    for text in ("1,284.6亩", "截至2026-11-15", "无数据：计划未下达", "资料来源：供应台账（示例）"):
        assert text in said[2]
    for text in ("牵头：商务局", "三(四)1、三(四)2、四(二)", "方案（2017-06-09）"):
        assert text in said[3]
    rows = "".join(said[11:13])
    assert all(f"J{i:02}" in rows for i in range(1, 41))
    assert "共43行" in said[12]
    assert "50,000" in said[12]
    for day in ("2023-12-31", "2024-12-31", "2025-12-31", "2026-11-15"):
        assert day in said[6]
    assert "之前2024-12-31" in said[7]
    assert "现在2026-11-15" in said[7]


def test_every_page_tells_meeting_day_version_and_marks(chinese: bytes) -> None:
    for page in pages(chinese):
        for text in ("内部", "示例数据", "第3次会议", "数据截至2026-11-15", "数据版本128",
                     "制图单位：经区规划科"):  # fmt: skip
            assert text in page


def test_what_the_presenter_says_is_not_handed_out(chinese: bytes, english: bytes) -> None:
    for data in (chinese, english):
        said = "".join(pages(data))
        assert "开场：说明数据截至日期" not in said
        assert "重点讲逾期一项的原因" not in said


def test_the_english_handout_is_a4_and_english(english: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(english))
    said = pages(english)
    assert "Thirdreviewofthemajormatters" in said[0]
    assert "Page1of" in said[0]
    assert "Sincethelastmeeting:threeup,onedown" in said[1]
    for page in reader.pages:
        assert float(page.mediabox.width) == pytest.approx(297 / 25.4 * 72, abs=0.1)
        assert float(page.mediabox.height) == pytest.approx(210 / 25.4 * 72, abs=0.1)


def test_a_page_is_as_wide_as_the_screen(chinese: bytes) -> None:
    page = pypdf.PdfReader(io.BytesIO(chinese)).pages[0]
    assert float(page.mediabox.width / page.mediabox.height) == pytest.approx(16 / 9, rel=1e-4)


def test_fonts_are_inside_and_nothing_else_is_needed(chinese: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(chinese))
    fonts: dict[str, Any] = {}
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[str(inner["/BaseFont"])] = inner["/FontDescriptor"].get_object()
    assert fonts
    for name, told in fonts.items():
        assert "NotoSansSC" in name
        assert {"/FontFile2", "/FontFile3"} & set(told)


def test_the_same_brief_gives_the_same_bytes(brief: Brief, how: How, chinese: bytes) -> None:
    assert pdf(brief, how) == chinese


def test_a_code_opens_the_view_of_its_slide(brief: Brief, how: How) -> None:
    shown = next(slide for slide in brief.slides if slide.id == "M2")
    (png,) = images(replace(brief, slides=(shown,)), how, 150)
    with Image.open(io.BytesIO(png)) as page:
        (found,) = zxingcpp.read_barcodes(page.convert("L"))
    assert found.text == "http://10.1.2.3:8501/?on=park&sel=park/P05"


def test_without_an_address_there_is_no_code(brief: Brief, how: How) -> None:
    shown = next(slide for slide in brief.slides if slide.id == "M2")
    (png,) = images(replace(brief, slides=(shown,), base_url=""), how, 100)
    with Image.open(io.BytesIO(png)) as page:
        assert not zxingcpp.read_barcodes(page.convert("L"))


@pytest.mark.parametrize("kind", [Kind.MAP, Kind.TEXT])
@pytest.mark.parametrize("paper", list(Paper))
def test_a_line_on_the_ground_has_its_length_on_paper(
    brief: Brief, how: How, kind: Kind, paper: Paper
) -> None:
    """Paper mm times a round scale is the distance in the plane, to half a millimetre."""
    line = Drawing(mapping(LineString([A, B])), color=INK)
    look = Look((122.15, 37.385, 122.20, 37.412), ("zone", "unit"), drawings=(line,))
    slide = Slide("one", kind, Text("一张图", "One map"), look=look)
    (png,) = images(replace(brief, slides=(slide,)), replace(how, paper=paper), DPI)
    with Image.open(io.BytesIO(png)) as page:
        dots = np.asarray(page.convert("RGB")).astype(int)
    green = np.abs(dots - (0x12, 0xAB, 0x56)).sum(axis=2) < 40
    wide = longest(green.any(axis=0)) / 10
    ground = (PLANE.transform(*B)[0] - PLANE.transform(*A)[0]) * 1000  # mm to the east
    power = 10 ** math.floor(math.log10(ground / wide))
    scales = [step * power for step in (*STEPS, 10)]
    assert wide > 50
    assert min(abs(ground / scale - wide) for scale in scales) < 0.5


def test_a_table_cut_for_the_screen_is_whole_on_paper(brief: Brief, how: How) -> None:
    long = next(slide for slide in brief.slides if slide.id == "register")
    assert long.table is not None
    first = replace(long, table=replace(long.table, rows=long.table.rows[:9], total=40))
    rest = replace(long, id="2", table=replace(long.table, rows=long.table.rows[9:], total=40))
    said = "".join(pages(pdf(replace(brief, slides=(first, rest)), how)))
    assert all(f"J{i:02}" in said for i in range(1, 41))
    assert "共40行" not in said
    other = replace(rest, title=Text("另一张表"))
    said = "".join(pages(pdf(replace(brief, slides=(first, other)), how)))
    assert "共40行" in said
    assert "另一张表" in said


def test_the_public_edition_says_so_with_its_approval(brief: Brief, how: How) -> None:
    public = replace(brief, public=True, secrecy="", approval="鲁S（2026）001号")
    said = pages(pdf(replace(public, slides=public.slides[:2]), how))
    assert "公开版坐标已概化，不能用于量算" in said[0]
    for page in said:
        assert "公开版" in page
        assert "审图号：鲁S（2026）001号" in page
        assert "内部" not in page


def test_a_legend_that_has_no_room_is_set_smaller_and_never_cut(brief: Brief, how: How) -> None:
    """All the shipped sets beside words: more looks than the largest letters have room for."""
    shown = tuple(name for name in brief.sets if name not in ("parcel", "works"))
    slide = Slide("one", Kind.TEXT, Text("全部图层"), look=Look(on=shown))
    (page,) = pages(pdf(replace(brief, slides=(slide,)), how))
    assert "全部图层" in page


def test_an_extent_that_is_turned_round_is_a_plain_fault(brief: Brief, how: How) -> None:
    slide = Slide("one", Kind.MAP, Text("图"), look=Look((122.3, 37.3, 122.2, 37.4), ("zone",)))
    with pytest.raises(DataError) as caught:
        pdf(replace(brief, slides=(slide,)), how)
    assert caught.value.code == "PICTURE_EXTENT"
