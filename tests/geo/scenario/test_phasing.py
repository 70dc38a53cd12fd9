"""In the town the six cells by the road wait for its day; a cell is 14.9976 mu."""

from typing import Any

import numpy as np
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


@pytest.fixture(scope="module")
def staged(small: Zone) -> scenario.Outcome:
    """Trade on two cells by the road in each of two years; green on two in the second only.

    In the first year the points are 100 each, so are those of the four cells by the road that
    are left for the second; two of its cells are green's.
    """
    demands = [
        {"use": "trade", "mu": 30.0, "tolerance_pct": 1, "period": 0},
        {"use": "trade", "mu": 30.0, "tolerance_pct": 1, "period": 1},
        {"use": "green", "mu": 30.0, "tolerance_pct": 1, "period": 1},
    ]
    return scenario.run(small, asked(periods=[2026, 2028], demands=demands))


def test_one_period_alone_has_its_own_land_demands_and_points(staged: scenario.Outcome) -> None:
    first, second = (scenario.of_period(staged, period) for period in (0, 1))
    assert [(one.use < 2).sum() for one in (staged, first, second)] == [6, 2, 4]
    assert set(np.unique(first.use)) == {0, 2}
    assert [one.year for one in scenario.coverage(second)] == [2028, 2028]
    assert [len(scenario.prices(one)) for one in (staged, first)] == [4, 2]
    land = {one.id: one.value for one in scenario.indicators(first)}
    assert land["land"] == pytest.approx(2 * CELL_MU, rel=5e-4)
    assert land["points"] == pytest.approx(100, abs=0.5)  # 5 m from the road's middle at most
    assert (first.year, staged.year) == (2026, None)


def test_periods_add_up_to_the_plan_and_keep_its_proof(staged: scenario.Outcome) -> None:
    parts = [scenario.of_period(staged, period).allocation for period in (0, 1)]
    whole = staged.allocation
    assert sum(one.objective for one in parts) == pytest.approx(whole.objective)
    assert sum(one.area_m2[:-1] for one in parts) == pytest.approx(whole.area_m2[:-1])
    for one in parts:
        assert one.area_m2.sum() == pytest.approx(whole.area_m2.sum())
    alone = scenario.of_period(staged, 0)
    assert alone.allocation.gap_pct is None
    assert alone.gap_pct == staged.gap_pct == whole.gap_pct


def test_parts_of_units_count_in_their_period_only(small: Zone) -> None:
    """22.5 mu are a cell and half a cell."""
    demands = [
        {"use": "trade", "mu": 22.5, "tolerance_pct": 0, "period": period} for period in (0, 1)
    ]
    found = scenario.run(small, asked(periods=[2026, 2028], demands=demands, shares=True))
    parts = [scenario.of_period(found, period).allocation for period in (0, 1)]
    assert [mu(float(one.area_m2[0] + one.area_m2[2])) for one in parts] == pytest.approx(
        [22.5, 22.5], abs=0.01
    )
    whole = found.allocation.objective
    assert sum(one.objective for one in parts) == pytest.approx(whole, rel=1e-6)


@pytest.mark.parametrize("period", [-1, 2])
def test_a_period_that_is_not_in_the_plan_is_refused(staged: scenario.Outcome, period: int) -> None:
    with pytest.raises(DataError) as caught:
        scenario.of_period(staged, period)
    assert caught.value.code == "PERIOD"


def test_a_plan_without_years_has_no_periods_to_choose(small: Zone) -> None:
    with pytest.raises(DataError, match="1 期"):
        scenario.of_period(scenario.run(small, asked()), 0)
