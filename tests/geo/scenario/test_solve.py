"""A scenario of a town of 36 cells comes out as reckoned by hand, the same every time."""

import numpy as np
import pytest

from geo import rasters, scenario
from geo.errors import DataError
from geo.intake import Papers
from geo.model import Grade
from geo.scenario import State, Watch
from geo.zone import Zone
from tests.geo.rasters import geotiff
from tests.geo.scenario.town import CELL_MU, SOUTH, WEST, asked, bring, made, plane, square

OLD = [2, 2, 2]  # farmland stays as it is


def test_each_use_gets_the_cells_that_suit_it_best_together(small: Zone) -> None:
    """Trade by the road and green behind it: 100 + 95 points beat 90 + 100."""
    found = scenario.run(small, asked())
    assert square(found.use) == [[*OLD, 2, 1, 0]] * 6
    assert found.allocation.state is State.DONE
    assert found.allocation.objective == pytest.approx(195 * 6 * CELL_MU * 2000 / 3, rel=5e-4)
    assert found.allocation.gap_pct == pytest.approx(0, abs=1e-6)
    assert [one.got_mu for one in scenario.coverage(found)] == pytest.approx(
        [6 * CELL_MU] * 2, rel=5e-4
    )
    assert all(one.met for one in scenario.coverage(found))


def test_points_are_the_curve_at_the_distance_of_each_cell(small: Zone) -> None:
    prepared = scenario.prepare(small, asked())
    points = prepared.points.reshape(6, 6, 2)
    assert np.isnan(points[:, :3]).all()  # closed: farmland
    assert points[0, 3:, 0] == pytest.approx([80, 90, 100])
    assert points[5, 3:, 1] == pytest.approx([90, 95, 100])
    assert len(prepared.land) == 36
    assert prepared.land.areas_m2.sum() == pytest.approx(36 * CELL_MU * 2000 / 3, rel=5e-4)


def test_farmland_is_told_as_the_reason_and_not_as_some_rule(small: Zone) -> None:
    prepared = scenario.prepare(small, asked())
    assert prepared.plain.reasons == ("PRESENT_FARMLAND",)
    assert "耕地优先保护" in prepared.reasons["PRESENT_FARMLAND"].title
    assert not prepared.example


def test_what_nobody_brought_is_no_data_and_closes_nothing(own: Zone) -> None:
    before = scenario.prepare(own, asked())
    lacking = {one.name for one in before.no_data}
    assert {"farmland", "redline", "slope"} <= lacking
    bring(own, made("farmland", [plane(500, 0, 600, 600)]))
    after = scenario.prepare(own, asked())
    assert {one.name for one in after.no_data} == lacking - {"farmland"}
    found = scenario.run(own, asked())
    assert square(found.use) == [[*OLD, 1, 0, 2]] * 6  # 90 + 90 beat 80 + 95; column 5 is closed


def test_the_same_scenario_at_the_same_version_is_the_same_for_ever(own: Zone) -> None:
    version, first = own.version, scenario.run(own, asked())
    bring(own, made("farmland", [plane(500, 0, 600, 600)]))
    again = scenario.run(own, asked(), version=version)
    assert again.prepared.digest == first.prepared.digest
    assert again.use.tolist() == first.use.tolist()
    assert scenario.prepare(own, asked()).digest != first.prepared.digest
    assert scenario.prepare(own, asked(91.0), version).digest != first.prepared.digest


def test_a_part_of_a_unit_that_may_not_be_used_is_no_area_given(small: Zone) -> None:
    half = {
        "id": "half", "title": "管线", "title_en": "Line", "where": {"set": "landuse"},
        "usable_pct": 50.0,
    }  # fmt: skip
    found = scenario.run(small, asked(45.0, 45.0, partials=[half]))
    assert square(found.use) == [[*OLD, 2, 1, 0]] * 6
    assert scenario.coverage(found)[0].got_mu == pytest.approx(3 * CELL_MU, rel=1e-3)


def test_a_locked_cell_keeps_its_use_and_its_lock_keeps_others_out(small: Zone) -> None:
    found = scenario.run(small, asked(locks={"r000c005": "green", "r005c005": ""}))
    rows = square(found.use)
    assert rows[0][5] == 1
    assert rows[5][5] == 2
    assert [row.count(0) for row in rows].count(1) >= 4
    assert sum(row.count(0) for row in rows) == sum(row.count(1) for row in rows) == 6


def test_a_lock_of_a_unit_that_is_not_there_is_told(small: Zone) -> None:
    with pytest.raises(DataError, match="r099c000") as caught:
        scenario.prepare(small, asked(locks={"r099c000": "green"}))
    assert caught.value.code == "LOCK_UNIT"


def test_a_use_may_be_asked_for_within_an_area_only(own: Zone) -> None:
    bring(own, made("control", [plane(300, 0, 400, 600)]))
    whole = asked().model_dump(exclude_defaults=True)
    whole["uses"][0]["within"] = [{"set": "control"}]
    found = scenario.run(own, scenario.checked(whole))
    assert square(found.use) == [[*OLD, 0, 2, 1]] * 6


def test_land_waits_for_its_road_and_later_land_counts_for_later_years(own: Zone) -> None:
    bring(own, made("rail", [plane(500, 0, 600, 600)]))
    definition = asked(
        {"mu": 90.0, "period": 0},
        {"mu": 90.0, "period": 1},
        periods=[2027, 2028],
        phases=[{"where": {"set": "rail"}, "reach_m": 1.0, "period": 1}],
    )
    found = scenario.run(own, definition)
    assert square(found.use) == [[*OLD, 2, 0, 1]] * 6  # trade cannot wait, so it stands behind
    assert square(found.period) == [[-1, -1, -1, -1, 0, 1]] * 6


def test_small_patches_are_joined_where_a_least_size_is_asked(small: Zone) -> None:
    whole = asked(30.0, 0.0, locks={"r002c005": ""}).model_dump(exclude_defaults=True)
    whole["uses"][0]["patch_mu"] = 29.0  # two cells
    found = scenario.run(small, scenario.checked(whole))
    assert not found.allocation.faults
    assert sum(row.count(0) for row in square(found.use)) == 2


def test_weights_from_pairs_carry_their_consistency(small: Zone) -> None:
    whole = asked().model_dump(exclude_defaults=True)
    for key in ("weights", "scales"):
        del whole["uses"][0][key]
    whole["uses"][0]["pairs"] = {"road:coast": 3.0}
    prepared = scenario.prepare(small, scenario.checked(whole))
    assert prepared.weights["trade"] == pytest.approx({"road": 0.75, "coast": 0.25})
    assert prepared.weighings["trade"].ratio == 0


def test_a_run_that_is_stopped_is_cancelled_and_decides_nothing(small: Zone) -> None:
    found = scenario.run(small, asked(), Watch(cancelled=lambda: True))
    assert found.allocation.state is State.CANCELLED
    assert (found.use == -1).all()


def test_a_plan_painted_by_hand_is_weighed_by_the_same_rules(small: Zone) -> None:
    prepared = scenario.prepare(small, asked())
    use = np.full(36, 2, dtype=np.int16)
    use.reshape(6, 6)[:, 5] = 1
    found = scenario.of_use(prepared, use)
    assert found.allocation.state is State.FAILED  # no trade at all
    assert found.allocation.objective == pytest.approx(100 * 6 * CELL_MU * 2000 / 3, rel=5e-4)
    assert scenario.coverage(found)[0].short_mu == pytest.approx(90 * 0.99)


def test_quick_methods_stand_beside_and_are_never_better(small: Zone) -> None:
    found = scenario.run(small, asked())
    assert set(found.beside) == {"greedy", "mola"}
    for one in found.beside.values():
        assert one.objective <= found.allocation.objective * (1 + 1e-9)


def test_steep_land_is_closed_once_heights_are_there(own: Zone) -> None:
    """Heights that rise 6 m each 10 m east of the middle of column 4: 31 degrees there, else 0."""
    east = np.arange(120) * 10 + WEST - 300
    heights = np.tile(np.maximum(east - (WEST + 500), 0) * 0.6, (120, 1)).astype(np.float32)
    body = geotiff(heights, (WEST - 300, SOUTH + 900))
    coming = rasters.look(own, body, "dem.tif", rasters.Wanted("dem"))
    papers = Papers("高程", Grade.SURVEYED, "内部使用", reason="测试")
    rasters.put(own, coming, papers, by="甲")
    found = scenario.run(own, asked())
    assert "slope" not in {one.name for one in found.prepared.no_data}
    assert "slope" in found.prepared.plain.reasons
    assert square(found.use) == [[*OLD, 1, 0, 2]] * 6


def test_uses_hang_together_where_edges_cost_points(small: Zone) -> None:
    plain = scenario.run(small, asked(45.0, 45.0))
    found = scenario.run(small, asked(45.0, 45.0, edge_points=10_000.0))
    assert plain.allocation.boundary_m is not None
    assert found.allocation.boundary_m is not None
    assert found.allocation.boundary_m <= plain.allocation.boundary_m
    assert found.allocation.cost_pct >= 0


def test_parcels_go_whole(own: Zone) -> None:
    pieces = [plane(300 + 50 * i, 0, 350 + 50 * i, 600) for i in range(6)]
    bring(own, made("lots", pieces))
    found = scenario.run(own, asked(45.0, 45.0, units={"kind": "parcels", "set": "lots"}))
    assert found.prepared.land.ids == tuple(f"lots-{i}" for i in range(1, 7))
    assert found.use.tolist() == [2, 2, 2, 2, 1, 0]
    assert found.allocation.state is State.DONE
