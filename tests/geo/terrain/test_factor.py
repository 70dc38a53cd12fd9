"""Distances beside shapely's, densities by hand, images moved to another grid."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import DataError
from geo.model import Grade
from geo.terrain import factor
from geo.terrain.factor import Factor, Layer
from geo.terrain.grid import Grid
from tests.geo.terrain.plane import LEFT, NONE, TOP, array, box, held, point, raster, small

NEAR = st.tuples(st.integers(-1600, 4000), st.integers(-4000, 1600))  # eighths of a metre
FAR = st.tuples(st.integers(-30_000, 40_000), st.integers(-40_000, 30_000))


def middles(grid: Grid) -> np.ndarray:
    row, column = np.mgrid[0 : grid.rows, 0 : grid.columns]
    east = grid.left + (column + 0.5) * grid.step
    return np.asarray(shapely.points(east, grid.top - (row + 0.5) * grid.step))


def test_distances_from_one_cell_by_hand() -> None:
    found = factor.distance(small(2, 3), array(point(5, -5)))
    wanted = [[0, 10, 20], [10, 14.142136, 22.360680]]
    np.testing.assert_allclose(found.values, wanted, rtol=1e-6)
    assert found.values.dtype == np.float32


@given(
    st.lists(NEAR | FAR, min_size=2, max_size=6, unique=True),
    st.sampled_from(["points", "line", "area"]),
)
@settings(max_examples=100)
def test_distances_are_those_of_shapely(places: list[tuple[int, int]], kind: str) -> None:
    """To the cells touched exactly; to the shape itself within half a diagonal of a cell."""
    points = [point(east / 8, north / 8) for east, north in places]
    shapes = {
        "points": array(*points),
        "line": array(shapely.LineString(points)),
        "area": array(shapely.MultiPoint(points).convex_hull),
    }[kind]
    grid = small(24, 30, 10.0)
    found = factor.distance(grid, shapes).values
    true = shapely.distance(middles(grid), shapely.union_all(shapes))
    assert np.abs(found - true).max() <= 10 * math.sqrt(0.5) + 1e-3


def test_distances_are_exact_between_cells() -> None:
    random = np.random.default_rng(7)
    grid = small(70, 90, 10.0)  # more than one strip
    own = middles(grid)
    seeds = own[random.random(grid.shape) < 0.004]
    found = factor.distance(grid, seeds).values
    true = shapely.distance(own, shapely.union_all(seeds))
    np.testing.assert_allclose(found, true, rtol=1e-6)


def test_what_lies_beyond_the_grid_counts() -> None:
    found = factor.distance(small(1, 2), array(point(-995, -5)))
    assert found.values.tolist() == [[1000, 1010]]
    near = factor.distance(small(1, 2), array(point(15, -5), point(-5, -5)))
    assert near.values.tolist() == [[10, 0]]


def test_things_too_far_for_a_grid_are_refused() -> None:
    with pytest.raises(DataError) as caught:
        factor.distance(small(), array(point(900_000, 900_000)))
    assert caught.value.code == "GRID_STEP"


def test_density_by_hand() -> None:
    """Kernel of 100 m: at the point 3/(π·0.01 km²) = 95.4930 per km², half-way 0.75² of it."""
    found = factor.density(small(1, 3, 50.0), array(point(25, -25)), 100.0).values[0]
    assert found.tolist() == pytest.approx([95.4930, 53.7148, 0], abs=1e-3)
    twice = factor.density(small(1, 3, 50.0), array(point(25, -25)), 100.0, [2.0]).values[0]
    assert twice == pytest.approx(2 * found)


def test_a_density_adds_up_to_the_points() -> None:
    grid = small(100, 100, 5.0)
    points = array(point(250, -250), point(200, -180))
    found = factor.density(grid, points, 120.0).values
    assert found.sum() * 25 / 1e6 == pytest.approx(2, rel=1e-3)


def test_a_reach_of_nothing_is_refused() -> None:
    with pytest.raises(DataError) as caught:
        factor.density(small(), array(point(0, 0)), 0)
    assert caught.value.code == "FACTOR_REACH"


def test_amounts_are_averaged_and_classes_are_not() -> None:
    fine = [[1, 3, NONE, 8], [5, 7, NONE, NONE]]
    coarse = Grid(LEFT, TOP, 20.0, 1, 3)
    assert factor.sampled(coarse, raster(fine)).values[0, :2].tolist() == [4, 8]
    assert np.isnan(factor.sampled(coarse, raster(fine)).values[0, 2])
    kinds = raster([[10, 10, 20, 40], [10, 40, 40, 40]], classes=True)
    found = factor.sampled(coarse, kinds)
    assert found.values[0, :2].tolist() == [10, 40]
    assert found.classes


def test_classes_on_a_finer_grid_stay_whole() -> None:
    found = factor.sampled(Grid(LEFT, TOP, 5.0, 2, 4), raster([[10, 40]], classes=True))
    assert found.values.tolist() == [[10, 10, 40, 40]] * 2


def test_a_factor_sees_only_the_kinds_it_asks_for_and_is_as_good_as_its_worst_shape() -> None:
    sets = {
        "station": held(
            "station",
            [point(5, -5), point(45, -5), point(25, -5)],
            kind=["车站", "车站", "机场"],
            grade=["traced", "schematic", "official"],
        )
    }
    asked = Factor("s", "距车站", "", factor.DISTANCE, "m", (Layer("station", ("车站",)),))
    found = factor.made(asked, small(1, 5), sets)
    np.testing.assert_allclose(found.raster.values, [[0, 10, 20, 10, 0]], atol=1e-4)
    assert (found.grade, found.held) == (Grade.SCHEMATIC, True)


def test_what_nobody_holds_is_not_known_anywhere() -> None:
    asked = Factor("p", "", "", factor.DISTANCE, layers=(Layer("pipeline"),))
    image = Factor("flood", "", "", factor.IMAGE, image="flood")
    kinds = Factor("x", "", "", factor.DENSITY, layers=(Layer("a", ("无",)),), reach_m=50)
    sets = {"a": held("a", [box(0, -10, 10, 0)], kind=["有"])}
    for one in (asked, image, kinds):
        found = factor.made(one, small(), sets)
        assert found.raster.gaps.all()
        assert (found.grade, found.held) == (None, False)


def test_an_image_is_brought_to_the_grid() -> None:
    asked = Factor("slope", "", "", factor.IMAGE, image="slope")
    found = factor.made(
        asked, small(1, 2, 20.0), {}, {"slope": raster([[1, 3, 5, 5], [1, 3, 5, 9]])}
    )
    assert found.raster.values.tolist() == [[2, 6]]
