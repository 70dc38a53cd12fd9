"""Values of parcels by hand: exact by area, and by middles of cells."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from geo.terrain import zonal
from tests.geo.terrain.plane import LEFT, NONE, TOP, array, box, raster, small

HELD = raster([[1, 2, 4], [8, NONE, 16]])


def test_exact_means_by_hand() -> None:
    """5–25 m east, 0–15 m south: 50, 100, 50 m² above; 25, 50 (no value), 25 m² below.

    (50·1 + 100·2 + 50·4 + 25·8 + 25·16) / 250 = 1050 / 250; 250 of 300 m² are known.
    """
    found = zonal.exact(array(box(5, -15, 25, 0)), HELD)
    assert found.mean.tolist() == pytest.approx([4.2])
    assert found.known.tolist() == pytest.approx([250 / 300])


def test_land_beyond_the_raster_is_not_known() -> None:
    found = zonal.exact(
        array(box(-10, -10, 10, 0), box(50, -10, 60, 0), box(11, -19, 19, -11)), HELD
    )
    assert found.mean.tolist() == pytest.approx([1.0, NONE, NONE], nan_ok=True)
    assert found.known.tolist() == pytest.approx([0.5, 0, 0])


def test_areas_of_classes_by_hand() -> None:
    kinds = raster([[10, 10, 20], [20, NONE, 20]], classes=True)
    triangle = shapely.Polygon([(LEFT, TOP), (LEFT + 20, TOP), (LEFT, TOP - 20)])
    found = zonal.class_areas(array(triangle, box(0, -20, 30, 0)), kinds)
    assert found[0] == pytest.approx({10: 150, 20: 50})
    assert found[1] == pytest.approx({10: 200, 20: 300})


@given(st.lists(st.tuples(st.floats(-15, 65), st.floats(-65, 15)), min_size=3, max_size=7))
def test_exact_is_the_overlap_with_every_cell(places: list[tuple[float, float]]) -> None:
    hull = shapely.MultiPoint([(LEFT + x, TOP + y) for x, y in places]).convex_hull
    values = np.arange(25.0).reshape(5, 5)
    total = weighed = 0.0
    for row in range(5):
        for column in range(5):
            cell = box(column * 10, -row * 10 - 10, column * 10 + 10, -row * 10)
            part = shapely.intersection(hull, cell).area
            total, weighed = total + part, weighed + part * values[row, column]
    found = zonal.exact(array(hull), raster(values))
    if total > 1e-6:
        assert found.mean[0] == pytest.approx(weighed / total, rel=1e-6, abs=1e-6)
        assert found.known[0] == pytest.approx(total / hull.area, rel=1e-6)


def test_a_large_parcel_is_taken_in_pieces() -> None:
    rows, columns = 900, 700
    known = raster(np.tile(np.arange(rows)[:, None], columns), 1.0)
    found = zonal.exact(array(box(0.5, -899.5, 699.5, -0.5)), known)
    assert found.mean[0] == pytest.approx(449.5, rel=1e-9)
    assert found.known[0] == pytest.approx(1)


def test_means_on_the_screen_by_hand() -> None:
    parcels = array(box(0, -10, 20, 0), box(0, -20, 30, -10), box(21, -3, 23, -1))
    numbers = zonal.ids(small(2, 3), parcels)
    assert numbers.tolist() == [[1, 1, 0], [2, 2, 2]]
    found = zonal.screen(numbers, HELD, 3)
    assert found.mean.tolist() == pytest.approx([1.5, 12.0, NONE], nan_ok=True)
    assert found.known.tolist() == pytest.approx([1.0, 2 / 3, 0.0])


def test_no_parcels_have_no_numbers() -> None:
    assert not zonal.ids(small(2, 3), array()).any()
    with pytest.raises(DataError) as caught:
        zonal.screen(np.zeros((3, 3), dtype=np.int32), HELD, 0)
    assert caught.value.code == "GRID_SHAPE"


def test_shares_covered_by_hand() -> None:
    units = array(box(0, -10, 10, 0), box(10, -10, 20, 0), box(50, -10, 60, 0))
    areas = array(box(-5, -10, 4, 0), box(2, -10, 5, 0), box(15, -5, 100, 0))
    assert zonal.covered(units, areas).tolist() == pytest.approx([0.5, 0.25, 0.5])
    assert zonal.covered(units, array()).tolist() == [0, 0, 0]
