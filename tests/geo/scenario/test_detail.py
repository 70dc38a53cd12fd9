"""One unit told by hand; what a plan loses with it; studies that go on in the background."""

import threading

import numpy as np
import pytest
from shapely import Point

from geo import measure, scenario
from geo.allocate import Watch
from geo.errors import DataError
from geo.zone import Zone
from tests.geo.scenario.town import CELL_MU, SOUTH, WEST, asked

CELL_M2 = CELL_MU * 2000 / 3
SIX = {"min_mu": 80.0, "max_mu": 6 * CELL_MU + 0.01}  # six cells and no more


def cell(row: int, column: int) -> int:
    return row * 6 + column


def test_a_unit_tells_its_points_factor_by_factor(small: Zone) -> None:
    """Column 2 lies 300 m from the road: 70 for trade, 85 for green; and it is farmland."""
    found = scenario.detail(small, scenario.run(small, asked()), cell(0, 2))
    assert found.id == "r000c002"
    assert found.area_m2 == pytest.approx(CELL_M2, rel=1e-3)
    assert (found.present, found.present_en) == ("耕地", "Cultivated land")
    assert found.use is None
    told = {one.use.id: one for one in found.rows}
    assert [told[use].points for use in ("trade", "green")] == pytest.approx([70, 85], abs=0.1)
    (share,) = told["trade"].shares
    assert (share.factor, share.weight) == ("road", 1)
    assert share.value == pytest.approx(300, rel=1e-3)
    assert share.share == pytest.approx(70, abs=0.1)
    assert all("耕地" in one.closed[0].title for one in found.rows)


def test_shares_of_several_layers_add_up_to_the_points(small: Zone) -> None:
    whole = asked().model_dump(exclude_defaults=True)
    for use in whole["uses"]:
        use["weights"] = {"road": 3, "coast": 1}
        use["scales"]["coast"] = [[0, 20], [1000, 20]]
    found = scenario.run(small, scenario.checked(whole))
    told = scenario.detail(small, found, cell(0, 4))
    for one in told.rows:
        assert sum(share.share or 0 for share in one.shares) == pytest.approx(one.points)
    assert [share.weight for share in told.rows[0].shares] == [0.75, 0.25]
    assert told.rows[0].points == pytest.approx(0.75 * 90 + 0.25 * 20, abs=0.1)


def test_a_place_names_the_unit_it_lies_in(small: Zone) -> None:
    land = scenario.run(small, asked()).prepared.land
    here = measure.to_stored(Point(WEST + 250, SOUTH + 550))
    assert scenario.at(land, here.x, here.y) == cell(0, 2)
    assert scenario.at(land, here.x - 1, here.y) is None


def test_a_plan_loses_at_least_what_is_told_and_never_more_than_it_would(small: Zone) -> None:
    """Trade has column 5 (100 points), green column 4 (95), column 3 is free (80 and 90).

    Without a cell of trade: trade takes one of column 4 (90) and green one of column 3 (90), 15
    points lost. Without one of green: green takes one of column 3, 5 points lost.
    """
    found = scenario.worth(scenario.run(small, asked(SIX, SIX))).reshape(6, 6) / CELL_M2
    assert (found[:, 5] <= 15.1).all()
    assert (found[:, 4] <= 5.1).all()
    assert found[:, 5].min() > 4.5  # above any of green's, whatever the prices
    assert not found[:, :4].any()


def test_without_a_proof_no_loss_is_told(small: Zone) -> None:
    assert not scenario.worth(scenario.run(small, asked(300.0, 0.0))).any()
    assert not scenario.worth(scenario.run(small, asked(shares=True))).any()


def test_a_study_tells_how_far_it_is_and_is_begun_once(own: Zone) -> None:
    go = threading.Event()

    def work(watch: Watch) -> str:
        watch.progress(0.5, "half")
        go.wait()
        return "told"

    first = scenario.study(own, "a", work)
    assert scenario.study(own, "a", work) is first
    assert scenario.studied(own, "a") is first
    assert not first.ended
    assert first.answer is None
    go.set()
    assert first.wait().answer == "told"
    assert first.part == 0.5
    assert first.fault is None


def test_a_study_that_was_stopped_keeps_what_it_has_and_can_be_begun_anew(own: Zone) -> None:
    started = threading.Event()

    def work(watch: Watch) -> int:
        started.set()
        while not watch.cancelled():
            pass
        return 7

    one = scenario.study(own, "b", work)
    started.wait()
    one.cancel()
    assert one.wait().answer == 7
    assert scenario.study(own, "b", lambda _watch: 8) is not one


def test_a_study_that_cannot_be_says_why(own: Zone) -> None:
    found = scenario.run(own, asked(300.0, 0.0))
    one = scenario.study(own, "c", lambda watch: scenario.choices(found, watch=watch)).wait()
    assert one.answer is None
    assert isinstance(one.fault, DataError)
    assert one.fault.code == "PLAIN"


def test_land_of_every_unit_is_counted_in_every_plan(small: Zone) -> None:
    found = scenario.choices(scenario.run(small, asked()))
    assert np.array_equal(found.times.sum(axis=1), np.full(36, len(found.plans)))
