"""Grids fit one another, cells add up to the outline, and touch where they should."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import measure
from geo.errors import DataError
from geo.terrain import grid
from tests.geo.terrain.plane import LEFT, TOP, array, box, raster, small


def test_corners_lie_on_multiples_of_the_step() -> None:
    found = grid.over(box(33, -178, 241, -5), 100)
    assert (found.left, found.top, found.shape) == (LEFT, TOP, (2, 3))
    assert found.box == (LEFT, TOP - 200, LEFT + 300, TOP)


def test_a_step_that_cannot_be_is_refused() -> None:
    for step in (0, -5, math.nan, 0.001):
        with pytest.raises(DataError) as caught:
            grid.over(box(0, -900, 900, 0), step)
        assert caught.value.code == "GRID_STEP"


def test_cells_by_hand() -> None:
    """250 m × 150 m from the corner: 2 whole cells, 4 cut; on the ground a hair less."""
    found = grid.cells(measure.to_stored(box(0, -150, 250, 0)))
    assert found.index.tolist() == [0, 1, 2, 3, 4, 5]
    plane = [10_000, 10_000, 5_000, 5_000, 5_000, 2_500]
    assert measure.plane_areas(found.shapes) == pytest.approx(plane, abs=1e-3)
    assert found.areas_m2 == pytest.approx(plane, rel=3e-4)


def test_cells_that_touch_by_hand() -> None:
    found = grid.cells(measure.to_stored(box(0, -150, 250, 0)))
    pairs, shared = grid.touching(found)
    assert pairs.tolist() == [[0, 1], [1, 2], [3, 4], [4, 5], [0, 3], [1, 4], [2, 5]]
    assert shared == pytest.approx([100, 100, 50, 50, 100, 100, 50], abs=1e-3)


def test_cells_parted_by_a_gap_do_not_touch() -> None:
    """A slit of 1 m between the columns, but for 20 m at the top."""
    slit = shapely.difference(box(0, -100, 200, 0), box(99.5, -100, 100.5, -20))
    found = grid.cells(measure.to_stored(slit))
    pairs, shared = grid.touching(found)
    assert pairs.tolist() == [[0, 1]]
    assert shared == pytest.approx([20], abs=1e-3)


@given(st.lists(st.floats(60, 400), min_size=3, max_size=9), st.sampled_from([30.0, 50.0, 100.0]))
def test_cells_add_up_to_the_outline(radii: list[float], step: float) -> None:
    turns = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    points = np.column_stack([np.cos(turns), np.sin(turns)]) * np.array(radii)[:, None]
    outline = measure.to_stored(shapely.Polygon(points + np.array([LEFT, TOP])))
    found = grid.cells(outline, step)
    assert found.areas_m2.sum() == pytest.approx(measure.area_m2(outline), rel=2e-8)
    assert measure.plane_areas(found.shapes).max() <= step**2 * (1 + 1e-9)


def test_values_go_out_and_come_back() -> None:
    found = grid.cells(
        measure.to_stored(shapely.Polygon([(LEFT, TOP), (LEFT + 290, TOP), (LEFT, TOP - 290)]))
    )
    values = np.arange(len(found), dtype=np.float32)
    spread = found.spread(values)
    assert (len(found), np.isnan(spread.values).sum()) == (6, 3)
    assert found.values(spread).tolist() == values.tolist()


def test_values_of_another_grid_are_refused() -> None:
    found = grid.cells(measure.to_stored(box(0, -150, 250, 0)))
    with pytest.raises(DataError) as caught:
        found.values(raster(np.zeros((5, 5))))
    assert caught.value.code == "GRID_SHAPE"
    with pytest.raises(DataError):
        small().raster(np.zeros((4, 5)))


def test_a_cell_is_inside_by_its_middle() -> None:
    found = grid.inside(small(2, 3), array(box(0, -14, 16, 0)))
    assert found.tolist() == [[True, True, False], [False, False, False]]
    assert not grid.inside(small(2, 3), array()).any()
