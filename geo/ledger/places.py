"""Where each parcel lies: which unit, district and park it belongs to, by its shape."""

from functools import lru_cache

import numpy as np
import pandas as pd
import shapely

from geo import measure
from geo.model import Boundaries
from geo.zone import Zone

AREAS = ("unit", "district", "park")  # sets whose areas a total may be taken by
PARCEL = "parcel"


def places(zone: Zone, at: int | None = None) -> pd.DataFrame:
    """Per parcel that is drawn, the id of the unit, district and park that holds most of it.

    Indexed by parcel id; empty text where it lies in none. Columns also say `drawn_m2`, the
    area of its shape on the ellipsoid.
    """
    held = zone.sets(at)
    return _places(zone.whole, tuple(held.get(name, 0) for name in (PARCEL, *AREAS)))


@lru_cache(maxsize=8)
def _places(zone: Zone, since: tuple[int, ...]) -> pd.DataFrame:
    known = zone.boundaries(PARCEL, since[0]) if since[0] else None
    if known is None:
        return pd.DataFrame({name: [] for name in (*AREAS, "drawn_m2")}, dtype=object)
    shapes = np.asarray(known.table.geometry.array)
    table = pd.DataFrame({"drawn_m2": measure.areas_m2(shapes)}, index=list(known.table["id"]))
    for name, version in zip(AREAS, since[1:], strict=True):
        area = zone.boundaries(name, version) if version else None
        table[name] = located(shapes, area)
    return table


def located(shapes: np.ndarray, area: Boundaries | None) -> list[str]:
    """The id of the area that shares most with each flat shape, empty where none does."""
    if area is None:
        return [""] * len(shapes)
    rows, found = area.table.sindex.query(shapes, predicate="intersects")
    pieces = shapely.intersection(shapes[rows], np.asarray(area.table.geometry.array)[found])
    shares = pd.DataFrame({"row": rows, "area": found, "m2": measure.areas_m2(pieces)})
    best = shares[shares["m2"] > 0].sort_values(["row", "m2"]).drop_duplicates("row", keep="last")
    ids = area.table["id"].to_numpy()
    out = np.full(len(shapes), "", dtype=object)
    out[best["row"].to_numpy()] = ids[best["area"].to_numpy()]
    return list(out)
