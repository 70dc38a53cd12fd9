"""Units as the browser gets them: a grid told by runs, net and outline, areas by their rings."""

import gzip
import json
from typing import Any

import numpy as np
import pytest
import shapely

from geo.errors import DataError
from geo.measure import to_stored, transformer
from geo.model import Grade
from layers import cells, tint
from layers.cells import Net, Units
from layers.style import Ink
from layers.tint import Legend, Tint, TintClass

LEFT, TOP = 440_000.0, 4_140_000.0


def told(body: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress(body))
    return found


def test_places_of_cells_are_told_as_runs_of_first_and_length() -> None:
    net = Net(LEFT, TOP, 100.0, 3, 10)
    found = told(cells.grid(net, np.array([2, 3, 4, 9, 10, 25]), square()))
    assert found["runs"] == [2, 3, 9, 2, 25, 1]
    assert (found["rows"], found["columns"], found["step"]) == (3, 10, 100.0)


def test_the_net_has_every_eighth_line_and_the_last_where_proj_puts_them() -> None:
    net = Net(LEFT, TOP, 100.0, 9, 17)
    found = told(cells.grid(net, np.array([0]), square()))
    assert found["across"] == [0, 8, 16, 17]
    assert found["down"] == [0, 8, 9]
    corners = np.array(found["corners"]).reshape(3, 4, 2) / 1e7
    lon, lat = transformer(4550, 4490).transform(LEFT + 1_700, TOP - 800)
    assert corners[1, 3] == pytest.approx([lon, lat], abs=1e-7)


def test_rings_are_a_corner_and_steps_in_millionths_of_a_degree() -> None:
    area = shapely.Polygon([(440_000, 4_140_000), (440_100, 4_140_000), (440_100, 4_140_100)])
    found = told(cells.areas(np.array([area]), ["P1"]))
    assert found["ids"] == ["P1"]
    (ring,) = found["areas"][0][0]
    corners = np.cumsum(np.array(ring).reshape(-1, 2), axis=0) / 1e6
    wanted = shapely.get_coordinates(to_stored(area))[:-1]
    assert {tuple(one) for one in corners.round(6)} == {tuple(one) for one in wanted.round(6)}


def test_a_hole_and_a_second_part_are_rings_of_their_own() -> None:
    square_ = shapely.box(440_000, 4_140_000, 440_300, 4_140_300)
    hole = shapely.box(440_100, 4_140_100, 440_200, 4_140_200)
    apart = shapely.box(441_000, 4_140_000, 441_100, 4_140_100)
    both = shapely.union(shapely.difference(square_, hole), apart)
    found = told(cells.areas(np.array([both]), ["P1"]))
    assert sorted(len(part) for part in found["areas"][0]) == [1, 2]


def test_a_tint_of_units_brings_its_set_along_and_one_of_a_stored_set_does_not() -> None:
    legend = Legend(
        "题", "Title", (TintClass("a", "甲", "A", Ink("#FF0000", "#D55E00", "#444444")),)
    )
    units = Units("cells/1.json", 7, 3, Grade.SCHEMATIC, "格网单元", "Cell")
    own = tint.told(Tint("cells", 7, "tint/2.bytes", legend, (3,), (), units), english=True)["own"]
    assert (own["name"], own["draw"], own["url"], own["count"], own["label"]) == (
        "cells",
        "cells",
        "cells/1.json",
        3,
        "Cell",
    )
    assert "own" not in tint.told(Tint("parcel", 7, "tint/2.bytes", legend, (3,)), english=True)


def test_an_array_of_codes_is_packed_as_a_list_of_them_is() -> None:
    assert tint.packed_array(np.array([0, -1, 254, 7])) == tint.packed([0, None, 254, 7])
    with pytest.raises(DataError) as refused:
        tint.packed_array(np.array([0, 255]))
    assert refused.value.code == "TINT_CODE"


def square() -> Any:
    return to_stored(shapely.box(LEFT, TOP - 300, LEFT + 1_000, TOP))
