"""Areas drawn by hand close land, or leave a part of it, as if a bureau had brought them."""

import numpy as np
import pytest
import shapely

from geo import measure, scenario
from geo.errors import DataError
from geo.scenario import Definition, paint
from geo.units import mu
from geo.zone import Zone
from tests.geo.scenario.town import CELL_MU, asked, plane, square


def ring(*box: float) -> list[list[float]]:
    """Corners of a rectangle in metres from the corner of the town, in degrees."""
    stored = measure.to_stored(plane(*box))
    return [list(corner) for corner in shapely.get_coordinates(stored)[:-1].tolist()]


def limited(**more: object) -> Definition:
    limit = {"id": "own1", "title": "学校保留地", "title_en": "School reserve"}
    return asked(excludes=[limit | more])


def test_an_area_drawn_closes_the_cells_it_touches_and_the_reason_bears_its_name(
    small: Zone,
) -> None:
    """Two cells by the road are lost: four trade at 100, two at 90, green at 4 × 95 + 2 × 90."""
    found = scenario.run(small, limited(areas=[[ring(500, 0, 600, 200)]]))
    assert [row[5] for row in square(found.use)] == [0, 0, 0, 0, 2, 2]
    per_cell = CELL_MU * 2000 / 3
    assert found.allocation.objective == pytest.approx(1140 * per_cell, rel=5e-4)
    assert found.prepared.reasons["own1"].title == "学校保留地"


def test_a_hole_in_an_area_stays_open(small: Zone) -> None:
    """Of the cell in row 1, column 4 the hole leaves 19 % covered, less than half."""
    area = [ring(300, 0, 600, 600), ring(405, 405, 495, 495)]
    ready = scenario.prepare(small, limited(areas=[area], from_pct=50.0))
    assert np.flatnonzero((paint.closures(ready).codes == 0).all(axis=0)).tolist() == [10]


def test_of_an_area_drawn_as_a_part_only_the_percent_counts_lowest_priority_first(
    small: Zone,
) -> None:
    """Of the cell, 50 % give 40 % of themselves, 30 % of what is left give nothing: 20 % + 20 %."""
    part = {"id": "own1", "title": "甲", "title_en": "A", "areas": [[ring(500, 500, 550, 600)]]}
    first = part | {"usable_pct": 40.0, "priority": 1}
    second = part | {"id": "own2", "areas": [[ring(500, 500, 530, 600)]]}
    second |= {"usable_pct": 0.0, "priority": 2}
    ready = scenario.prepare(small, asked(partials=[second, first]))
    usable = paint.closures(ready).usable_m2[0, 5]
    assert mu(float(usable)) == pytest.approx(CELL_MU * 0.4, rel=2e-3)


@pytest.mark.parametrize(
    "area", [[[[122.0, 37.0], [122.1, 37.0]]], [[[0, 0], [1, 1], [1, 0], [0, 1]]]]
)
def test_an_area_that_is_none_is_refused(small: Zone, area: list[list[list[float]]]) -> None:
    with pytest.raises(DataError) as refused:
        scenario.prepare(small, limited(areas=[area]))
    assert refused.value.code == "LIMIT_AREA"


def test_a_limit_has_one_source_only() -> None:
    with pytest.raises(DataError, match="只写一种"):
        limited(areas=[[ring(0, 0, 100, 100)]], where={"set": "road"})


def test_an_area_drawn_is_written_to_a_file_and_read_back_the_same() -> None:
    known = limited(areas=[[ring(0, 0, 100, 100), ring(20, 20, 40, 40)]])
    assert scenario.of_toml(scenario.to_toml(known)) == known
