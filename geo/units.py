"""Units of land and how numbers are written. 1 mu is exactly 2000/3 m²."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

M2_PER_MU = 2000 / 3


class AreaUnit(StrEnum):
    """Units a reader may choose; the value is the address-bar word."""

    MU = "mu"
    HA = "ha"
    KM2 = "km2"
    M2 = "m2"


M2_PER: Mapping[AreaUnit, Fraction] = {
    AreaUnit.MU: Fraction(2000, 3),
    AreaUnit.HA: Fraction(10_000),
    AreaUnit.KM2: Fraction(1_000_000),
    AreaUnit.M2: Fraction(1),
}
DECIMALS: Mapping[AreaUnit, int] = {
    AreaUnit.MU: 1,
    AreaUnit.HA: 2,
    AreaUnit.KM2: 2,
    AreaUnit.M2: 0,
}
SIGN: Mapping[AreaUnit, tuple[str, str]] = {
    AreaUnit.MU: ("亩", "mu"),
    AreaUnit.HA: ("公顷", "ha"),
    AreaUnit.KM2: ("km²", "km²"),
    AreaUnit.M2: ("㎡", "m²"),
}


def mu(m2: float) -> float:
    """Square metres to mu."""
    return m2 * 3 / 2000


def m2_of_mu(mu_: float) -> float:
    """Mu to square metres."""
    return mu_ * 2000 / 3


def to_unit(m2: float, unit: AreaUnit) -> float:
    """Square metres in a unit of area, unrounded."""
    return float(Fraction(m2) / M2_PER[unit])


def half_up(value: float, decimals: int) -> Decimal:
    """Round once, half away from zero, as offices do on paper; never a negative zero."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


def roughly(value: float, decimals: int) -> Decimal:
    """Three significant digits, but never more decimals than asked: all that a sketch deserves."""
    exact = Decimal(repr(float(value)))
    last = max(exact.adjusted() - 2, -decimals) if exact else 0
    return exact.quantize(Decimal(1).scaleb(last), ROUND_HALF_UP) + 0


def parts_to_total(parts: Sequence[float], decimals: int) -> list[Decimal]:
    """Round parts so that they add up to the rounded total (largest remainder).

    The total is the sum of `parts` rounded half up; each part moves by less than one
    last digit. Ties go to the earlier part.
    """
    unit = Decimal(1).scaleb(-decimals)
    exact = [Decimal(repr(float(part))) for part in parts]
    total = sum(exact, Decimal(0)).quantize(unit, ROUND_HALF_UP)
    floors = [(value / unit).to_integral_value("ROUND_FLOOR") * unit for value in exact]
    missing = int((total - sum(floors, Decimal(0))) / unit)
    order = sorted(range(len(exact)), key=lambda i: (floors[i] - exact[i], i))
    for i in order[:missing]:
        floors[i] += unit
    return [value.quantize(unit) for value in floors]


def format_area(m2: float, unit: AreaUnit, *, english: bool = False, about: bool = False) -> str:
    """An area for a screen: thousands separators, unit after the number, 约 if asked.

    `about` is for areas whose grade does not deserve all digits: it keeps three.
    """
    return _written(to_unit(m2, unit), DECIMALS[unit], SIGN[unit], english, about)


def format_length(metres: float, *, english: bool = False, about: bool = False) -> str:
    """A length for a screen: metres below 1 km, kilometres above; `about` as for areas."""
    if half_up(metres, 1) < 1000:
        return _written(metres, 1, ("米", "m"), english, about)
    return _written(metres / 1000, 2, ("公里", "km"), english, about)


def _written(value: float, decimals: int, sign: tuple[str, str], english: bool, about: bool) -> str:
    number = roughly(value, decimals) if about else half_up(value, decimals)
    mark = ("about " if english else "约 ") if about else ""
    return f"{mark}{number:,f} {sign[english]}"
