"""The wall map: a mark for each project, none over another, names as text; the score as Excel."""

import io
import re

import geopandas as gpd
from python_calamine import CalamineWorkbook
from shapely import LineString, Point, box

from geo import boundaries
from geo.model import Boundaries, Grade, Source
from layers import project_look, project_map, project_score
from layers.project_map import Ground, Place
from layers.project_score import Line

RED = project_look.light("red", "standard", "triangle", "迟", "红")
GREY = project_look.light("grey", "grey", "square", "无", "灰")


def known(*shapes: object) -> Boundaries:
    rows = {"id": [f"S{i}" for i in range(len(shapes))], "name": ["甲"] * len(shapes)}
    table = gpd.GeoDataFrame(rows, geometry=list(shapes), crs=4490)
    return boundaries.make("unit", table, Source("示例", Grade.SURVEYED, "CC0"))


def under() -> Ground:
    whole = known(box(122.1, 37.3, 122.3, 37.4))
    return Ground(whole, whole, whole, size=(600, 400))


def spots(picture: str) -> list[tuple[float, float]]:
    found = re.findall(r'class="pm-mark" transform="translate\(([\d.-]+),([\d.-]+)\)', picture)
    return [(float(x), float(y)) for x, y in found]


def test_marks_of_projects_in_one_place_are_moved_apart_and_stay_inside() -> None:
    places = [Place(f"P{i}", f"示例{i}", (Point(122.2, 37.35),), RED) for i in range(6)]
    found = spots(project_map.svg(under(), places, "图"))
    assert len(found) == 6
    for i, one in enumerate(found):
        assert 0 <= one[0] <= 580
        assert 0 <= one[1] <= 380
        for other in found[:i]:
            assert (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 > 18**2


def test_points_lines_and_areas_are_drawn_and_the_sketched_are_hatched() -> None:
    places = [
        Place("A", "面", (box(122.12, 37.32, 122.14, 37.34),), GREY, sketch=True),
        Place("B", "线", (LineString([(122.2, 37.35), (122.25, 37.38)]),), RED, chosen=True),
        Place("C", "点", (Point(122.28, 37.31),), RED),
    ]
    picture = project_map.svg(under(), places, "图")
    assert 'fill="url(#pm-grey)"' in picture
    assert picture.count('aria-pressed="true"') == 1
    assert len(spots(picture)) == 3


def test_names_are_text() -> None:
    picture = project_map.svg(
        under(), [Place('"><b>', "<script>", (Point(122.2, 37.35),), RED)], "图"
    )
    assert "<script>" not in picture
    assert "<b>" not in picture


def test_a_colour_says_the_same_by_shape_and_letter() -> None:
    assert "triangle" in project_look.icon(RED)
    assert ">迟<" in project_look.icon(RED)
    assert project_look.on("#FFFFFF") != project_look.on("#000000")


def test_the_score_sheet_writes_every_sum_out() -> None:
    lines = [
        Line("建设局", "基础分", (), 1, 100.0, 100.0, 92.0),
        Line("建设局", "红灯项目", ("X1", "X2"), 2, -5.0, -10.0, 92.0),
        Line("建设局", "按期节点", ("X1/filed 2026-02-25",), 2, 1.0, 2.0, 92.0),
        Line("建设局", "迟报", (), 0, -0.5, -0.0, 92.0),
    ]
    heads = {key: key for key in ("unit", "item", "points", "working", "summed", "inputs")}
    data = project_score.workbook("考核", heads, lines, {"权重": "示例权重"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("考核").to_python()
    assert rows[2][3] == "2 × (-5) = -10"
    assert rows[4][3] == "0 × (-0.5) = 0"
    assert rows[1][4] == "100 + (-10) + 2 + 0 = 92"
    assert rows[2][5] == "X1\nX2"
