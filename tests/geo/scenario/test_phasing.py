"""In the town the six cells by the road wait for its day; a cell is 14.9976 mu."""

from typing import Any

import pytest

from geo import scenario
from geo.errors import DataError
from geo.scenario import phasing
from geo.units import mu
from geo.zone import Zone
from tests.geo.scenario.town import CELL_MU, asked


def waiting(day: str, **more: Any) -> dict[str, Any]:
    rule = {"where": {"set": "road"}, "reach_m": 50, "opens": day}
    return {"periods": [2026, 2028, 2030], "phases": [rule]} | more


@pytest.mark.parametrize(
    ("day", "period"),
    [("2025-03-01", 0), ("2026-12-31", 0), ("2027-01-01", 1), ("2028-06-30", 1), ("2030-01-01", 2)],
)
def test_land_opens_in_the_first_period_whose_year_is_not_before_the_day(
    small: Zone, day: str, period: int
) -> None:
    first = phasing.ready(scenario.prepare(small, asked(**waiting(day))))
    assert first.reshape(6, 6)[:, 5].tolist() == [period] * 6
    assert not first.reshape(6, 6)[:, :5].any()


def test_what_opens_when_is_counted_and_what_never_does_is_told_apart(small: Zone) -> None:
    rows = phasing.openings(scenario.prepare(small, asked(**waiting("2028-06-30"))))
    assert [(one.year, one.units) for one in rows] == [(2026, 30), (2028, 6), (2030, 0)]
    assert mu(rows[1].area_m2) == pytest.approx(6 * CELL_MU, rel=5e-4)
    late = phasing.openings(scenario.prepare(small, asked(**waiting("2031-01-01"))))
    assert [(one.period, one.units) for one in late] == [(0, 30), (1, 0), (2, 0), (None, 6)]


def test_the_solver_takes_no_land_before_its_road(small: Zone) -> None:
    demands = [
        {"use": "trade", "mu": 30.0, "tolerance_pct": 1, "period": 0},
        {"use": "trade", "mu": 60.0, "tolerance_pct": 1, "period": 1},
    ]
    found = scenario.run(small, asked(**waiting("2028-01-01", demands=demands)))
    by_road = [5 + 6 * row for row in range(6)]
    assert not (found.period[by_road] == 0).any()
    assert sorted(found.period[found.use == 0].tolist()) == [0, 0, 1, 1, 1, 1]


def test_a_day_without_periods_is_refused(small: Zone) -> None:
    with pytest.raises(DataError, match="periods"):
        asked(**waiting("2028-01-01", periods=[]))


def test_a_scenario_with_days_is_written_and_read_back_the_same() -> None:
    known = asked(**waiting("2028-01-01"))
    assert scenario.of_toml(scenario.to_toml(known)) == known
