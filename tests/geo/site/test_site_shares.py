"""What sites share with sets: the same alone, among many at once, and for a part of a set."""

import numpy as np
import pytest
import shapely

from geo import measure
from geo.site.prepared import Prepared
from geo.site.shares import Shares, shares
from tests.geo.site.squares import layer, plane, square


def grid(name: str, step: float) -> Prepared:
    """A hundred squares of `step` metres, side by side."""
    cells = [square(x * step, y * step, step) for x in range(10) for y in range(10)]
    return layer(name, cells).prepared


def told(found: Shares, used: Prepared) -> list[tuple[int, str, float]]:
    ids = used.ids[found.pairs.row]
    return list(zip(found.pairs.site.tolist(), ids.tolist(), found.plane_m2.tolist(), strict=True))


def test_a_site_over_four_squares_shares_a_quarter_with_each() -> None:
    used = grid("a", 10)
    found = shares(np.array([plane(5, 5, 10)]), [used])[used]
    assert [m2 for *_, m2 in told(found, used)] == pytest.approx([25.0] * 4)
    assert found.areas_m2 == pytest.approx(found.plane_m2, rel=2e-4)  # the plane enlarges a little
    assert np.isnan(found.lengths_m).all()


def test_many_sites_at_once_share_what_each_shares_alone() -> None:
    sets = [grid("a", 10), grid("b", 7)]
    sites = np.array([plane(1.3 * i, 0.9 * i, 12) for i in range(60)], dtype=object)
    many = shares(sites, sets)
    for used in sets:
        alone = [
            (i, id_, m2)
            for i, one in enumerate(sites)
            for _, id_, m2 in told(shares(np.array([one]), [used])[used], used)
        ]
        assert told(many[used], used) == alone


@pytest.mark.parametrize("every", [2, 3, 1_000])
def test_a_part_of_a_set_shares_what_it_would_alone(every: int) -> None:
    whole = grid("a", 10)
    mask = np.arange(len(whole)) % every == every - 1
    part = whole.part(("every", every), lambda: mask)
    sites = np.array([plane(4.0 * i, 3.0 * i, 25) for i in range(5)], dtype=object)
    both, alone = shares(sites, [part, whole]), shares(sites, [part])
    assert told(both[part], part) == told(alone[part], part)
    expected = [one for one in told(both[whole], whole) if one[1] in set(part.ids)]
    assert told(both[part], part) == expected


def test_lines_share_a_length_and_no_area() -> None:
    path = measure.to_stored(shapely.segmentize(plane(0, 0, 30).exterior, 5))
    used = layer("road", [path]).prepared
    found = shares(np.array([plane(-5, -5, 10)]), [used])[used]
    assert found.lengths_m == pytest.approx([10.0])  # 5 m along two sides of a corner
    assert np.isnan(found.areas_m2).all()
    assert found.solid(1.0, 0.1).all()  # a line is never a sliver
