"""A drawing's block and units are asked on both pages that read files, and change what is read.

By hand: a square of 100 units at (41429000, 4143500) on the sheet, and a block "红线" holding one
of 20 by 30 units. In millimetres the side of the square would be 0.1 m.
"""

from collections.abc import Callable
from io import StringIO

import pytest
import shapely
from ezdxf.filemanagement import new
from streamlit.testing.v1 import AppTest

from geo.formats import Choice, peek, read

Script = Callable[..., None]
EAST, NORTH = 41429000.0, 4143500.0
TXT = "[地块坐标]\n4,30,1,甲,面,,,@\nJ1,1,{n},{e}\nJ2,1,{n},{f}\nJ3,1,{m},{f}\nJ1,1,{n},{e}\n"


@pytest.fixture
def drawing() -> bytes:
    sheet = new("R2010", units=6)
    block = sheet.blocks.new("红线")
    block.add_lwpolyline([(0, 0), (20, 0), (20, 30), (0, 30)], close=True)
    sheet.blocks.new("图框").add_lwpolyline([(0, 0), (9, 0), (9, 9)], close=True)
    model = sheet.modelspace()
    corners = [(0, 0), (100, 0), (100, 100), (0, 100)]
    model.add_lwpolyline([(EAST + x, NORTH + y) for x, y in corners], close=True)
    model.add_blockref("红线", (EAST + 200, NORTH))
    model.add_blockref("图框", (EAST + 400, NORTH))
    out = StringIO()
    sheet.write(out)
    return out.getvalue().encode()


def importing(data: bytes, name: str, lang: str, url: str) -> None:
    import streamlit as st

    from geo.formats import peek
    from geo.zone import open_zone
    from pages import data_choose

    st.session_state["lang"] = lang
    answer = data_choose.draw(open_zone(url), peek(data, name))
    st.session_state["chosen"] = answer and answer[1].choice


def asking(data: bytes, name: str, lang: str, url: str) -> None:
    import streamlit as st

    from geo.formats import peek
    from pages import site_reading

    st.session_state["lang"] = lang
    answer = site_reading.terms(peek(data, name))
    st.session_state["chosen"] = answer and answer.choice


@pytest.mark.parametrize("script", [importing, asking])
def test_a_block_and_its_units_are_chosen_and_read(
    script: Script, drawing: bytes, store_url: str
) -> None:
    asked = {"data": drawing, "name": "图.dxf", "lang": "zh", "url": store_url}
    seen = AppTest.from_function(script, kwargs=asked, default_timeout=30).run()
    assert not seen.exception
    blocks = next(one for one in seen.selectbox if one.label == "图块")
    assert list(blocks.options) == ["整张图", "图框", "红线"]
    if script is importing:
        seen.selectbox(key="import_set").select("parcel")
    blocks.select("红线")
    seen.run()
    next(one for one in seen.selectbox if one.label == "图纸单位").select("mm")
    seen.run()
    chosen = seen.session_state["chosen"]
    assert chosen == Choice(block="红线", units="mm")
    (shape,) = read(drawing, "图.dxf", chosen).table.geometry
    assert shape.area == pytest.approx(0.02 * 0.03)


@pytest.mark.parametrize("script", [importing, asking])
def test_they_are_asked_in_english_too(script: Script, drawing: bytes, store_url: str) -> None:
    asked = {"data": drawing, "name": "图.dxf", "lang": "en", "url": store_url}
    seen = AppTest.from_function(script, kwargs=asked, default_timeout=30).run()
    options = {one.label: list(one.options) for one in seen.selectbox}
    assert options["Block"] == ["Whole drawing", "图框", "红线"]
    assert options["Units of the drawing"][0] == "As in the file"


def test_what_is_left_open_is_read_as_the_file_says(drawing: bytes) -> None:
    shapes = read(drawing, "图.dxf", Choice()).table.geometry
    assert sorted(shapely.area(shapes)) == pytest.approx([40.5, 600.0, 10_000.0])


def test_a_table_is_asked_for_neither(store_url: str) -> None:
    csv = "编号,X,Y\n1,122.2,37.4\n".encode()
    asked = {"data": csv, "name": "点.csv", "lang": "zh", "url": store_url}
    seen = AppTest.from_function(asking, kwargs=asked, default_timeout=30).run()
    assert not seen.exception
    assert not {"图块", "图纸单位", "面积单位"} & {one.label for one in seen.selectbox}


def test_a_coordinate_file_is_asked_for_the_unit_of_its_areas(store_url: str) -> None:
    square = TXT.format(n=NORTH, m=NORTH + 100, e=EAST, f=EAST + 100).encode()
    assert peek(square, "界址点.txt").kind == "txt"
    asked = {"data": square, "name": "界址点.txt", "lang": "zh", "url": store_url}
    seen = AppTest.from_function(asking, kwargs=asked, default_timeout=30).run()
    next(one for one in seen.selectbox if one.label == "面积单位").select("mu")
    seen.run()
    assert seen.session_state["chosen"] == Choice(units="mu")
