"""Two scenarios beside one another add up; figures follow their formulas; firmness is counted."""

from typing import Any

import numpy as np
import pytest

from geo import scenario
from geo.allocate import Variety
from geo.errors import DataError
from geo.scenario import Definition, comparison
from geo.units import AreaUnit, mu
from geo.zone import Zone
from tests.geo.scenario.town import CELL_MU, asked, bring, made, plane


def test_what_goes_from_use_to_use_adds_up_to_all_land(small: Zone) -> None:
    """From trade in column 5 to trade in columns 4 and 5: six cells change, from green."""
    a, b = scenario.run(small, asked()), scenario.run(small, asked(180.0, 0.0))
    found = scenario.compare(a, b)
    cells = found.flow.rounded(AreaUnit.MU, 1)
    land = mu(float(a.prepared.land.areas_m2.sum()))
    assert float(sum(sum(row) for row in cells)) == pytest.approx(land, abs=0.05)
    assert found.flow.m2.sum() == pytest.approx(a.prepared.land.areas_m2.sum())
    ((start, end, m2),) = found.changes
    assert (start, end) == ("green", "trade")
    assert m2 == pytest.approx(6 * CELL_MU * 2000 / 3, rel=1e-3)
    assert found.codes.reshape(6, 6)[:, 4].tolist() == [1] * 6
    assert found.codes.sum() == 6


def test_indicators_prices_and_clauses_stand_side_by_side(small: Zone) -> None:
    a, b = scenario.run(small, asked()), scenario.run(small, asked(180.0, 0.0))
    found = scenario.compare(a, b)
    land = [{one.id: one.value for one in side}["land"] for side in found.indicators]
    assert land == pytest.approx([12 * CELL_MU] * 2, rel=1e-3)
    green = [{one.id: one.value for one in side}["green"] for side in found.indicators]
    assert green == pytest.approx([50, 0], abs=0.01)
    assert [len(side) for side in found.prices] == [2, 2]


def test_the_price_of_a_limit_is_what_one_more_mu_brings(small: Zone) -> None:
    """Both at their most: another cell of trade would stand in column 3 or push green there."""
    price = {one.use.id: one for one in scenario.prices(scenario.run(small, asked()))}
    assert price["trade"].limit == "max"
    assert 80 <= price["trade"].points <= 100


def test_scenarios_of_other_units_are_not_compared(own: Zone) -> None:
    bring(own, made("lots", [plane(300, 0, 600, 300), plane(300, 300, 600, 600)]))
    a = scenario.run(own, asked())
    b = scenario.run(own, asked(130.0, 0.0, units={"kind": "parcels", "set": "lots"}))
    with pytest.raises(DataError) as caught:
        scenario.compare(a, b)
    assert caught.value.code == "COMPARE_UNITS"


def test_figures_follow_their_rates_and_blank_ones_stay_blank(small: Zone) -> None:
    """Six cells of 14.9976 mu: × 2000/3 m² × 2.5 = 14.998 万㎡; × 20 jobs = 1,799.7."""
    whole = asked().model_dump(exclude_defaults=True)
    whole["uses"][0]["rates"] = {"far": 2.5, "jobs": 20, "basis": "示例"}
    found = {
        one.id: one for one in scenario.indicators(scenario.run(small, scenario.checked(whole)))
    }
    assert found["gfa"].value == pytest.approx(14.998, rel=1e-3)
    assert found["jobs"].value == pytest.approx(1799.7, rel=1e-3)
    assert found["gfa"].basis == "示例"
    assert "不含绿地" in found["gfa"].formula
    assert found["tax"].value is None
    assert found["tax"].basis == "未设参数"
    assert found["road"].value == pytest.approx(50, rel=1e-3)  # half at 0 m, half at 100 m


def test_from_the_present_only_built_up_land_moves(small: Zone) -> None:
    flow = scenario.from_present(scenario.run(small, asked()))
    rows = dict(zip(flow.rows, flow.m2.tolist(), strict=True))
    cell = CELL_MU * 2000 / 3
    assert rows["城镇村及工矿用地"][:3] == pytest.approx([6 * cell] * 3, rel=1e-3)
    assert rows["耕地"][:3] == pytest.approx([0, 0, 18 * cell], rel=1e-3)


def test_near_best_plans_count_how_often_each_unit_is_chosen(small: Zone) -> None:
    found = scenario.choices(scenario.run(small, asked()), Variety(5, 10.0))
    assert (found.times.sum(axis=1) == len(found.plans)).all()
    assert found.sure.reshape(6, 6)[:, :3].tolist() == [[1.0] * 3] * 6


def test_weights_of_a_single_factor_move_nothing(small: Zone) -> None:
    found = scenario.sensitivity(small, scenario.run(small, asked()))
    (swing,) = found.swings
    assert swing.factor == "road"
    assert (swing.same_low, swing.same_high) == (100, 100)
    assert found.kept.tolist() == [1.0] * 36


def test_uses_contend_where_both_have_high_points(small: Zone) -> None:
    found = scenario.contest(scenario.run(small, asked()), high=90)
    assert found.wanting.reshape(6, 6)[0].tolist() == [0, 0, 0, 1, 2, 2]
    assert np.isclose(found.shared_m2["trade", "green"], 12 * CELL_MU * 2000 / 3, rtol=1e-3)


def staged(*years: int, **more: Any) -> Definition:
    """30 mu of trade in every period."""
    demands = [{"use": "trade", "mu": 30.0, "period": period} for period in range(len(years))]
    return asked(periods=years, demands=demands, **more)


def test_periods_are_paired_by_their_year_and_not_by_their_number(small: Zone) -> None:
    a, b = scenario.run(small, staged(2026, 2028)), scenario.run(small, staged(2028, 2030))
    rows = comparison.paired(*scenario.compare(a, b).coverage)
    years = [tuple(one.year if one else None for one in row) for row in rows]
    assert years == [(2026, None), (2028, 2028), (None, 2030)]
    rest = comparison.paired(*scenario.compare(a, b).prices)
    assert len(rest) == 6  # two uses in each of three years
    assert {one.year for row in rest for one in row if one} == {2026, 2028, 2030}


def test_a_row_of_a_single_period_is_told_without_its_year(small: Zone) -> None:
    (one,) = scenario.coverage(scenario.run(small, staged(2026)))
    assert (one.year, one.shown) == (2026, None)


def test_uses_left_out_of_a_figure_are_named_in_english_too(small: Zone) -> None:
    """Green states no rate, so jobs are those of trade alone."""
    whole = asked().model_dump(exclude_defaults=True)
    whole["uses"][0]["rates"] = {"jobs": 20, "basis": "示例"}
    outcome = scenario.run(small, scenario.checked(whole))
    found = {one.id: one for one in scenario.indicators(outcome)}
    green = outcome.prepared.labels[1].name_en
    jobs, tax = found["jobs"], found["tax"]
    assert jobs.formula_en == f"Σ mu × jobs per mu; without {green} (no parameter set)"
    assert (jobs.basis, jobs.basis_en) == ("示例", "example")
    assert (tax.basis, tax.basis_en) == ("未设参数", "no parameter set")
    assert "without" not in tax.formula_en
