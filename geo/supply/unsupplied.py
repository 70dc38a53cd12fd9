"""批而未供: land approved for conversion or expropriation that nobody has been given yet.

Approved less supplied, by overlay of shapes (areas on the ellipsoid) or, where there are no
shapes, by registered areas; which of the two it was is part of the answer. In either, every
row closes: approved = supplied + unsupplied.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import measure
from geo.errors import DataError
from geo.model import STORED_CRS
from geo.supply.values import Parcel

KEYS = ("batch", "year", "unit")
_TEXTS = ("name", "document", *KEYS)
_GRID_M = 1e-4  # overlays snap to this, so that edges that nearly meet cannot make them fail


class Basis(StrEnum):
    """What the areas rest on."""

    SHAPE = "shape"  # 图形叠加，椭球面积
    REGISTERED = "registered"  # 登记面积


@dataclass(frozen=True, slots=True, eq=False)
class Unsupplied:
    """What of the approved land is not supplied.

    Parameters
    ----------
    basis
        Whether by shapes or by registered areas.
    table
        Rows that add up: id, name, document, batch, year, unit (texts, empty where not given),
        approved_m2, supplied_m2, unsupplied_m2, sliver_m2 (of the unsupplied), plots (approved),
        blank (1 where the area is not known). By shape one row per plot; by register one per
        plot and one per parcel.
    parcels
        Which parcel counts as supplied in which row: row, id.
    outside
        Supplied, but in no approved plot: id, area_m2 (of the part outside, by shape).
    rest
        What is not supplied, without slivers, EPSG:4490; None where there are no shapes.
    overlap_m2
        Approved more than once, and so counted more than once; None where there are no shapes.
    """

    basis: Basis
    table: pd.DataFrame
    parcels: pd.DataFrame
    outside: pd.DataFrame
    rest: gpd.GeoDataFrame | None = None
    overlap_m2: float | None = None


def by_shape(
    approved: gpd.GeoDataFrame, supplied: gpd.GeoDataFrame, sliver_m: float = 0.0
) -> Unsupplied:
    """Approved plots (id, batch, year, unit; name, document) less supplied parcels (id).

    Both in EPSG:4490. Pieces narrower than `sliver_m` on average are counted but not drawn;
    a parcel that shares no more than such a piece with a plot is not counted there.
    """
    table, parcels = _checked(approved, ("id", *KEYS)), _checked(supplied, ("id",))
    plots, given = _planes(approved), _planes(supplied)
    row, one = shapely.STRtree(given).query(plots, predicate="intersects")
    taken = _unions(given[one], row, len(plots))
    rest = _polygons(shapely.difference(plots, taken, grid_size=_GRID_M))
    within = _areas(_polygons(shapely.intersection(plots, taken, grid_size=_GRID_M)))
    whole = measure.areas_m2(approved.geometry.to_numpy())
    # What is wholly supplied is so to the last digit, whatever the grid of the overlay took.
    inside = np.where(shapely.is_empty(rest), whole, np.minimum(within, whole))
    broad = _polygons(rest, sliver_m)
    table = table.assign(approved_m2=whole, supplied_m2=inside, unsupplied_m2=whole - inside)
    table = table.assign(sliver_m2=_areas(rest) - _areas(broad), plots=1, blank=0)
    shared = _polygons(shapely.intersection(plots[row], given[one], grid_size=_GRID_M), sliver_m)
    met = ~shapely.is_empty(shared)
    once = _unions(plots, np.zeros(len(plots), dtype=int), 1)
    return Unsupplied(
        Basis.SHAPE,
        table,
        pd.DataFrame({"row": row[met], "id": parcels["id"].to_numpy()[one[met]]}),
        _outside(parcels, given, once[0], sliver_m),
        gpd.GeoDataFrame(table, geometry=measure.to_storeds(broad), crs=STORED_CRS),
        max(float(whole.sum() - _areas(once)[0]), 0.0),
    )


def by_register(approved: pd.DataFrame, supplied: pd.DataFrame) -> Unsupplied:
    """The same from numbers: plots and parcels with id, batch, year, unit, area_m2.

    Supplied land counts in the batch, year and unit that it carries. More may have been
    supplied there than was approved, and then the row is negative.
    """
    plots = _checked(approved, ("id", *KEYS, "area_m2"))
    given = _checked(supplied, ("id", *KEYS, "area_m2"))
    known = given["batch"].isin(set(plots["batch"]) - {""})
    inside, outside = given[known], given[~known]
    area = pd.concat([plots["area_m2"], inside["area_m2"]], ignore_index=True).astype(float)
    is_plot = np.arange(len(area)) < len(plots)
    number = area.fillna(0.0)  # counted as blank, so nobody takes it for nothing
    table = pd.concat([plots, inside], ignore_index=True)[["id", *_TEXTS]].assign(
        approved_m2=number.where(is_plot, 0.0),
        supplied_m2=number.where(~is_plot, 0.0),
        unsupplied_m2=number.where(is_plot, -number),
        sliver_m2=0.0,
        plots=is_plot.astype(int),
        blank=area.isna().astype(int),
    )
    pairs = pd.DataFrame({"row": np.flatnonzero(~is_plot), "id": inside["id"].to_numpy()})
    return Unsupplied(
        Basis.REGISTERED, table, pairs, outside[["id", "area_m2"]].reset_index(drop=True)
    )


def batches(
    parcels: Iterable[Parcel], supplied: Container[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Live parcels of the ledger that carry a batch, and those of them with a supplied status.

    Columns as `by_register` takes them; with shapes joined by id, as `by_shape` does.
    """
    kept = [one for one in parcels if one.live and one.fields.get("batch")]
    columns = {"name": "location", "batch": "batch", "year": "approved_year"} | {
        "document": "approval_document",
        "unit": "unit_id",
    }
    rows = list[dict[str, object]]()
    for one in kept:
        rows.append({name: one.fields.get(key) for name, key in columns.items()})
        rows[-1] |= {"id": one.id, "area_m2": one.area_m2}
    table = pd.DataFrame(rows, columns=["id", *columns, "area_m2"])
    given = np.array([one.status in supplied for one in kept], dtype=bool)
    return table, table[given]


def _checked(table: pd.DataFrame, wanted: Sequence[str]) -> pd.DataFrame:
    """Columns as we use them, without shapes; raises `DataError` COLUMN_MISSING."""
    lacks = [name for name in wanted if name not in table]
    if lacks:
        raise DataError(f"批而未供核算缺少列 {'、'.join(lacks)}，请补上后再算", "COLUMN_MISSING")
    kept = pd.DataFrame(table[list(wanted)]).reset_index(drop=True)
    if "batch" not in wanted:
        return kept
    return kept.assign(**{name: _texts(table, name) for name in _TEXTS})


def _texts(table: pd.DataFrame, name: str) -> list[str]:
    """A column as text; a year read as 2024.0 is 2024, and what is not known is empty."""
    given = table[name] if name in table else [None] * len(table)
    plain = (int(v) if isinstance(v, float) and v.is_integer() else v for v in given)
    return ["" if pd.isna(value) else str(value) for value in plain]


def _planes(table: gpd.GeoDataFrame) -> np.ndarray:
    """Shapes in EPSG:4550 and valid there, too."""
    planes = measure.to_planes(table.geometry.to_numpy())
    bad = ~shapely.is_valid(planes)
    planes[bad] = shapely.make_valid(planes[bad])
    return planes


def _unions(shapes: np.ndarray, owner: np.ndarray, count: int) -> np.ndarray:
    """Shapes of each owner in one; an empty shape for one that has none."""
    out = np.full(count, shapely.Polygon(), dtype=object)
    for number in np.unique(owner):
        out[number] = shapely.union_all(shapes[owner == number], grid_size=_GRID_M)
    return out


def _polygons(planes: np.ndarray, sliver_m: float = 0.0) -> np.ndarray:
    """What has an area and is at least so wide on average; touching lines and points go."""
    parts, owner = shapely.get_parts(planes, return_index=True)
    broad = shapely.get_dimensions(parts) == 2
    broad &= ~shapely.is_empty(parts) & (measure.plane_widths(parts) >= sliver_m)
    out = np.full(len(planes), shapely.Polygon(), dtype=object)
    kept, owners = parts[broad], owner[broad]
    found, where = np.unique(owners, return_inverse=True)
    if len(found):
        out[found] = shapely.multipolygons(kept, indices=where)
    return out


def _areas(planes: np.ndarray) -> np.ndarray:
    return measure.areas_m2(measure.to_storeds(planes))


def _outside(
    parcels: pd.DataFrame, given: np.ndarray, approved: shapely.Geometry, sliver_m: float
) -> pd.DataFrame:
    """Parcels with a part that no plot covers, and the area of that part."""
    beyond = _polygons(shapely.difference(given, approved, grid_size=_GRID_M), sliver_m)
    held = ~shapely.is_empty(beyond)
    return pd.DataFrame({"id": parcels["id"].to_numpy()[held], "area_m2": _areas(beyond[held])})
