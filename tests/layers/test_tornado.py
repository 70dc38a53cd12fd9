"""Bars of a tornado by hand: one scale, to the left where the figure falls."""

import re

from layers import scenario_shades, tornado
from layers.tornado import Swing


def places(html: str) -> list[tuple[float, float]]:
    """Left end and width of every bar, in percent."""
    found = re.findall(r'<span class="tn-\w+" style="left:([\d.]+)%;width:([\d.]+)%"', html)
    return [(float(left), float(width)) for left, width in found]


def test_the_largest_change_takes_the_whole_side_and_others_their_part() -> None:
    rows = [Swing("甲", -2.0, 1.0, ("0%",)), Swing("<乙>", 0.5, 0.0)]
    html = tornado.html(rows, ("因子", "变化", "动"), ("减", "增"))
    assert places(html) == [(20, 30), (50, 15), (50, 7.5), (50, 0)]
    assert "&lt;乙&gt;" in html
    assert [*re.findall(r"[+-]\d+\.\d+%", html)] == ["-2.00%", "+1.00%", "+0.50%", "+0.00%"]


def test_a_change_too_small_to_tell_is_no_negative_zero() -> None:
    html = tornado.html([Swing("甲", -0.001, 0.0)], (), ("", ""))
    assert "-0.00%" not in html


def test_counts_fall_into_five_classes_that_leave_none_out() -> None:
    assert scenario_shades.steps(20) == [(20, 20), (19, 15), (14, 10), (9, 5), (4, 1)]
    assert scenario_shades.steps(3) == [(3, 3), (2, 2), (1, 1)]
    assert scenario_shades.steps(1) == [(1, 1)]
    for whole in range(1, 40):
        told = [n for most, least in scenario_shades.steps(whole) for n in range(least, most + 1)]
        assert sorted(told) == list(range(1, whole + 1))
