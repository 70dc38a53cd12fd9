"""Blank is free only where a set is known to be complete; by hand, on squares of 100 m."""

from dataclasses import replace
from typing import Any

import pytest
from shapely.geometry.base import BaseGeometry

from geo import site
from geo.site import Answer, Finding
from tests.geo.site.squares import DAY, asked, layer, line, only, square

FARM = layer("farmland", [square(0, 0, 100)])


def found(rule: str, given: site.LayerInput, shape: BaseGeometry, **said: Any) -> Finding:
    bounded = replace(given, **said)
    name = given.boundaries.name
    return site.check(asked(shape), {name: bounded}, only(rule), DAY).finding(rule)


@pytest.mark.parametrize(
    ("west", "covers", "answer", "left"),
    [
        (200, square(0, 0, 1000), Answer.CLEAR, ""),  # wholly inside what is covered
        (200, square(0, 0, 250, 1000), Answer.NO_DATA, "5000"),  # half of it is beyond
        (200, square(0, 0, 150, 1000), Answer.NO_DATA, "10000"),  # all of it is
        (50, square(0, 0, 100, 1000), Answer.HIT, "5000"),  # hit is hit, the rest is told
        (200, square(0, 0, 300, 100), Answer.CLEAR, ""),  # an edge in common
    ],
)
def test_beyond_what_a_set_covers_that_nothing_was_found_is_no_answer(
    west: float, covers: BaseGeometry, answer: Answer, left: str
) -> None:
    one = found("farmland", FARM, square(west, 0, 100), covers=covers)
    assert one.answer is answer
    told = [note.zh for note in one.notes if note.code == "NOT_COVERED"]
    assert len(told) == bool(left)
    if left:  # ellipsoid areas are within a tenth of a percent of the plane's here
        metres = float(told[0].split(" ")[1])
        assert metres == pytest.approx(float(left), rel=2e-3)


def test_where_nobody_said_the_answer_is_as_before_and_tells_that_nobody_did() -> None:
    far = found("farmland", FARM, square(200, 0, 100), unsaid=True)
    assert far.answer is Answer.CLEAR
    assert [note.zh[:9] for note in far.notes if note.code == "COVER_UNSAID"] == [
        "数据覆盖范围未说明"
    ]
    hit = found("farmland", FARM, square(0, 0, 50), unsaid=True)
    assert hit.answer is Answer.HIT
    assert "COVER_UNSAID" not in {note.code for note in hit.notes}
    plain = found("farmland", FARM, square(200, 0, 100))
    assert "COVER_UNSAID" not in {note.code for note in plain.notes}


def test_a_rule_of_distance_looks_as_far_around_the_site_as_it_reaches() -> None:
    pipes = layer("pipeline", [line((9_000, 0), (9_000, 500))])  # the rule reaches 50 m
    for room, answer in ((51.0, Answer.CLEAR), (49.0, Answer.NO_DATA)):
        covers = square(-room, -room, 100 + 2 * room)
        assert found("pipeline_50", pipes, square(0, 0, 100), covers=covers).answer is answer


@pytest.mark.parametrize(
    ("covers", "told"),
    [
        (square(0, 0, 100), ("NOT_COVERED_NEAR", 50)),  # all of the site, nothing around it
        (square(-60, -60, 130, 220), ("NOT_COVERED", 3000)),  # but for the eastern 30 m of 100
    ],
)
def test_the_area_told_is_the_site_s_own_and_never_that_of_what_is_looked_at_around(
    covers: BaseGeometry, told: tuple[str, float]
) -> None:
    pipes = layer("pipeline", [line((9_000, 0), (9_000, 500))])  # the rule reaches 50 m
    one = found("pipeline_50", pipes, square(0, 0, 100), covers=covers)
    assert one.answer is Answer.NO_DATA
    (note,) = [note for note in one.notes if note.code.startswith("NOT_COVERED")]
    assert note.code == told[0]
    assert float(note.zh.split(" ")[1]) == pytest.approx(told[1], rel=2e-3)


def test_a_site_reaches_outside_a_boundary_only_where_the_boundary_is_known() -> None:
    growth = layer("growth", [square(0, 0, 100)])
    across, covers = square(50, 0, 100), square(0, 0, 100, 1000)
    assert found("growth", growth, across).answer is Answer.HIT
    assert found("growth", growth, across, covers=covers).answer is Answer.NO_DATA
    half = square(0, 0, 120, 1000)
    assert found("growth", growth, across, covers=half).answer is Answer.HIT


def test_what_is_covered_is_part_of_the_question() -> None:
    both = [
        site.check(asked(), {"farmland": replace(FARM, covers=one)}, only("farmland"), DAY)
        for one in (square(0, 0, 500), square(0, 0, 600))
    ]
    assert both[0].inputs_hash != both[1].inputs_hash
