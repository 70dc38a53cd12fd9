"""Corners of a site as a table that people edit, and back again."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from geo import measure
from geo.errors import DataError, Issue
from geo.model import STORED_CRS

Areas = Sequence[Sequence[Sequence[Sequence[float]]]]  # areas of rings of (lon, lat), open rings
COLUMNS = ("area", "ring", "x", "y")  # x north and y east in metres, as Chinese forms have them
_SYSTEMS = (measure.PLANE_PREFIXED, measure.PLANE)


def corners(areas: Areas, epsg: int = measure.PLANE_PREFIXED) -> pd.DataFrame:
    """Corners in order: number of the area, of the ring (1 outside, then holes), north, east."""
    rows = [
        (i, j, lon, lat)
        for i, rings in enumerate(areas, 1)
        for j, ring in enumerate(rings, 1)
        for lon, lat in ring
    ]
    if not rows:
        return pd.DataFrame({name: pd.Series(dtype=float) for name in COLUMNS})
    table = np.array(rows, dtype=float)
    east, north = measure.transformer(STORED_CRS, _known(epsg)).transform(table[:, 2], table[:, 3])
    return pd.DataFrame(
        {
            "area": table[:, 0].astype(int),
            "ring": table[:, 1].astype(int),
            "x": np.round(north, 3),
            "y": np.round(east, 3),
        }
    )


def areas(table: pd.DataFrame, epsg: int = measure.PLANE_PREFIXED) -> list[Any]:
    """Areas of rings from a table of `corners`; rows that are wholly empty are passed over.

    Raises `DataError` SITE_CORNERS with every row that is not four numbers, or a ring of fewer
    than three corners.
    """
    rows = table.dropna(how="all")
    faults = [
        Issue("SITE_CORNER", f"第 {i} 行不是完整的角点，请补齐或删去", row=i)
        for i, ok in enumerate(rows.notna().all(axis=1), 1)
        if not ok
    ]
    if faults:
        raise DataError(f"角点表有 {len(faults)} 行不完整，请补齐或删去", "SITE_CORNERS", faults)
    back = measure.transformer(_known(epsg), STORED_CRS)
    lon, lat = back.transform(rows["y"].to_numpy(float), rows["x"].to_numpy(float))
    found: dict[int, dict[int, list[list[float]]]] = {}
    for area, ring, *at in zip(rows["area"], rows["ring"], lon, lat, strict=True):
        found.setdefault(int(area), {}).setdefault(int(ring), []).append([float(x) for x in at])
    made = [[rings[j] for j in sorted(rings)] for _, rings in sorted(found.items())]
    short = [1 for rings in made for ring in rings if len(ring) < 3]
    if short:
        raise DataError("每个环至少要有三个角点，请补齐后再应用", "SITE_CORNERS")
    return made


def geojson(drawn: Areas) -> dict[str, Any]:
    """Areas as a GeoJSON geometry, rings closed."""
    closed = [[[*ring, ring[0]] for ring in rings] for rings in drawn]
    if len(closed) == 1:
        return {"type": "Polygon", "coordinates": closed[0]}
    return {"type": "MultiPolygon", "coordinates": closed}


def of_geojson(shape: Any) -> list[Any]:
    """Areas of a shape that tells its `__geo_interface__`, rings open."""
    told = shape.__geo_interface__
    parts = [told["coordinates"]] if told["type"] == "Polygon" else told["coordinates"]
    return [[[list(at[:2]) for at in ring[:-1]] for ring in rings] for rings in parts]


def _known(epsg: int) -> int:
    if epsg not in _SYSTEMS:
        raise DataError(f"角点表不能用 EPSG:{epsg}，请选 4529 或 4550", "SITE_CRS")
    return epsg
