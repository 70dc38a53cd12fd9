"""Painting the town of 36 cells by hand; farmland in the west half is closed to building.

A cell is 14.9976 mu. Points of trade in columns 3, 4, 5: 80, 90, 100; of green: 90, 95, 100.
"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import scenario
from geo.errors import DataError
from geo.scenario import About, Definition, State, paint, undo
from geo.scenario.paint import Stroke
from geo.units import mu
from geo.zone import Zone
from tests.geo.scenario.town import CELL_MU, asked, made, plane, square

WEST, EAST = 0, 5  # cells of the north row: farmland, and built-up land by the road
OLD = [2, 2, 2]


def test_a_brush_locks_open_land_and_is_refused_on_farmland_with_its_reason(small: Zone) -> None:
    ready = scenario.prepare(small, asked())
    found = paint.stroke(ready, {}, Stroke("use", (WEST, 3, EAST), "trade"))
    assert found.locks == {"r000c003": "trade", "r000c005": "trade"}
    assert (found.changed, found.refused) == (2, {"PRESENT_FARMLAND": 1})
    assert "耕地优先保护" in paint.reason(ready, "PRESENT_FARMLAND").title


def test_every_tool_does_what_it_says_on_the_plan_beneath(small: Zone) -> None:
    ready = scenario.prepare(small, asked())
    beneath = paint.beneath(ready, scenario.run(small, asked()))  # rows of [2, 2, 2, 2, 1, 0]
    held = paint.stroke(ready, {}, Stroke("hold", (3, 4, 5)), beneath).locks
    assert held == {"r000c003": "", "r000c004": "green", "r000c005": "trade"}
    kept = paint.stroke(ready, held, Stroke("keep", (5,)), beneath).locks
    assert kept["r000c005"] == ""
    freed = paint.stroke(ready, kept, Stroke("free", (3, 4)), beneath)
    assert freed.locks == {"r000c005": ""}
    assert freed.changed == 2


def test_what_is_painted_lies_over_the_plan_beneath_and_is_added_up(small: Zone) -> None:
    ready = scenario.prepare(small, asked())
    beneath = paint.beneath(ready, scenario.run(small, asked()))
    locks = {"r000c003": "trade", "r000c004": ""}
    over = square(paint.painted(ready, locks, beneath))
    assert over == [[*OLD, 0, 2, 0], *[[*OLD, 2, 1, 0]] * 5]
    trade, green = paint.sums(ready, locks, beneath)
    assert mu(trade.area_m2) == pytest.approx(7 * CELL_MU, rel=5e-4)
    assert mu(trade.locked_m2) == pytest.approx(CELL_MU, rel=5e-4)
    assert mu(green.area_m2) == pytest.approx(5 * CELL_MU, rel=5e-4)
    assert (mu(trade.low_m2), mu(trade.high_m2)) == pytest.approx((89.1, 90.9))


def test_without_a_plan_beneath_nothing_is_used_but_what_is_painted(small: Zone) -> None:
    ready = scenario.prepare(small, asked())
    assert paint.painted(ready, {"r005c005": "green"}).tolist() == [2] * 35 + [1]


def test_the_solver_keeps_what_was_painted(small: Zone) -> None:
    locks = {"r000c003": "trade", "r000c005": ""}
    found = scenario.run(small, asked(locks=locks))
    assert found.use[3] == 0
    assert found.use[5] == 2
    assert found.allocation.state is State.DONE


def test_a_use_or_unit_that_is_not_there_is_refused(small: Zone) -> None:
    ready = scenario.prepare(small, asked())
    for stroke, code in (
        (Stroke("use", (1,), "school"), "PAINT_USE"),
        (Stroke("free", (36,)), "PAINT_UNIT"),
        (Stroke("free", (-1,)), "PAINT_UNIT"),
    ):
        with pytest.raises(DataError) as refused:
            paint.stroke(ready, {}, stroke)
        assert refused.value.code == code


def test_locks_that_a_later_exclusion_forbids_are_told_and_can_be_let_go(small: Zone) -> None:
    east = {
        "id": "road",
        "title": "路边",
        "title_en": "Road",
        "where": {"set": "road", "buffer_m": 50},
    }
    locks = {"r000c005": "trade", "r001c005": "trade", "r000c004": "trade", "r002c005": ""}
    ready = scenario.prepare(small, asked(excludes=[east]))
    (conflict,) = paint.conflicts(ready, locks)
    assert (conflict.use, conflict.reason) == ("trade", "road")
    assert conflict.units == ("r000c005", "r001c005")
    left = paint.without(locks, conflict.units)
    assert left == {"r000c004": "trade", "r002c005": ""}
    assert paint.conflicts(ready, left) == ()
    assert paint.strays(ready, {"r000c005": "", "r009c009": ""}) == ("r009c009",)


def test_a_plan_by_hand_is_scored_and_kept_beside_the_best_there_is(own: Zone) -> None:
    """Green by the road and trade behind: 100 + 90 points a row, the best is 100 + 95."""
    locks = {f"r00{row}c005": "green" for row in range(6)}
    locks |= {f"r00{row}c004": "trade" for row in range(6)}
    found = paint.by_hand(own, scenario.prepare(own, asked(locks=locks)))
    per_row = CELL_MU * 2000 / 3
    assert found.allocation.objective == pytest.approx(190 * 6 * per_row, rel=5e-4)
    assert found.allocation.bound == pytest.approx(195 * 6 * per_row, rel=5e-4)
    assert found.allocation.gap_pct == pytest.approx(100 * 5 / 195, rel=1e-3)
    assert (found.allocation.state, found.allocation.method) == (State.DONE, "hand")
    kept = scenario.kept(own, scenario.keep(own, found, About("甲")))
    assert kept.result["method"] == "hand"
    again = scenario.opened(own, kept.id)
    assert square(again.use) == [[*OLD, 2, 0, 1]] * 6


def test_a_plan_by_hand_that_misses_a_demand_says_so_and_claims_no_bound(small: Zone) -> None:
    found = paint.by_hand(small, scenario.prepare(small, asked(locks={"r000c005": "green"})))
    assert found.allocation.state is State.FAILED
    assert found.allocation.gap_pct is None
    missing = [90 * 0.99, 90 * 0.99 - CELL_MU]
    assert found.allocation.short_mu == pytest.approx(missing, rel=5e-4)


def test_with_periods_painted_land_is_used_as_early_as_it_may_be(small: Zone) -> None:
    """Cells within 50 m of the road open in the second period, all others at once."""
    wanted = {
        "periods": [2026, 2028],
        "demands": [{"use": "trade", "mu": 30.0, "tolerance_pct": 1, "period": 0}],
        "locks": {"r000c005": "trade", "r001c005": "trade"},
        "phases": [{"where": {"set": "road"}, "reach_m": 50, "period": 1}],
    }
    found = paint.by_hand(small, scenario.prepare(small, asked(**wanted)))
    assert found.use[[5, 11]].tolist() == [0, 0]
    assert found.period[[5, 11]].tolist() == [1, 1]


def staged(*years: int, mu_: float = 90.0, **more: Any) -> Definition:
    """Trade in every period: 90 mu are six cells, so that columns 5 and 4 go in two."""
    demands = [
        {"use": "trade", "mu": mu_, "tolerance_pct": 1, "period": period}
        for period in range(len(years))
    ]
    return asked(periods=years, demands=demands, **more)


def test_periods_of_the_plan_beneath_go_by_their_years(small: Zone) -> None:
    """Of 2026, 2028 beneath only 2028 is in the scenario painted, as its first period."""
    plan = scenario.run(small, staged(2026, 2028))
    ready = scenario.prepare(small, staged(2028, 2030))
    under = paint.beneath(ready, plan)
    assert under is not None
    assert set(under.period[plan.period == 1].tolist()) == {0}
    assert set(under.period[plan.period == 0].tolist()) == {-1}
    assert paint.adrift(ready, {}, under) == {2026: 6}
    first = ready.land.ids[int(np.flatnonzero(plan.period == 0)[0])]
    assert paint.adrift(ready, {first: ""}, under) == {2026: 5}
    same = scenario.prepare(small, staged(2026, 2028))
    assert paint.adrift(same, {}, paint.beneath(same, plan)) == {}
    assert paint.adrift(ready, {}, None) == {}


def test_a_plan_without_years_is_used_as_early_as_may_be(small: Zone) -> None:
    plan = scenario.run(small, asked(180.0, 0.0))
    ready = scenario.prepare(small, staged(2026, 2028))
    under = paint.beneath(ready, plan)
    assert under is not None
    assert paint.adrift(ready, {}, under) == {}
    found = paint.by_hand(small, ready, under)
    assert set(found.period[found.use == 0].tolist()) == {0}


def test_land_held_from_beneath_is_not_used_before_it_opens(small: Zone) -> None:
    """Beneath, the cells by the road are used in 2026; here they open in 2028."""
    plan = scenario.run(small, staged(2026, 2028, 2030, mu_=30.0))
    phases = [{"where": {"set": "road"}, "reach_m": 50, "period": 1}]
    ready = scenario.prepare(small, staged(2026, 2028, 2030, mu_=30.0, phases=phases))
    found = paint.by_hand(small, ready, paint.beneath(ready, plan))
    road = np.arange(36) % 6 == 5
    assert (plan.period[road] == 0).any()
    assert found.use.tolist() == plan.use.tolist()
    used = found.use == 0
    assert (found.period[used & road] == np.maximum(plan.period, 1)[used & road]).all()
    assert (found.period[used & ~road] == plan.period[used & ~road]).all()


def test_undo_holds_only_what_changed_and_brings_back_what_was() -> None:
    old = {"r000c003": "trade", "r000c004": "green", "r000c005": ""}
    new = {"r000c003": "green", "r000c004": "green", "r001c005": ""}
    back = undo.difference(new, old)
    assert back == {"r000c003": "trade", "r001c005": None, "r000c005": ""}
    assert undo.stepped(new, back, {"trade", "green"}) == old
    assert undo.stepped(new, back, {"green"}) == {"r000c004": "green", "r000c005": ""}


_LOCKS = st.dictionaries(st.integers(0, 9).map(str), st.sampled_from(["", "trade", "green"]))


@given(old=_LOCKS, new=_LOCKS)
def test_a_step_back_and_forth_changes_nothing(old: dict[str, str], new: dict[str, str]) -> None:
    uses = {"trade", "green"}
    assert undo.stepped(new, undo.difference(new, old), uses) == old
    assert undo.stepped(old, undo.difference(old, new), uses) == new


@given(strokes=st.lists(st.tuples(st.sampled_from(["trade", "green"]), st.integers(0, 35))))
def test_no_stroke_ever_locks_closed_land(small: Zone, strokes: list[tuple[str, int]]) -> None:
    ready, locks = scenario.prepare(small, asked()), dict[str, str]()
    for use, unit in strokes:
        locks = dict(paint.stroke(ready, locks, Stroke("use", (unit,), use)).locks)
    assert not paint.conflicts(ready, locks)
    farmland = np.array([id_[-1] in "012" for id_ in ready.land.ids])
    assert not (paint.locked(ready, locks)[farmland] >= 0).any()


def test_a_lock_on_a_region_added_later_is_found_by_its_own_name(own: Zone) -> None:
    own.replace(made("keepout", [plane(500, 500, 600, 600)]), by="甲", reason="自定区域")
    limit = {"id": "mine", "title": "自定", "title_en": "Own", "where": {"set": "keepout"}}
    ready = scenario.prepare(own, asked(excludes=[limit]))
    (conflict,) = paint.conflicts(ready, {"r000c005": "trade"})
    assert (conflict.reason, paint.reason(ready, "mine").title) == ("mine", "自定")
