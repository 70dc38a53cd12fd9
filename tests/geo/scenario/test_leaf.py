"""A scenario on paper and slides, read back with code that is not ours.

The town has 36 cells of 14.9976 mu, so 539.9 in all; six of them are 90.0.
"""

import io
import re
from pathlib import Path

import pypdf
import pytest
from pptx import Presentation

from geo import scenario
from geo.scenario import Leaf
from geo.shell import paper
from geo.zone import Zone
from layers import plan_page, plan_slides
from tests.geo.scenario.town import asked, built


@pytest.fixture(scope="module")
def plan(small: Zone) -> Leaf:
    wish = {"mu": 90.0, "target": "S14", "clause": "四(二)"}
    return scenario.leaf(small, scenario.run(small, asked(wish)))


def text(data: bytes) -> str:
    """All text of a PDF without spaces and line ends, which a page may put anywhere."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def words(data: bytes) -> list[str]:
    """Words of every slide: placeholders, cells of tables, and what the presenter says."""
    out = []
    for slide in Presentation(io.BytesIO(data)).slides:
        found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for shape in slide.shapes:
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
        out.append(" ".join([*found, slide.notes_slide.notes_text_frame.text]))
    return out


def test_a_page_tells_demands_indicators_the_matrix_and_what_is_not_known(plan: Leaf) -> None:
    said = text(plan_page.pdf(plan, paper.fonts()))
    assert "满足全部需求" in said
    assert "总分与理论最优相差不超过0.0" in said
    assert "09商业S14四(二)90.090.0满足" in said
    assert "配置用地180.0亩" in said  # twelve cells
    assert "建筑面积无数据" in said
    assert "合计90.090.0359.9539.9" in said
    assert "永久基本农田" in said
    assert plan.digest[:20] in said
    assert "示例" not in said


def test_rows_of_several_periods_say_their_year_on_page_and_slides(small: Zone) -> None:
    demands = [{"use": "trade", "mu": 30.0, "period": period} for period in (0, 1)]
    staged = asked(periods=[2026, 2028], demands=demands)
    made = scenario.leaf(small, scenario.run(small, staged))
    said = text(plan_page.pdf(made, paper.fonts()))
    assert "09商业（2026年）" in said
    assert "09商业（2028年）" in said
    assert "services,2028" in text(plan_page.pdf(made, paper.fonts(), english=True))
    assert "各期合计" in said
    assert said.count("2026、2028年累计") == 2  # under the name, and below the map
    slides = words(plan_slides.pptx(made, paper.fonts()))
    assert [one in text for one, text in zip(("累计", "2026", "2028"), slides, strict=False)]
    assert "09 商业（2028 年）" in slides[3]


def test_a_page_of_one_period_names_it_and_tells_of_it_alone(small: Zone) -> None:
    demands = [
        {"use": "trade", "mu": much, "period": period} for period, much in enumerate((30.0, 60.0))
    ]
    found = scenario.run(small, asked(periods=[2026, 2028], demands=demands))
    made = scenario.leaf(small, scenario.of_period(found, 1))
    said = text(plan_page.pdf(made, paper.fonts()))
    assert "小城（2028年）" in said
    assert "2026" not in said.replace("编号", "").split("依据与说明")[0].split("日期")[1][12:]
    assert "配置用地60.0亩" in said  # four cells
    slides = words(plan_slides.pptx(made, paper.fonts(), english=True))
    assert len(slides) == 2
    assert "(2028)" in slides[0]


def test_an_english_page_tells_the_basis_of_a_figure(plan: Leaf) -> None:
    said = text(plan_page.pdf(plan, paper.fonts(), english=True))
    assert "jobspermu(noparameterset)" in said


def test_a_page_is_archived_as_pdf_a_with_every_font_inside(plan: Leaf) -> None:
    data = plan_page.pdf(plan, paper.fonts())
    assert data == plan_page.pdf(plan, paper.fonts())
    assert b"pdfaid:part" in data
    read = pypdf.PdfReader(io.BytesIO(data))
    assert read.pages[0].mediabox.width == pytest.approx(595.28, abs=0.1)  # A4


def test_a_page_speaks_english(plan: Leaf) -> None:
    said = text(plan_page.pdf(plan, paper.fonts(), english=True))
    assert "Alldemandsaremet" in said
    assert "09Businessandservices" in said
    assert "Total90.090.0359.9539.9" in said


def test_demands_that_fail_are_told_with_their_shortfall(small: Zone) -> None:
    """297 mu at least are asked for, 18 cells (269.96) are open: 27.0 short."""
    found = scenario.run(small, asked(300.0, 0.0))
    said = text(plan_page.pdf(scenario.leaf(small, found), paper.fonts()))
    assert "不能满足全部需求" in said
    assert re.search(r"缺27\.[01]", said)
    assert "相差不超过" not in said


def test_made_up_land_is_marked_on_every_page_and_slide(fresh: str) -> None:
    zone = built(fresh, landuse=False)
    made = scenario.leaf(zone, scenario.run(zone, asked(0.0, 0.0)))
    pages = pypdf.PdfReader(io.BytesIO(plan_page.pdf(made, paper.fonts()))).pages
    assert all("示例数据" in page.extract_text() for page in pages)
    assert all("示例" in one for one in words(plan_slides.pptx(made, paper.fonts())))


def test_slides_hold_the_map_and_the_demands_as_a_table(plan: Leaf, tmp_path: Path) -> None:
    data = plan_slides.pptx(plan, paper.fonts())
    assert data == plan_slides.pptx(plan, paper.fonts())
    first, second = words(data)
    assert "小城" in first
    assert "满足全部需求" in first
    assert "09 商业 S14 四(二) 90.0 90.0 满足" in second
    assert "次会议" not in first + second
    assert "永久基本农田" in second  # what was not known, for the presenter
    kinds = [shape.shape_type for shape in Presentation(io.BytesIO(data)).slides[0].shapes]
    assert 13 in kinds  # MSO_SHAPE_TYPE.PICTURE
