"""Units and rounding, with every expectation worked out on paper."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import units
from geo.units import AreaUnit

parts = st.lists(st.floats(0, 1e7), min_size=1, max_size=30)
decimals = st.integers(0, 4)


def texts(values: list[Decimal]) -> list[str]:
    return [str(value) for value in values]


def test_one_mu_is_exactly_two_thousand_thirds_of_a_square_metre() -> None:
    assert units.M2_PER[AreaUnit.MU] == Fraction(2000, 3)
    assert units.mu(2000) == 3
    assert units.m2_of_mu(3) == 2000
    assert units.m2_of_mu(1) == pytest.approx(666.6666666667, abs=1e-9)


def test_a_square_kilometre_is_1500_mu_and_a_hectare_is_15() -> None:
    assert units.mu(1_000_000) == 1500
    assert units.mu(10_000) == 15
    assert units.to_unit(278_160_000, AreaUnit.MU) == 417_240
    assert units.to_unit(278_160_000, AreaUnit.HA) == 27_816
    assert units.to_unit(278_160_000, AreaUnit.KM2) == 278.16
    assert units.to_unit(278_160_000, AreaUnit.M2) == 278_160_000


@given(st.floats(0, 1e9))
def test_mu_there_and_back_is_the_same_area(m2: float) -> None:
    assert units.m2_of_mu(units.mu(m2)) == pytest.approx(m2, rel=1e-15)


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (2.4999, 0, "2"),
        (1.005, 2, "1.01"),
        (2.675, 2, "2.68"),
        (0.125, 2, "0.13"),
        (7, 1, "7.0"),
        (1e-9, 2, "0.00"),
        (-0.001, 1, "0.0"),
        (123456789.5, 0, "123456790"),
    ],
)
def test_halves_go_up_as_on_paper(value: float, places: int, written: str) -> None:
    assert str(units.half_up(value, places)) == written


@pytest.mark.parametrize(
    ("given_parts", "places", "written"),
    [
        ([1 / 3, 1 / 3, 1 / 3], 2, ["0.34", "0.33", "0.33"]),  # sum 1.00; first of equals
        ([0.4, 0.4, 0.4], 0, ["1", "0", "0"]),  # sum 1.2 is 1
        ([0.5, 0.5, 0.5], 0, ["1", "1", "0"]),  # sum 1.5 is 2
        ([10.6, 20.6, 30.8], 0, ["11", "20", "31"]),  # floors 60, total 62: .8, then first .6
        ([12.34, 56.66], 1, ["12.3", "56.7"]),
        ([2.0, 3.0], 0, ["2", "3"]),
        ([7.5], 0, ["8"]),
        ([0.0, 0.0], 2, ["0.00", "0.00"]),
    ],
)
def test_parts_are_forced_to_their_total_by_the_largest_remainder(
    given_parts: list[float], places: int, written: list[str]
) -> None:
    assert texts(units.parts_to_total(given_parts, places)) == written


def test_no_parts_make_no_total() -> None:
    assert units.parts_to_total([], 2) == []


@given(parts, decimals)
def test_rounded_parts_always_add_up_to_the_rounded_total(
    given_parts: list[float], places: int
) -> None:
    exact = sum(Fraction(repr(part)) for part in given_parts)
    step = Fraction(1, 10**places)
    total = (exact / step + Fraction(1, 2)).__floor__() * step
    rounded = units.parts_to_total(given_parts, places)
    assert sum(map(Fraction, rounded)) == total


@given(parts, decimals)
def test_no_part_moves_by_a_whole_last_digit(given_parts: list[float], places: int) -> None:
    for before, after in zip(given_parts, units.parts_to_total(given_parts, places), strict=True):
        assert abs(Fraction(repr(before)) - Fraction(after)) < Fraction(1, 10**places)


@pytest.mark.parametrize(
    ("m2", "unit", "chinese", "english"),
    [
        (333_333.3333, AreaUnit.MU, "500.0 亩", "500.0 mu"),
        (333_333.3333, AreaUnit.HA, "33.33 公顷", "33.33 ha"),
        (278_160_000, AreaUnit.KM2, "278.16 km²", "278.16 km²"),
        (278_160_000, AreaUnit.MU, "417,240.0 亩", "417,240.0 mu"),
        (1_234_567.5, AreaUnit.M2, "1,234,568 ㎡", "1,234,568 m²"),
        (0, AreaUnit.MU, "0.0 亩", "0.0 mu"),
    ],
)
def test_areas_are_written_with_separators_and_the_unit_behind(
    m2: float, unit: AreaUnit, chinese: str, english: str
) -> None:
    assert units.format_area(m2, unit) == chinese
    assert units.format_area(m2, unit, english=True) == english


@pytest.mark.parametrize(
    ("m2", "unit", "written"),
    [
        (333_333, AreaUnit.MU, "约 500 亩"),
        (333_333, AreaUnit.M2, "约 333,000 ㎡"),
        (278_160_000, AreaUnit.KM2, "约 278 km²"),
        (278_160_000, AreaUnit.MU, "约 417,000 亩"),
        (13_333_333, AreaUnit.KM2, "约 13.3 km²"),
        (1000, AreaUnit.MU, "约 1.5 亩"),
        (0, AreaUnit.HA, "约 0 公顷"),
    ],
)
def test_an_area_that_is_only_sketched_says_about_and_keeps_three_digits(
    m2: float, unit: AreaUnit, written: str
) -> None:
    assert units.format_area(m2, unit, about=True) == written


def test_about_is_said_in_english_too() -> None:
    assert units.format_area(333_333, AreaUnit.MU, english=True, about=True) == "about 500 mu"


@pytest.mark.parametrize(
    ("metres", "chinese", "english"),
    [
        (12.34, "12.3 米", "12.3 m"),
        (999.9, "999.9 米", "999.9 m"),
        (999.96, "1.00 公里", "1.00 km"),
        (1000, "1.00 公里", "1.00 km"),
        (14_237, "14.24 公里", "14.24 km"),
        (1_234_567, "1,234.57 公里", "1,234.57 km"),
    ],
)
def test_lengths_are_metres_below_a_kilometre(metres: float, chinese: str, english: str) -> None:
    assert units.format_length(metres) == chinese
    assert units.format_length(metres, english=True) == english


def test_a_length_that_is_only_sketched_says_about_and_keeps_three_digits() -> None:
    assert units.format_length(14_237, about=True) == "约 14.2 公里"
    assert units.format_length(14_237, english=True, about=True) == "about 14.2 km"
    assert units.format_length(287.4, about=True) == "约 287 米"
