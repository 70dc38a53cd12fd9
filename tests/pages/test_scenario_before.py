"""Before and after, and bars of what was asked, by hand."""

from decimal import Decimal

import numpy as np
import pytest

from geo.allocate import Flow
from geo.units import AreaUnit
from pages import scenario_bars, scenario_before

# 10 ha of fields, of which homes take 3 and 1 is undecided; 2 ha of woods that stay; no water.
FLOW = Flow(
    ("fields", "woods", "water"),
    ("homes", "works", "unused", "undecided"),
    np.array([[3e4, 0, 6e4, 1e4], [0, 0, 2e4, 0], [0, 0, 0, 0]]),
    np.array([True]),
)


def test_what_no_use_takes_stays_and_a_use_begins_with_nothing() -> None:
    classes, uses = scenario_before.lines(FLOW, AreaUnit.HA)
    told = [
        (one.name, int(one.before), int(one.after), int(one.change)) for one in (*classes, *uses)
    ]
    assert told == [("fields", 10, 7, -3), ("woods", 2, 2, 0), ("homes", 0, 3, 3)]


def test_gains_and_losses_cancel_out_also_when_rounded() -> None:
    odd = Flow(FLOW.rows, FLOW.columns, FLOW.m2 / 3, FLOW.changed)
    for unit in AreaUnit:
        classes, uses = scenario_before.lines(odd, unit)
        assert sum(one.change for one in (*classes, *uses)) == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("1200.5", ("yes", "▲ 1,200.5")),
        ("-3", ("no", "▼ 3")),
        ("0", ("", "—")),
    ],
)
def test_a_change_has_a_sign_beside_its_colour(change: str, told: tuple[str, str]) -> None:
    assert scenario_before.sign(Decimal(change)) == told


def test_the_longer_of_two_bars_is_full() -> None:
    assert scenario_bars.lengths(200, 50) == (100, 25)
    assert scenario_bars.lengths(50, 200) == (25, 100)
    assert scenario_bars.lengths(0, 0) == (0, 0)
