"""A deck read back: its titles, words, tables, charts, maps and notes are those of the brief."""

import io
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from pptx.util import Emu
from python_calamine import CalamineWorkbook

from layers.brief.values import Brief, Kind, Look, Slide, Table, Text
from tests.layers.brief.test_scene import slide_of
from tests.layers.deck.conftest import Read, titled, words

MM = 36_000
DPI = 190  # of the maps


def test_titles_stand_in_placeholders_in_the_order_of_the_brief(book: Any, brief: Brief) -> None:
    found = [one.shapes.title.text_frame.text for one in book.slides]
    plain = list(dict.fromkeys(re.sub(r"（\d+/\d+）$", "", one) for one in found))
    assert plain == [slide.title.zh for slide in brief.slides]


def test_every_slide_says_meeting_day_version_secrecy_sample_and_its_number(book: Any) -> None:
    for number, slide in enumerate(book.slides, 1):
        kinds = {str(one.placeholder_format.type).split(" ")[0]: one for one in slide.placeholders}
        foot = kinds["FOOTER"].text_frame.text
        for said in ("第 3 次会议", "2026-11-15", "数据版本 128", "内部", "示例数据"):
            assert said in foot
        assert kinds["SLIDE_NUMBER"].text_frame._txBody.xpath("./a:p/a:fld[@type='slidenum']")
        assert kinds["SLIDE_NUMBER"].text_frame._txBody.xpath("./a:p/a:fld/a:t")[0].text == str(
            number
        )


def test_no_placeholder_is_left_that_asks_to_be_clicked(book: Any) -> None:
    for slide in book.slides:
        for holder in slide.placeholders:
            assert holder.text_frame.text, holder.name


def test_notes_hold_the_speech_the_clauses_and_the_sources(book: Any) -> None:
    (slide,) = titled(book, "服务贸易引领区")[:1]
    told = slide.notes_slide.notes_text_frame.text
    assert "先讲园区，再讲两个项目。" in told
    assert "三(四)1、三(四)2、四(二)" in told
    assert "方案（2017-06-09）" in told
    assert "数据版本 128" in told
    assert all("先讲园区" not in words(one) for one in book.slides)


def charts(book: Any) -> dict[str, Any]:
    return {
        shape.name: shape.chart
        for slide in book.slides
        for shape in slide.shapes
        if shape.has_chart
    }


def test_charts_hold_their_data_and_gaps_stay_gaps(book: Any) -> None:
    made = charts(book)
    assert set(made) == {"目标与实际", "项目按进度", "累计完成投资"}
    bars = made["目标与实际"]
    assert [list(one.values) for one in bars.plots[0].series] == [[100, 30, 5], [86, 31, None]]
    assert list(bars.plots[0].categories) == ["服务外包企业", "离岸合同企业", "千人以上企业"]
    assert list(made["累计完成投资"].plots[0].series[1].values) == [
        420,
        980,
        None,
        2040,
        3100,
        3650,
    ]
    assert list(made["项目按进度"].plots[0].series[0].values) == [1, 1, 2, 3]
    for one in made.values():
        (blank,) = one._chartSpace.xpath(".//c:dispBlanksAs")
        assert blank.get("val") == "gap"


def test_the_workbook_inside_a_chart_can_be_opened_and_holds_the_same(book: Any) -> None:
    blob = charts(book)["目标与实际"].part.chart_workbook.xlsx_part.blob
    rows = CalamineWorkbook.from_filelike(io.BytesIO(blob)).get_sheet_by_index(0).to_python()
    assert rows == [
        ["", "目标", "实际"],
        ["服务外包企业", 100, 86],
        ["离岸合同企业", 30, 31],
        ["千人以上企业", 5, ""],
    ]


def test_a_long_table_goes_over_slides_with_its_head_on_each(book: Any) -> None:
    slides = titled(book, "重点项目清单")
    assert len(slides) > 1
    (tables) = [shape.table for one in slides for shape in one.shapes if shape.has_table]
    assert len(tables) == len(slides)
    ids = []
    for table in tables:
        rows = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
        assert rows[0] == ["编号", "项目名称", "牵头单位", "下一步", "投资（万元）"]
        ids += [row[0] for row in rows[1:]]
    assert ids == [f"J{i:02}" for i in range(1, 41)]
    assert "共 43 行，此处列出 40 行" in words(slides[-1])
    counts = [len(table.rows) for table in tables]
    assert max(counts) - min(counts) <= 2


def test_what_changed_since_the_last_meeting_has_table_and_map(book: Any) -> None:
    slides = titled(book, "较第 2 次会议的变化")
    said = "\n".join(words(one) for one in slides)
    for name in ("国际经贸交流中心", "日本软银全球BPO中心", "海洋科技孵化应用中心", "逾期 46 天"):
        assert name in said
    assert sum(shape.shape_type == 13 for one in slides for shape in one.shapes) == 1


def maps(slide: Any) -> list[Any]:
    return [one for one in slide.shapes if one.shape_type == 13 and "地图" in one.name]


def test_maps_are_as_large_on_the_slide_as_they_were_drawn(book: Any) -> None:
    """Then the scale bar is true: a picture scaled by hand would make it lie."""
    found = [one for slide in book.slides for one in maps(slide)]
    assert len(found) >= 8
    for shape in found:
        with Image.open(io.BytesIO(shape.image.blob)) as image:
            wide, high = image.size
        assert wide / DPI * 25.4 == pytest.approx(Emu(shape.width) / MM, abs=0.2)
        assert high / DPI * 25.4 == pytest.approx(Emu(shape.height) / MM, abs=0.2)
        assert shape._element.nvPicPr.cNvPr.get("descr") == shape.name


def test_every_period_has_its_map_and_all_share_one_key(book: Any) -> None:
    (slide,) = titled(book, "历年供地进展")
    days = ["2023-12-31", "2024-12-31", "2025-12-31", "2026-11-15"]
    assert [one.name.split(" ")[-1] for one in maps(slide)] == days
    said = words(slide).splitlines()
    assert [one for one in said if one in days] == days
    assert {"可供", "已供", "开工", "竣工", "闲置"} <= set(said)
    assert len({(one.width, one.height) for one in maps(slide)}) == 1


def test_more_periods_than_fit_go_on_a_further_slide(brief: Brief, read: Read) -> None:
    keys = ("supply:2023-12-31", "supply:2024-12-31", "supply:2025-12-31") * 3
    slide = slide_of(brief, "playback", periods=keys)
    made = read(replace(brief, slides=(slide,)))
    assert [len(maps(one)) for one in made.slides] == [3, 3, 3]


def test_before_and_after_stand_side_by_side(book: Any) -> None:
    (slide,) = titled(book, "2024 年末与现在")
    left, right = maps(slide)
    assert left.left < right.left
    assert left.top == right.top
    assert {"之前  2024-12-31", "现在  2026-11-15"} <= set(words(slide).splitlines())


def test_the_code_on_a_slide_opens_its_view(book: Any, brief: Brief, read: Read) -> None:
    (slide,) = titled(book, "2024 年末与现在")
    (code,) = [one for one in slide.shapes if "二维码" in one.name]
    with Image.open(io.BytesIO(code.image.blob)) as image:
        (told,) = zxingcpp.read_barcodes(np.asarray(image.convert("L")))
    assert told.text == "http://10.1.2.3:8501/?on=parcel&day=2026-11-15"
    assert code.click_action.hyperlink.address == told.text
    without = read(replace(brief, base_url="", slides=(slide_of(brief, "swipe"),)))
    assert not [s for one in without.slides for s in one.shapes if "二维码" in s.name]


def test_the_cover_draws_the_zone_and_says_that_it_is_schematic(book: Any) -> None:
    (group,) = [one for one in book.slides[0].shapes if one.shape_type == 6]
    assert len(group.shapes) >= 6  # towns
    assert "经区范围（示意）" in words(book.slides[0])
    assert "会议日期 2026-11-20" in words(book.slides[0])
    assert "制图单位：经区规划科" in words(book.slides[0])


def test_english_speaks_english_and_falls_back_where_nobody_wrote_it(
    brief: Brief, read: Read
) -> None:
    made = read(brief, english=True)
    assert titled(made, "Changed since meeting 2")
    foot = words(made.slides[1])
    assert "Meeting 3" in foot
    assert "Sample data" in foot
    assert "Internal" in foot
    (slide,) = titled(made, "Where we stand")
    assert "Land supplied" in words(slide)
    assert "1,284.6 mu" in words(slide)


def test_nothing_changed_is_said_and_not_an_empty_table(brief: Brief, read: Read) -> None:
    slide = slide_of(brief, "changes")
    assert slide.table
    bare = replace(slide, table=Table(slide.table.columns, ()), look=None)
    made = read(replace(brief, slides=(bare,)))
    assert "没有变化" in words(made.slides[0])
    assert not [s for s in made.slides[0].shapes if s.has_table]


def test_a_brief_of_bare_titles_and_no_sets_still_makes_a_deck(brief: Brief, read: Read) -> None:
    slides = tuple(
        Slide(kind.value, kind, Text(f"第 {i} 页"), look=Look() if kind is Kind.MAP else None)
        for i, kind in enumerate(Kind)
    )
    shown = tuple(one for one in slides if one.kind is not Kind.MAP)
    made = read(replace(brief, slides=shown, sets={}, colourings={}, example=False, secrecy=""))
    assert len(made.slides) == len(shown)
    assert all("示例" not in words(one) for one in made.slides)


def test_the_public_edition_says_so(brief: Brief, read: Read) -> None:
    known = replace(brief, public=True, secrecy="公开", slides=brief.slides[:2])
    assert all("公开版" in words(one) for one in read(known).slides)
