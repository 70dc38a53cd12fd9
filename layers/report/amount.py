"""Figures as a document writes them: rounded once, half up, with their unit."""

from decimal import Decimal

from geo import units

NONE = "—"


def m2(value: float, english: bool, *, about: bool = False) -> str:
    """Square metres; `about` keeps the three digits that a sketch deserves."""
    return _written(value, 2, (" ㎡", " m²"), english, about)


def mu(value: float, english: bool, *, about: bool = False) -> str:
    """Square metres, written as mu."""
    return _written(units.mu(value), 2, (" 亩", " mu"), english, about)


def both(value: float, english: bool) -> str:
    """Square metres, and mu in brackets."""
    shape = "{} ({})" if english else "{}（{}）"
    return shape.format(m2(value, english), mu(value, english))


def metres(value: float, english: bool, *, about: bool = False) -> str:
    """Metres to the centimetre."""
    return _written(value, 2, (" 米", " m"), english, about)


def share(pct: float, english: bool, *, about: bool = False) -> str:
    """Percent."""
    return _written(pct, 2, (" %", " %"), english, about)


def plain(value: float) -> str:
    """A number somebody typed, as short as it is."""
    return f"{Decimal(repr(float(value))).normalize():,f}"


def signed(value: float, decimals: int, unit: str) -> str:
    """A difference with its sign."""
    return f"{units.half_up(value, decimals):+,f} {unit}"


def _written(value: float, decimals: int, unit: tuple[str, str], english: bool, about: bool) -> str:
    number = units.half_up(value, decimals)
    if value > 0 and not number:
        return f"<{Decimal(1).scaleb(-decimals)}{unit[english]}"
    if not about:
        return f"{number:,f}{unit[english]}"
    mark = "about " if english else "约 "
    return f"{mark}{units.roughly(value, decimals):,f}{unit[english]}"
