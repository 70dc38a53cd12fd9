"""How much there is of what: parcels and areas by status, unit, park, use, year or realm.

Printed numbers add up to the printed total by largest remainder, reckoned in exact fractions so
that the cells of a row and the row itself never disagree on a last digit. A parcel whose area
is not registered counts as a parcel and as blank, never as 0 m².
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from geo.errors import DataError
from geo.supply.quota import first_level
from geo.units import DECIMALS, M2_PER, AreaUnit, parts_to_total


@dataclass(frozen=True, slots=True)
class Total:
    """Parcels of one kind, or of two.

    Parameters
    ----------
    key, other
        What they have in common; empty where it is not known, and in a total.
    count, blank
        Parcels, and those of them without an area.
    area_m2, shown
        As registered, and as printed in the unit asked for.
    share_pct
        Part of all areas, to one decimal; None where there is no area at all.
    """

    key: str
    count: int
    blank: int
    area_m2: float
    shown: Decimal
    share_pct: Decimal | None
    other: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """Rows that add up to the whole."""

    by: str
    rows: tuple[Total, ...]
    whole: Total


@dataclass(frozen=True, slots=True)
class Cross:
    """Status by something else: cells add up to rows, rows and columns to the whole.

    `rows` are printed as `totals` prints them; `columns` are sums of their cells as printed,
    which may differ from a table of their own by one last digit. Empty cells are left out.
    """

    by: str
    cells: tuple[Total, ...]
    rows: tuple[Total, ...]
    columns: tuple[Total, ...]
    whole: Total


def totals(
    table: pd.DataFrame, by: str, unit: AreaUnit = AreaUnit.MU, order: Sequence[str] = ()
) -> Totals:
    """Parcels (one row each, with area_m2) by a column; uses by their first-level class.

    Groups stand in `order` and then by key. Raises `DataError` COLUMN_MISSING.
    """
    groups = _groups(_keyed(table, by), ["key"], order)
    exact = [group[3] / M2_PER[unit] for group in groups]
    step = Fraction(1, 10 ** DECIMALS[unit])
    whole = math.floor(sum(exact) / step + Fraction(1, 2))  # half up
    rows = _rows(groups, _apportioned(exact, _written(whole, unit)))
    return Totals(by, rows, _whole(rows, unit))


def crossed(
    table: pd.DataFrame, by: str, unit: AreaUnit = AreaUnit.MU, order: Sequence[str] = ()
) -> Cross:
    """Parcels by status, in `order`, and by another column; raises as `totals`."""
    by_status = totals(table, "status", unit, order)
    keyed = _keyed(table, "status").assign(other=_keyed(table, by)["key"])
    groups = _groups(keyed, ["key", "other"], order)
    areas = dict[int, Decimal]()
    for row in by_status.rows:
        mine = [i for i, group in enumerate(groups) if group[0][0] == row.key]
        parts = [groups[i][3] / M2_PER[unit] for i in mine]
        areas |= dict(zip(mine, _apportioned(parts, row.shown), strict=True))
    cells = _rows(groups, [areas[i] for i in range(len(groups))])
    columns = tuple(
        _sum(other, [cell for cell in cells if cell.other == other], by_status.whole.shown)
        for other in sorted({cell.other for cell in cells})
    )
    return Cross(by, cells, by_status.rows, columns, by_status.whole)


_Group = tuple[tuple[str, ...], int, int, Fraction]  # keys, parcels, blank ones, m²


def _keyed(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Key as text and area of each parcel."""
    lacks = [name for name in (by, "area_m2") if name not in table]
    if lacks:
        raise DataError(f"台账汇总缺少列 {'、'.join(lacks)}，请核对列名", "COLUMN_MISSING")
    keys = [_text(value) for value in table[by]]
    if by == "use":
        keys = [first_level(key) for key in keys]
    return pd.DataFrame({"key": keys, "area_m2": table["area_m2"].astype(float).to_numpy()})


def _text(value: object) -> str:
    """A key as text; years among blanks are read as 2024.0."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _groups(keyed: pd.DataFrame, names: list[str], order: Sequence[str]) -> list[_Group]:
    place = {key: i for i, key in enumerate(order)}
    found = list[_Group]()
    for key, rows in keyed.groupby(names):
        known = rows["area_m2"].dropna()
        exact = Fraction(sum((Decimal(repr(area)) for area in known.tolist()), Decimal(0)))
        keys = tuple(map(str, key if isinstance(key, tuple) else (key,)))
        found.append((keys, len(rows), len(rows) - len(known), exact))
    return sorted(found, key=lambda group: (place.get(group[0][0], len(place)), group[0]))


def _written(steps: int, unit: AreaUnit) -> Decimal:
    """So many last digits of the unit."""
    return Decimal(steps).scaleb(-DECIMALS[unit])


def _rows(groups: Sequence[_Group], areas: Sequence[Decimal]) -> tuple[Total, ...]:
    whole = sum(group[3] for group in groups)
    shares: Sequence[Decimal | None] = [None] * len(groups)
    if whole:
        shares = parts_to_total([float(100 * group[3] / whole) for group in groups], 1)
    return tuple(
        Total(keys[0], count, blank, float(m2), area, share, *keys[1:])
        for (keys, count, blank, m2), area, share in zip(groups, areas, shares, strict=True)
    )


def _whole(rows: Sequence[Total], unit: AreaUnit) -> Total:
    return Total(
        "",
        sum(row.count for row in rows),
        sum(row.blank for row in rows),
        math.fsum(row.area_m2 for row in rows),
        sum((row.shown for row in rows), _written(0, unit)),
        Decimal("100.0") if any(row.area_m2 for row in rows) else None,
    )


def _sum(other: str, cells: Sequence[Total], like: Decimal) -> Total:
    """A column of cells, printed like another number."""
    shares = [cell.share_pct for cell in cells if cell.share_pct is not None]
    return Total(
        "",
        sum(cell.count for cell in cells),
        sum(cell.blank for cell in cells),
        math.fsum(cell.area_m2 for cell in cells),
        sum((cell.shown for cell in cells), like * 0),
        sum(shares, Decimal("0.0")) if shares else None,
        other,
    )


def _apportioned(parts: Sequence[Fraction], total: Decimal) -> list[Decimal]:
    """Round parts to the last digit of a total, so that they add up to it.

    The total is that of the parts, rounded up or down.
    """
    digits = int(total.as_tuple().exponent)
    scaled = [part * 10**-digits for part in parts]
    steps = [math.floor(part) for part in scaled]
    missing = int(total.scaleb(-digits)) - sum(steps)
    for i in sorted(range(len(parts)), key=lambda i: (steps[i] - scaled[i], i))[:missing]:
        steps[i] += 1
    return [Decimal(count).scaleb(digits) for count in steps]
