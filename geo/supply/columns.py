"""Parcels as columns, for pages, totals and exports."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from geo.supply.rules import Rules
from geo.supply.values import Parcel


def table(parcels: Sequence[Parcel], rules: Rules) -> pd.DataFrame:
    """One row for each parcel: id, status, since, ended, event, paused, example, then its fields.

    `event` is the number of the event that shaped it last. Numbers are float64 with NaN where
    not known; all else is the value itself or None, days as dates. `realm` is filled: land
    unless said to be sea.
    """
    data: dict[str, object] = {
        "id": _objects([one.id for one in parcels]),
        "status": _objects([one.status for one in parcels]),
        "since": _objects([one.since for one in parcels]),
        "ended": _objects([one.ended for one in parcels]),
        "event": np.array([one.number for one in parcels], dtype=np.int64),
        "paused": _objects([one.paused for one in parcels]),
        "example": np.array([one.example for one in parcels], dtype=bool),
    }
    data |= _known(parcels, rules)
    if "realm" in rules.fields:
        data["realm"] = _objects([str(one.realm) for one in parcels])
    return pd.DataFrame(data)


def _known(parcels: Sequence[Parcel], rules: Rules) -> dict[str, pd.Series]:
    """Every field as a column. Only what is known is looked at: most fields of most are not."""
    number = {key for key, field in rules.fields.items() if field.kind in {"number", "whole"}}
    blank = {key: float("nan") if key in number else None for key in rules.fields}
    lists: dict[str, list[Any]] = {key: [none] * len(parcels) for key, none in blank.items()}
    for row, one in enumerate(parcels):
        for key, value in one.fields.items():
            lists[key][row] = value
    return {
        key: pd.Series(values, dtype=np.float64 if key in number else object)
        for key, values in lists.items()
    }


def _objects(values: Sequence[object]) -> pd.Series:
    return pd.Series(values, dtype=object)
