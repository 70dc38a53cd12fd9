"""Charts as pictures: values stand at their marks, gaps stay gaps, bytes stay the same."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from layers.brief import chart
from layers.brief.ink import shown
from layers.brief.values import Brief, Chart, ChartKind
from layers.picture import FontBook, Kind
from layers.style import Palette


def chart_of(brief: Brief, id_: str) -> Chart:
    (found,) = [one.chart for one in brief.slides if one.id == id_]
    assert found
    return found


def said(made: Chart, fonts: FontBook) -> list[str]:
    """Every line of words, as a reader of PDF finds it."""
    data = chart.draw(made, fonts, chart.page(), kind=Kind.PDF)
    (page,) = PdfReader(io.BytesIO(data)).pages
    return [one.strip() for one in page.extract_text().splitlines()]


def test_every_bar_has_its_value_and_a_gap_says_so(brief: Brief, fonts: FontBook) -> None:
    words = said(chart_of(brief, "M2"), fonts)
    assert {"目标与实际", "单位：家", "目标 实际", "86", "31", "无数据"} <= set(words)
    assert words.count("无数据") == 1


def test_a_stack_tells_its_sum(brief: Brief, fonts: FontBook) -> None:
    stacked = replace(chart_of(brief, "M2"), kind=ChartKind.STACKED)
    assert {"186", "61"} <= set(said(stacked, fonts))  # 100 + 86, 30 + 31


def test_a_ring_tells_values_and_shares_that_add_up(brief: Brief, fonts: FontBook) -> None:
    words = said(chart_of(brief, "M3"), fonts)
    # 1, 1, 2, 3 of 7 by largest remainder: 14 + 14 + 29 + 43 = 100
    told = ["逾期 1  14%", "预警 1  14%", "正常 2  29%", "无进度资料 3  43%"]
    assert [one for one in words if "%" in one] == told
    assert "7" in words


@pytest.mark.parametrize("id_", ["M2", "M3", "curve"])
@pytest.mark.parametrize("palette", list(Palette))
def test_a_chart_has_the_same_bytes_each_time_and_names_no_other_machine(
    brief: Brief, fonts: FontBook, id_: str, palette: Palette
) -> None:
    made = chart_of(brief, id_)
    first = chart.draw(made, fonts, chart.page(), palette=palette)
    assert first == chart.draw(made, fonts, chart.page(), palette=palette)
    assert first.startswith(b"<?xml")
    assert b"DOCTYPE" not in first


def test_the_colours_of_lights_follow_the_palette_and_grey_is_grey() -> None:
    assert shown("#C62828", Palette.SAFE) == "#B2410B"  # red of layers.project_look
    assert shown("#C62828", Palette.GREY) == "#2E2E2E"
    assert shown("#FF0000", Palette.GREY) == "#4C4C4C"  # 0.299 of 255 is 76
    assert shown("#123456", Palette.STANDARD) == "#123456"
