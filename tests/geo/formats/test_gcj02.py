"""GCJ-02 and BD-09 against a published library, and suspicion of shifted data."""

import geocoordinates_ffi as oracle
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.formats import gcj02

WEIHAI = st.tuples(st.floats(121.9, 122.6), st.floats(37.1, 37.6))
CHINA = st.tuples(st.floats(73.5, 135.0), st.floats(18.0, 53.5))
CLOSE = 1e-7  # degrees: 1 cm


def one(function: object, point: tuple[float, float]) -> tuple[float, float]:
    (moved,) = function(np.array([point]))  # type: ignore[operator]
    return float(moved[0]), float(moved[1])


def lonlat(found: object) -> tuple[float, float]:
    value = getattr(found, "value", None) or getattr(found, "coordinate", None) or found
    return value.lon, value.lat  # type: ignore[attr-defined]


@settings(max_examples=150, deadline=None)
@given(st.one_of(WEIHAI, CHINA))
def test_forward_is_what_the_library_says(point: tuple[float, float]) -> None:
    wgs = oracle.Wgs84(lon=point[0], lat=point[1])
    gcj = oracle.wgs84_to_gcj02(wgs)
    assert one(gcj02.from_wgs84, point) == pytest.approx(lonlat(gcj), abs=CLOSE)
    assert one(gcj02.bd09_from_gcj02, lonlat(gcj)) == pytest.approx(
        lonlat(oracle.gcj02_to_bd09(gcj)), abs=CLOSE
    )
    assert one(gcj02.bd09_from_wgs84, point) == pytest.approx(
        lonlat(oracle.wgs84_to_bd09(wgs)), abs=CLOSE
    )


@settings(max_examples=150, deadline=None)
@given(st.one_of(WEIHAI, CHINA))
def test_backward_returns_to_where_the_library_started(point: tuple[float, float]) -> None:
    wgs = oracle.Wgs84(lon=point[0], lat=point[1])
    gcj, bd = lonlat(oracle.wgs84_to_gcj02(wgs)), lonlat(oracle.wgs84_to_bd09(wgs))
    assert one(gcj02.to_wgs84, gcj) == pytest.approx(point, abs=CLOSE)
    assert one(gcj02.bd09_to_gcj02, bd) == pytest.approx(gcj, abs=CLOSE)
    assert one(gcj02.bd09_to_wgs84, bd) == pytest.approx(point, abs=CLOSE)


@pytest.mark.parametrize("point", [(2.35, 48.85), (-74.0, 40.7), (139.7, 35.7), (103.8, -33.0)])
def test_outside_the_box_nothing_moves(point: tuple[float, float]) -> None:
    assert oracle.out_of_china(lat=point[1], lon=point[0])
    for function in (gcj02.from_wgs84, gcj02.to_wgs84, gcj02.bd09_from_wgs84, gcj02.bd09_to_wgs84):
        assert one(function, point) == point


def test_many_points_move_as_each_alone() -> None:
    points = np.array([(122.2, 37.4), (2.35, 48.85), (121.9, 37.1)])
    together = gcj02.from_wgs84(points)
    assert together.tolist() == [list(one(gcj02.from_wgs84, tuple(p))) for p in points.tolist()]


def stations(count: int = 40) -> np.ndarray:
    """Places spread over the zone, about 1 km apart."""
    random = np.random.default_rng(3)
    return np.column_stack(
        [random.uniform(122.09, 122.45, count), random.uniform(37.3, 37.45, count)]
    )


@pytest.mark.parametrize(
    ("shift", "kind", "low", "high"),
    [
        # offsets measured at Weihai: 411–464 m and 1,209–1,305 m
        (gcj02.from_wgs84, "GCJ-02", 411, 464),
        (gcj02.bd09_from_wgs84, "BD-09", 1209, 1305),
    ],
)
@pytest.mark.parametrize("noise", [0.0, 3e-4])
def test_shifted_data_is_suspected_with_its_kind_and_offset(
    shift: object, kind: str, low: float, high: float, noise: float
) -> None:
    known = stations()
    seen = known[::2] + np.random.default_rng(1).normal(0, noise / 3, (20, 2))
    found = gcj02.suspect(shift(seen), known)  # type: ignore[operator]
    assert found is not None
    assert found.kind == kind
    assert low <= found.offset_m <= high
    told = gcj02.issue(found)
    assert (told.code, told.severity, told.value) == ("POSSIBLE_GCJ02", "warning", kind)


def test_data_that_fits_or_differs_otherwise_is_not_suspected() -> None:
    known = stations()
    metres = 1 / 111_000
    for moved in (
        known,
        np.add(known, (20 * metres, 0)),
        np.add(known, (-450 * metres, 0)),  # as far as GCJ-02, but the other way
        np.add(known, (3000 * metres, 2000 * metres)),
        np.random.default_rng(9).uniform((122.09, 37.3), (122.45, 37.45), (40, 2)),
    ):
        assert gcj02.suspect(np.asarray(moved), known) is None
    assert gcj02.suspect(np.empty((0, 2)), known) is None
    assert gcj02.suspect(known, np.empty((0, 2))) is None
