"""Tables without shapes: attributes for features that the zone holds, matched by id."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import DataError, Issue
from geo.formats import Kind, Reading
from geo.model import STORED_CRS, Boundaries

_TABLES = (Kind.XLSX, Kind.CSV, Kind.PASTE)


def due(reading: Reading) -> bool:
    """Whether a file is a table that is not meant to hold shapes."""
    shapes = np.asarray(reading.table.geometry.values, dtype=object)
    tried = any(one.severity == "error" for one in reading.issues)
    return reading.kind in _TABLES and not tried and bool(shapely.is_missing(shapes).all())


def joined(
    held: Boundaries | None, table: gpd.GeoDataFrame, rows: np.ndarray, *, named: bool
) -> tuple[gpd.GeoDataFrame, list[Issue]]:
    """Rows with the shapes and attributes held under their ids, the table's own on top.

    `named`: the table has names of its own. Ids that the zone does not hold are errors of
    their rows. Raises `DataError` GEOMETRY_NONE if the zone has no such set.
    """
    if held is None:
        raise DataError("文件只有属性，没有图形，而现有图层中没有可关联的要素", "GEOMETRY_NONE")
    known = held.table.set_index("id", drop=False)
    found = known.index.get_indexer(pd.Index(table["id"]))
    shapes = np.array([*known.geometry, None], dtype=object)[found]  # -1 is the None behind
    out = pd.DataFrame(known.drop(columns="geometry")).reindex(table["id"]).reset_index(drop=True)
    for column in table.columns.drop("geometry"):
        if column != "name" or named:
            out[column] = table[column].to_numpy()
    out["name"] = out["name"].where(out["name"].notna(), out["id"])
    issues = [
        Issue(
            "ID_UNKNOWN", f"现有图层中没有编号 {table['id'].iloc[at]}", "error", int(rows[at]), "id"
        )
        for at in np.flatnonzero(found < 0)
    ]
    issues.append(Issue("JOINED", f"按编号关联到现有图形 {(found >= 0).sum()} 处", "info"))
    return gpd.GeoDataFrame(out, geometry=shapes, crs=STORED_CRS), issues


def kept(held: Boundaries, table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The whole set: the rows held, in order, with those of the table in their place."""
    rest = held.table.loc[~held.table["id"].isin(table["id"])]
    order = {id_: at for at, id_ in enumerate(held.table["id"])}
    columns = list(dict.fromkeys([*held.table.columns.drop("geometry"), *table.columns]))
    both = pd.concat([rest.reindex(columns=columns), table.reindex(columns=columns)])
    both = both.sort_values("id", key=lambda ids: ids.map(order)).reset_index(drop=True)
    return gpd.GeoDataFrame(both, geometry="geometry", crs=STORED_CRS)
