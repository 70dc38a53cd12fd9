"""The table of 批而未供 as a bureau prints it: per batch, year and unit, with its total.

Rows close and columns add up as printed: approved and supplied are rounded by largest
remainder, unsupplied is their difference.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from geo.supply.unsupplied import KEYS, Unsupplied
from geo.units import DECIMALS, AreaUnit, parts_to_total, to_unit

_AREAS = ("approved_m2", "supplied_m2", "unsupplied_m2")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the printed table; texts by which it was not grouped are empty.

    Areas in m² as measured, and as printed in the unit asked for. `plots` are approved,
    `parcels` supplied; `blank` of them have no registered area.
    """

    batch: str
    year: str
    unit: str
    name: str
    document: str
    areas_m2: tuple[float, float, float]
    approved: Decimal
    supplied: Decimal
    unsupplied: Decimal
    sliver_m2: float
    plots: int
    parcels: int
    blank: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The printed table; a parcel in two rows counts once in the total."""

    rows: tuple[Row, ...]
    total: Row


def sheet(
    found: Unsupplied,
    by: Sequence[str] = KEYS,
    unit: AreaUnit = AreaUnit.HA,
    decimals: int | None = None,
) -> Sheet:
    """The table as a bureau prints it, by batch, year and unit or by some of them."""
    places = DECIMALS[unit] if decimals is None else decimals
    groups = [(key, rows) for key, rows in found.table.groupby(list(by), sort=True)]
    sums = [tuple(math.fsum(rows[name]) for name in _AREAS) for _, rows in groups]
    printed = _printed(sums, unit, places)
    rows = tuple(
        _row(found, rows, (_named(by, key), areas, shown))
        for (key, rows), areas, shown in zip(groups, sums, printed, strict=True)
    )
    whole = (math.fsum(one[0] for one in sums), math.fsum(one[1] for one in sums))
    areas = (*whole, math.fsum(one[2] for one in sums))
    shown = tuple(sum((one[i] for one in printed), Decimal(0)) for i in range(2))
    return Sheet(rows, _row(found, found.table, ({}, areas, (shown[0], shown[1]))))


def _printed(
    sums: Sequence[tuple[float, ...]], unit: AreaUnit, places: int
) -> list[tuple[Decimal, Decimal]]:
    """Approved and supplied of each row, rounded so that each column adds up."""
    columns = [parts_to_total([to_unit(one[i], unit) for one in sums], places) for i in range(2)]
    return list(zip(*columns, strict=True))


def _named(by: Sequence[str], key: object) -> dict[str, str]:
    return dict(zip(by, key if isinstance(key, tuple) else (key,), strict=True))


_Told = tuple[dict[str, str], tuple[float, ...], tuple[Decimal, Decimal]]


def _row(found: Unsupplied, rows: pd.DataFrame, told: _Told) -> Row:
    key, areas, (approved, supplied) = told
    one_batch = "batch" in key
    return Row(
        key.get("batch", ""),
        key.get("year", ""),
        key.get("unit", ""),
        _listed(rows["name"]) if one_batch else "",
        _listed(rows["document"]) if one_batch else "",
        (areas[0], areas[1], areas[2]),
        approved,
        supplied,
        approved - supplied,
        float(rows["sliver_m2"].sum()),
        int(rows["plots"].sum()),
        int(found.parcels.loc[found.parcels["row"].isin(rows.index), "id"].nunique()),
        int(rows["blank"].sum()),
    )


def _listed(texts: pd.Series) -> str:
    return "、".join(dict.fromkeys(text for text in texts if text))
