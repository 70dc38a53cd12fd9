"""The Word brief, read back with python-docx."""

import io
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from layers.brief.values import Brief
from layers.handout import How
from layers.handout import docx as written
from layers.handout.office import numbered


@pytest.fixture(scope="module")
def data(brief: Brief, how: How) -> bytes:
    return written(brief, how)


@pytest.fixture(scope="module")
def book(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def headings(book: Any) -> list[str]:
    return [one.text for one in book.paragraphs if one.style.name == "Heading 1"]


def everything(book: Any) -> str:
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in book.paragraphs), *cells])


def test_slides_are_numbered_sections(book: Any) -> None:
    assert headings(book) == [
        "说明", "一、较上次会议：三升一降", "二、总体进展", "三、服务贸易引领区和 500 亩园区",
        "四、医疗健康示范区和健康产业城", "五、历年供地进展", "六、2024 年末与现在",
        "七、挂图作战：项目进度一张图", "八、年度投资完成情况", "九、较第 2 次会议的变化",
        "十、重点项目清单", "十一、资料来源与可信程度", "十二、请会议审议",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "mark"),
    [(1, "一、"), (9, "九、"), (10, "十、"), (11, "十一、"), (20, "二十、"), (21, "二十一、"),
     (35, "三十五、"), (90, "九十、")],
)  # fmt: skip
def test_sections_are_counted_as_official_documents_do(number: int, mark: str) -> None:
    assert numbered(number, english=False) == mark
    assert numbered(number, english=True) == f"{number}.  "


def test_title_meeting_days_and_marks_stand_at_the_head(book: Any) -> None:
    assert book.paragraphs[0].text == "关于重大事项推进第三次调度会的汇报材料"
    assert book.paragraphs[1].text == "第 3 次会议"
    assert "会议日期 2026-11-20" in book.paragraphs[2].text
    assert "数据版本 128" in book.paragraphs[2].text
    (head,) = book.sections[0].header.paragraphs
    assert head.text == "内部\t【示例数据】"
    assert "不得作为任何依据" in everything(book)


def test_numbers_rows_clauses_and_sources_are_text(book: Any) -> None:
    said = everything(book)
    for text in (
        "1,284.6 亩（截至 2026-11-15）", "共 43 行", "J40", "50,000",
        "方案条款：三(四)1、三(四)2、四(二)", "资料来源：供应台账（示例）", "逾期 46 天",
    ):  # fmt: skip
        assert text in said
    assert "重点讲逾期一项的原因" not in said


def test_maps_and_charts_are_pictures_of_their_own_size(book: Any) -> None:
    widths = [round(one.width / Mm(1)) for one in book.inline_shapes]
    # 3 charts, the maps of M2, playback, before and now, wall, changes; 2 codes
    assert widths.count(156) == 9
    assert widths.count(28) == 2
    captions = [one.text for one in book.paragraphs if one.text.startswith("图 ")]
    assert captions[0] == "图 1  目标与实际"
    assert "图 12  较第 2 次会议的变化" not in captions[:3]
    for one in book.inline_shapes:
        assert one._inline.docPr.get("descr")


def test_it_is_laid_out_as_official_documents_are(book: Any) -> None:
    page = book.sections[0]
    assert (page.page_width.mm, page.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    assert (page.top_margin.mm, page.left_margin.mm) == pytest.approx((37, 28), abs=0.1)
    fonts = book.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert book.styles["Heading 1"].element.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"


def test_the_same_brief_gives_the_same_bytes(brief: Brief, how: How, data: bytes) -> None:
    assert written(brief, how) == data


def test_an_english_brief_is_english(brief: Brief, how: How) -> None:
    book = docx.Document(io.BytesIO(written(brief, replace(how, english=True))))
    assert book.paragraphs[0].text == "Third review of the major matters: brief"
    assert headings(book)[1] == "1.  Since the last meeting: three up, one down"
    assert book.sections[0].header.paragraphs[0].text == "Internal\t【Sample data】"
