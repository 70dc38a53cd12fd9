"""All checks of one table in one go, and which rows pass."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import measure
from geo.checks import between, extent, ring, shape, text
from geo.checks.shape import Mend
from geo.errors import Issue
from geo.intake.values import Terms
from geo.model import STORED_CRS
from geo.zone import Zone

OUTLINES = frozenset({"zone", "district", "unit", "land", "sea", "town", "growth"})


@dataclass(frozen=True, slots=True)
class Review:
    """Every row with its shape mended or None, what was found, which rows are faulty."""

    table: gpd.GeoDataFrame
    areas_m2: np.ndarray
    faulty: np.ndarray
    mends: tuple[Mend, ...]
    issues: tuple[Issue, ...]


def review(
    table: gpd.GeoDataFrame, rows: np.ndarray, read: tuple[Issue, ...], zone: Zone, terms: Terms
) -> Review:
    """Check a table in EPSG:4490. `read` is what its reader found, so as not to tell it twice."""
    told = {(one.row, one.field) for one in read if one.severity == "error"}
    mended = shape.mended(
        np.asarray(table.geometry.values, dtype=object), rows, repair=terms.repair
    )
    areas = np.nan_to_num(measure.areas_m2(mended.shapes))
    out, issues = _declared(table, areas, rows)
    issues += [*mended.issues, *_texts(out, rows), *_together(mended.shapes, rows, terms)]
    issues += extent.zone_issues(mended.shapes, rows, _outline(zone))
    issues = [one for one in issues if not _repeats(one, told)]
    wrong = {one.row for one in (*issues, *read) if one.severity == "error"}
    faulty = shapely.is_missing(mended.shapes) | np.isin(rows, list(wrong))
    made = gpd.GeoDataFrame(out.drop(columns="geometry"), geometry=mended.shapes, crs=STORED_CRS)
    return Review(made, areas, faulty, mended.mends, tuple(issues))


def secrecy(name: str, areas_m2: np.ndarray) -> Iterator[Issue]:
    """The warning about detailed maps of much ground; an outline is no detailed map."""
    if name not in OUTLINES:
        yield from extent.secrecy_issues(areas_m2, int((areas_m2 > 0).sum()))


def _outline(zone: Zone) -> shapely.Geometry:
    return shapely.union_all(np.asarray(zone.existing("zone").table.geometry.values, dtype=object))


def _repeats(one: Issue, told: set[tuple[int, str]]) -> bool:
    """Whether the reader said of the row already that its shape or cell is of no use."""
    row, field = one.row, one.field
    if one.code == "GEOMETRY_EMPTY":
        return any(known == row for known, _ in told)
    return one.code == "TEXT_CONTROL" and (row, field) in told


def _texts(table: gpd.GeoDataFrame, rows: np.ndarray) -> Iterator[Issue]:
    plain = pd.DataFrame(table.drop(columns="geometry"))
    yield from text.id_issues(table["id"].tolist(), rows)
    yield from text.control_issues(plain, rows)
    for field in plain.columns:
        if plain[field].dtype.kind != "f":
            continue
        for at in np.flatnonzero(np.isinf(plain[field].to_numpy(dtype=float))):
            message = f"字段 {field} 为无穷大，请改正"
            yield Issue("NON_FINITE", message, "error", int(rows[at]), str(field), "inf")


def _together(shapes: np.ndarray, rows: np.ndarray, terms: Terms) -> Iterator[Issue]:
    edges = ring.edges(shapes)
    yield from shape.oddities(edges, rows)
    yield from between.twins(shapes, rows)
    yield from between.overlap_issues(shapes, rows, edges)
    if terms.partition:
        yield from between.gaps(shapes)
        yield from between.slivers(shapes, rows)
    kinds = {int(one) for one in shapely.get_dimensions(shapes)} - {-1}
    if len(kinds) > 1:
        words = "、".join(("点", "线", "面")[one] for one in sorted(kinds))
        yield Issue("GEOMETRY_MIXED", f"文件中{words}混存，已照存", "info", 0, "geometry", words)


def _declared(
    table: gpd.GeoDataFrame, areas: np.ndarray, rows: np.ndarray
) -> tuple[gpd.GeoDataFrame, list[Issue]]:
    """The table with `declared_m2` where a column states areas, and rows where it is far off."""
    issues, column = list[Issue](), "declared_m2"
    if column not in table.columns:
        plain = pd.DataFrame(table.drop(columns="geometry"))
        found = extent.stated(plain, areas)
        if found is None:
            return table, issues
        column, table = found.column, table.copy()
        if not found.named:
            issues.append(extent.unit_issue(found))
        kept = [one if math.isfinite(one) else None for one in found.m2.tolist()]
        table["declared_m2"] = pd.Series(kept, dtype=float)
    said = table["declared_m2"].to_numpy(dtype=float)
    return table, [*issues, *extent.stated_issues(said, areas, rows, column)]
