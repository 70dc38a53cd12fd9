"""DXF drawings: areas of closed lines, arcs within a millimetre, bombs refused."""

import io
import math

import ezdxf
import numpy as np
import pytest
import shapely

from geo.errors import DataError
from geo.formats import Choice, Reading, peek, read
from tests.geo.formats import hostile

SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]


def of(text: str, choice: Choice | None = None, codec: str = "gbk") -> Reading:
    return read(text.encode(codec), "a.dxf", choice)


def drawn(drawing: ezdxf.document.Drawing) -> bytes:
    out = io.StringIO()
    drawing.write(out)
    return out.getvalue().encode(drawing.output_encoding)


def refusal(data: bytes, choice: Choice | None = None) -> DataError:
    with pytest.raises(DataError) as refused:
        read(data, "a.dxf", choice)
    return refused.value


def test_closed_lines_become_areas_and_open_ones_stay_lines() -> None:
    entities = hostile.polyline(SQUARE) + hostile.polyline(SQUARE, closed=False)
    entities += hostile.polyline([*SQUARE, SQUARE[0]], closed=False)
    reading = of(hostile.dxf(entities))
    assert [shape.geom_type for shape in reading.table.geometry] == [
        "Polygon",
        "LineString",
        "Polygon",
    ]
    assert shapely.equals(reading.table.geometry[0], shapely.Polygon(SQUARE))
    assert reading.table["layer"].tolist() == ["DK"] * 3


def test_arcs_are_within_a_millimetre() -> None:
    radius = 500.0
    two_halves = [(0.0, 0.0, 1.0), (2 * radius, 0.0, 1.0)]  # a whole circle
    (shape,) = of(hostile.dxf(hostile.polyline(two_halves))).table.geometry
    middles = shapely.get_coordinates(shape.exterior.segmentize(0.05))
    distance = np.hypot(middles[:, 0] - radius, middles[:, 1])
    assert distance.max() <= radius + 1e-6
    assert distance.min() >= radius - 0.001 - 1e-6
    assert len(shape.exterior.coords) < 3000


def test_a_quarter_to_the_right_bends_the_right_way() -> None:
    quarter = [(0.0, 0.0, -math.tan(math.pi / 8)), (1.0, 1.0), (0.0, 1.0)]
    (shape,) = of(hostile.dxf(hostile.polyline(quarter))).table.geometry
    # Clockwise from (0,0) to (1,1): the centre is (1,0), the arc passes left of the chord.
    assert shapely.distance(shape, shapely.Point(1 - math.sqrt(0.5), math.sqrt(0.5))) < 0.001


def test_layers_are_asked_about_and_all_may_be_taken() -> None:
    text = hostile.dxf(hostile.polyline(SQUARE, "用地红线") + hostile.polyline(SQUARE, "建筑"))
    assert refusal(text.encode("gbk")).code == "MANY_LAYERS"
    assert [one.name for one in peek(text.encode("gbk"), "a.dxf").layers] == ["用地红线", "建筑"]
    assert of(text, Choice(layer="建筑")).rows == 1
    assert of(text, Choice(layer="*")).table["layer"].tolist() == ["用地红线", "建筑"]


@pytest.mark.parametrize(
    ("header", "codec", "encoding"),
    [
        ("9 $DWGCODEPAGE\n3 ANSI_936\n", "gbk", "gb18030"),
        ("", "gbk", "gb18030"),
        ("9 $DWGCODEPAGE\n3 ANSI_1252\n", "gbk", "gb18030"),
        ("9 $DWGCODEPAGE\n3 ANSI_1252\n", "utf-8", "utf-8"),
        ("9 $DWGCODEPAGE\n3 ANSI_950\n", "big5", "big5"),
    ],
)
def test_text_is_read_declared_or_not(header: str, codec: str, encoding: str) -> None:
    layer = "用地界線" if codec == "big5" else "用地红线"
    reading = of(hostile.dxf(hostile.polyline(SQUARE, layer), header), codec=codec)
    assert (reading.layer, reading.encoding) == (layer, encoding)


def test_a_wrong_code_page_is_told() -> None:
    text = hostile.dxf(hostile.polyline(SQUARE, "用地红线"), "9 $DWGCODEPAGE\n3 ANSI_936\n")
    reading = of(text, codec="utf-8")
    assert reading.layer == "用地红线"
    assert [i.severity for i in reading.issues if i.code == "ENCODING_GUESSED"] == ["warning"]
    assert of(text, Choice(encoding="utf-8"), codec="utf-8").issues == ()


@pytest.mark.parametrize(
    ("units", "top", "scale"),
    [(6, 10, 1), (0, 10, 1), (4, 10_000, 0.001), (4, 4_130_000, 1), (5, 1000, 0.01), (1, 10, 1)],
)
def test_units_are_metres_unless_the_size_denies_it(units: int, top: float, scale: float) -> None:
    header = f"9 $INSUNITS\n70 {units}\n9 $EXTMAX\n10 1\n20 {top}\n30 0\n"
    square = [(0.0, 0.0), (top, 0.0), (top, top), (0.0, top)]
    reading = of(hostile.dxf(hostile.polyline(square), header))
    assert reading.table.geometry[0].bounds == pytest.approx((0, 0, top * scale, top * scale))
    assert ("DXF_UNITS" in [i.code for i in reading.issues]) == (units not in (0, 6))
    forced = of(hostile.dxf(hostile.polyline(square), header), Choice(units="mm"))
    assert forced.table.geometry[0].bounds[3] == pytest.approx(top / 1000)


def _block(name: str, entities: str) -> str:
    return f"0 BLOCK\n8 0\n2 {name}\n70 0\n10 0\n20 0\n30 0\n3 {name}\n{entities}0 ENDBLK\n8 0\n"


def _insert(name: str, x: float = 0.0, more: str = "") -> str:
    return f"0 INSERT\n8 DK\n2 {name}\n10 {x}\n20 0.0\n30 0.0\n{more}"


def test_blocks_are_expanded_where_they_stand_and_one_may_be_chosen() -> None:
    blocks = _block("A", hostile.polyline(SQUARE, "0")) + _block("B", "0 POINT\n8 0\n10 1\n20 2\n")
    text = hostile.dxf(_insert("A", 100.0) + _insert("B"), blocks=blocks)
    reading = of(text)
    assert reading.table.geometry[0].bounds == (100, 0, 110, 10)
    assert reading.table["layer"].tolist() == ["DK", "DK"]  # layer 0 of a block is the insert's
    assert reading.table["block"].tolist() == ["A", "B"]
    assert of(text, Choice(block="B")).table.geometry[0] == shapely.Point(1, 2)
    assert refusal(text.encode(), Choice(block="C")).code == "BLOCK_UNKNOWN"


def test_a_bomb_of_blocks_is_refused_at_once() -> None:
    blocks = _block("B0", "0 POINT\n8 0\n10 1\n20 2\n")
    for level in range(1, 11):
        blocks += _block(f"B{level}", "".join(_insert(f"B{level - 1}") for _ in range(10)))
    assert refusal(hostile.dxf(_insert("B10"), blocks=blocks).encode()).code == "TOO_COMPLEX"
    grid = _insert("B0", more="70 30000\n71 30000\n44 1.0\n45 1.0\n")
    assert (
        refusal(hostile.dxf(grid, blocks=_block("B0", "0 POINT\n8 0\n10 1\n20 2\n")).encode()).code
        == "TOO_COMPLEX"
    )


def test_a_block_in_itself_is_refused() -> None:
    blocks = _block("A", _insert("B")) + _block("B", _insert("A"))
    assert refusal(hostile.dxf(_insert("A"), blocks=blocks).encode()).code == "TOO_COMPLEX"


def test_curves_hatches_and_texts_of_a_new_drawing() -> None:
    drawing = ezdxf.new("R2010", units=6)
    sheet = drawing.modelspace()
    sheet.add_circle((0, 0), 100, dxfattribs={"layer": "圆"})
    hatch = sheet.add_hatch(dxfattribs={"layer": "圆"})
    hatch.paths.add_polyline_path([(0, 0), (10, 0), (10, 10), (0, 10)], is_closed=True)
    hatch.paths.add_polyline_path([(2, 2), (4, 2), (4, 4), (2, 4)], is_closed=True)
    sheet.add_text("地块甲", dxfattribs={"layer": "圆", "insert": (1, 2)})
    sheet.add_arc((0, 0), 5, 0, 90, dxfattribs={"layer": "圆"})
    sheet.add_ray((0, 0), (1, 0), dxfattribs={"layer": "圆"})
    reading = read(drawn(drawing), "a.dxf")
    circle, hatched, text, arc = reading.table.geometry
    ring = shapely.get_coordinates(circle.exterior.segmentize(0.5))
    assert np.abs(np.hypot(ring[:, 0], ring[:, 1]) - 100).max() <= 0.001
    hole = [(2, 2), (4, 2), (4, 4), (2, 4)]
    assert shapely.equals(hatched, shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [hole]))
    assert text == shapely.Point(1, 2)
    assert reading.table["text"].tolist()[2] == "地块甲"
    assert arc.geom_type == "LineString"
    (issue,) = [issue for issue in reading.issues if issue.code == "ENTITIES_IGNORED"]
    assert "RAY 1 个" in issue.message


def test_heights_are_left_out_and_told() -> None:
    drawing = ezdxf.new("R2010", units=6)
    drawing.modelspace().add_polyline3d([(0, 0, 5), (1, 0, 5), (1, 1, 5)], close=True)
    (shape,) = read(drawn(drawing), "a.dxf").table.geometry
    assert shapely.equals(shape, shapely.Polygon([(0, 0), (1, 0), (1, 1)]))


def test_extended_data_become_fields() -> None:
    drawing = ezdxf.new("R2010", units=6)
    drawing.appids.add("SOUTH")
    line = drawing.modelspace().add_lwpolyline(SQUARE, close=True)
    line.set_xdata("SOUTH", [(1000, "300000"), (1000, "王家庄")])
    assert read(drawn(drawing), "a.dxf").table["SOUTH"].tolist() == ["300000 王家庄"]


def test_an_empty_or_broken_drawing_is_refused() -> None:
    assert refusal(hostile.dxf("").encode()).code == "EMPTY_FILE"
    assert refusal(hostile.dxf(hostile.polyline(SQUARE)).encode()[:-40]).code == "DXF_CORRUPT"
    text = hostile.dxf("0 LINE\n8 DK\n10 abc\n20 0\n11 1\n21 1\n")
    assert refusal(text.encode()).code in {"DXF_CORRUPT", "EMPTY_FILE"}


def test_unknown_units_and_encodings_are_refused() -> None:
    text = hostile.dxf(hostile.polyline(SQUARE)).encode()
    assert refusal(text, Choice(units="尺")).code == "DXF_UNITS"
    assert refusal(text, Choice(encoding="latin-1")).code == "ENCODING_UNKNOWN"


def test_rings_that_say_whose_they_are_come_together_again() -> None:
    drawing = ezdxf.new("R2010", units=6)
    drawing.appids.add("JINGQU")
    rings = [
        (SQUARE, "1", "外"),
        ([(2, 2), (4, 2), (4, 4), (2, 4)], "1", "内"),
        ([(20, 0), (21, 0), (21, 1)], "2", "外"),
    ]
    for ring, part, side in rings:
        line = drawing.modelspace().add_lwpolyline(ring, close=True)
        pairs = {"编号": "A1", "部分": part, "环": side}
        tags = [
            [(1000, key), (1002, "{"), (1000, value), (1002, "}")] for key, value in pairs.items()
        ]
        line.set_xdata("JINGQU", [tag for pair in tags for tag in pair])
    drawing.modelspace().add_text("旁注")
    reading = read(drawn(drawing), "a.dxf")
    area = next(shape for shape in reading.table.geometry if shape.geom_type == "MultiPolygon")
    whole = shapely.MultiPolygon([(SQUARE, [rings[1][0]]), (rings[2][0], [])])
    assert shapely.equals(area, whole)
    assert reading.table["编号"].dropna().tolist() == ["A1"]
    assert len(reading.table) == 2
