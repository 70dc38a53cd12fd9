"""The area that a set covers completely, as its papers say it.

``zone`` is the whole zone, ``hull`` what lies between the features themselves, ``units:a,b`` the
towns and streets of these ids; empty is unknown.
"""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError
from geo.model import Boundaries
from geo.zone import Zone

ZONE, HULL, UNITS, UNIT = "zone", "hull", "units:", "unit"


def region(zone: Zone, known: Boundaries, version: int | None = None) -> BaseGeometry | None:
    """The area in EPSG:4490, None where nobody said; towns and zone as held at a version.

    Raises `DataError` COVER_WORD or COVER_UNIT where the papers say what cannot be read.
    """
    said = known.source.covers
    if not said:
        return None
    if said == ZONE:
        return _union(zone.existing(ZONE, version))
    if said == HULL:
        return shapely.convex_hull(shapely.geometrycollections(_shapes(known)))
    return _union(zone.existing(UNIT, version), ids(said))


def check(zone: Zone, said: str) -> None:
    """Raise `DataError` unless `said` can be read, and its towns and streets are there."""
    if said in ("", ZONE, HULL):
        return
    held = zone.existing(UNIT)
    _union(held, ids(said))


def ids(said: str) -> tuple[str, ...]:
    """Ids of the towns and streets named."""
    found = tuple(one for one in said.removeprefix(UNITS).split(",") if one)
    if not said.startswith(UNITS) or not found:
        raise DataError(
            f"覆盖范围“{said}”无法识别，请写 zone、hull 或 units:编号,编号", "COVER_WORD"
        )
    return found


def _union(held: Boundaries, named: tuple[str, ...] = ()) -> BaseGeometry:
    there = held.table["id"].tolist()
    lost = [one for one in named if one not in there]
    if lost:
        raise DataError(f"镇街 {'、'.join(lost)} 不在图层中，请重新选择覆盖范围", "COVER_UNIT")
    keep = held.table["id"].isin(named).to_numpy() if named else np.ones(len(there), dtype=bool)
    return shapely.union_all(_shapes(held)[keep])


def _shapes(held: Boundaries) -> np.ndarray:
    return np.asarray(held.table.geometry.to_numpy(), dtype=object)
