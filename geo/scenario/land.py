"""The units of a scenario and how they are used now: cells of a grid, or the areas of a set."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import landuse, ledger, measure
from geo.errors import DataError
from geo.model import Boundaries
from geo.scenario.definition import Units
from geo.scenario.terms import Where
from geo.scenario.values import Land
from geo.supply import Parcel
from geo.terrain import baseline, grid, zonal
from geo.terrain.baseline import Baseline, LandClass, Start
from geo.terrain.grid import Cells
from geo.zone import DATA, Zone

LANDUSE, PARCEL = "landuse", "parcel"
SPREAD_ON = ("coast", "facility", "hub", "park", "place", "road", "station", "water", "zone")
Used = tuple[tuple[str, int], ...]  # sets, each with the version it dates from
_MOST_UNITS = 1_000_000
_KEPT = 4


@cache
def counted() -> Baseline:
    """The survey's totals that came with the product."""
    return baseline.read(DATA / "plan")


def land(zone: Zone, units: Units, version: int) -> Land:
    """The units as held at a version. Raises `DataError` SET_UNKNOWN, UNITS_NONE, UNITS_MANY."""
    held = zone.sets(version)
    if units.set not in held:
        raise DataError(f"没有图层 {units.set}，不能作为配置单元，请先导入", "SET_UNKNOWN")
    names = (LANDUSE,) if LANDUSE in held else SPREAD_ON
    found = tuple((name, held[name]) for name in names if name in held)
    ended = _ended(zone, version) if (units.kind, units.set) == ("parcels", PARCEL) else ()
    return _land(zone, units, (held[units.set], ended), found)


def parcels(zone: Zone, version: int) -> Mapping[str, Parcel]:
    """Every parcel of the supply ledger, as all that was known at a version says."""
    return ledger.book(zone).supply.at(None, version)


def _ended(zone: Zone, version: int) -> tuple[str, ...]:
    """Parcels that went into others: their shapes lie under those of their children."""
    return tuple(sorted(id_ for id_, one in parcels(zone, version).items() if not one.live))


@lru_cache(maxsize=_KEPT)
def _land(zone: Zone, units: Units, held: tuple[int, tuple[str, ...]], used: Used) -> Land:
    since, ended = held
    meant = Where(set=units.set, ids=units.ids)
    cells = _cells(zone, meant, since, units.step_m) if units.kind == "cells" else None
    ids, planes, areas = _of_cells(cells) if cells else _of_set(zone, meant, held)
    start, shares = _start(zone, (planes, areas), cells, used)
    pairs, shared = grid.touching(cells) if cells else _touching(planes)
    return Land(
        key="|".join([units.kind, units.set, str(since), *units.ids, f"{units.step_m:g}", *ended]),
        ids=ids,
        planes=planes,
        areas_m2=areas,
        cells=cells,
        classes=start.classes,
        present=Start(start.classes, shares, start.scale, start.source).present,
        shares=shares,
        source=start.source,
        example=LANDUSE not in dict(used),
        pairs=pairs,
        shared_m=shared,
        outline=_outline(zone, meant, since) if cells else None,
    )


def chosen(known: Boundaries, where: Where) -> np.ndarray:
    """Shapes of a set that are meant, in EPSG:4550, grown by the buffer."""
    rows = known.table
    if where.ids:
        rows = rows[rows["id"].isin(where.ids)]
    if where.kinds:
        rows = rows[rows["kind"].isin(where.kinds)] if "kind" in rows else rows[:0]
    planes = measure.to_planes(rows.geometry.to_numpy())
    return np.asarray(shapely.buffer(planes, where.buffer_m)) if where.buffer_m else planes


def _meant(known: Boundaries, where: Where, ended: Sequence[str] = ()) -> Boundaries:
    lost = sorted(set(where.ids) - set(known.table["id"]))
    if lost:
        raise DataError(f"图层 {known.name} 中没有 {'、'.join(lost)}，请核对编号", "UNITS_NONE")
    rows = known.table[known.table["id"].isin(where.ids)] if where.ids else known.table
    rows = rows[~rows["id"].isin(ended)]
    flat = rows[shapely.get_dimensions(rows.geometry.to_numpy()) == 2]
    if flat.empty:
        raise DataError(f"图层 {known.name} 没有面，不能作为配置单元，请换图层", "UNITS_NONE")
    return Boundaries(known.name, flat.reset_index(drop=True), known.source, known.since)


@lru_cache(maxsize=_KEPT)
def _cells(zone: Zone, meant: Where, since: int, step: float) -> Cells:
    outline = _outline(zone, meant, since)
    west, south, east, north = shapely.bounds(measure.to_plane(outline))
    if (east - west) * (north - south) > _MOST_UNITS * step**2:
        raise DataError(f"边长 {step:g} 米的格网单元过多，请加大边长", "UNITS_MANY")
    return grid.cells(outline, step)


def _outline(zone: Zone, meant: Where, since: int) -> BaseGeometry:
    shapes = _meant(zone.existing(meant.set, since), meant)
    return shapely.union_all(shapes.table.geometry.to_numpy())


def _of_cells(cells: Cells) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    row, column = np.divmod(cells.index, cells.grid.columns)
    ids = tuple(f"r{r:03d}c{c:03d}" for r, c in zip(row.tolist(), column.tolist(), strict=True))
    return ids, cells.shapes, cells.areas_m2


def _of_set(
    zone: Zone, meant: Where, held: tuple[int, tuple[str, ...]]
) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    since, ended = held
    shapes = _meant(zone.existing(meant.set, since), meant, ended)
    if len(shapes.table) > _MOST_UNITS:
        raise DataError(f"图层 {shapes.name} 单元过多，请按范围分批", "UNITS_MANY")
    stored = shapes.table.geometry.to_numpy()
    return tuple(shapes.table["id"]), measure.to_planes(stored), measure.areas_m2(stored)


def _touching(planes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Areas of a set with a common edge: pairs (E, 2) and metres of it (E,)."""
    one, other = shapely.STRtree(planes).query(planes, predicate="intersects")
    later = one < other
    one, other = one[later], other[later]
    common = shapely.intersection(shapely.boundary(planes[one]), shapely.boundary(planes[other]))
    metres = measure.plane_lengths(common)
    held = metres > 0
    return np.stack([one, other], axis=1)[held], metres[held]


def _start(
    zone: Zone, units: tuple[np.ndarray, np.ndarray], cells: Cells | None, used: Used
) -> tuple[Start, np.ndarray]:
    """Present use, and (n, classes) of it: as a bureau brought it, else the 示例 grid."""
    known, held = counted(), dict(used)
    if LANDUSE in held:
        brought = zone.existing(LANDUSE, held[LANDUSE])
        shapes = measure.to_planes(brought.table.geometry.to_numpy())
        ids = _class_ids(brought, known.classes)
        found = baseline.measured(units, (shapes, ids), known, brought.source)
        return found, found.shares
    whole, start = spread(zone, used)
    if cells is not None:
        return start, _at_middles(units[0], whole, start.shares)
    return start, _by_area(units[0], whole, start)


@lru_cache(maxsize=2)
def spread(zone: Zone, used: Used) -> tuple[Cells, Start]:
    """The 示例 start state over the whole zone, 100 m cells."""
    sets = {name: zone.existing(name, at) for name, at in used}
    cells = _cells(zone, Where(set="zone"), dict(used)["zone"], grid.CELL_M)
    return cells, baseline.sample(cells, counted(), baseline.wishes(cells, sets))


def _at_middles(planes: np.ndarray, whole: Cells, shares: np.ndarray) -> np.ndarray:
    """What the cell of the zone says in which the middle of each unit lies; 0 outside."""
    number = np.full(whole.grid.rows * whole.grid.columns, -1, dtype=np.int64)
    number[whole.index] = np.arange(len(whole))
    x, y = shapely.get_coordinates(shapely.point_on_surface(planes)).T
    column = np.floor((x - whole.grid.left) / whole.grid.step).astype(np.int64)
    row = np.floor((whole.grid.top - y) / whole.grid.step).astype(np.int64)
    on = (row >= 0) & (row < whole.grid.rows) & (column >= 0) & (column < whole.grid.columns)
    at = np.where(on, number[np.where(on, row * whole.grid.columns + column, 0)], -1)
    return np.where((at >= 0)[:, None], shares[at], 0.0)


def _by_area(planes: np.ndarray, whole: Cells, start: Start) -> np.ndarray:
    """Part of each parcel that lies on cells of each class, by the class that has most of each."""
    raster = whole.spread(start.present.astype(float), classes=True)
    areas = measure.plane_areas(planes)
    out = np.zeros((len(planes), len(start.classes)))
    for i, held in enumerate(zonal.class_areas(planes, raster)):
        for number, m2 in held.items():
            out[i, number] = m2 / areas[i]
    return out


def _class_ids(brought: Boundaries, classes: Sequence[LandClass]) -> list[str]:
    """The class of each shape by the code or name it carries; empty where it has none."""
    uses, table = landuse.read(DATA / "rules"), brought.table
    columns = [name for name in ("use", "code", "dlbm", "dlmc", "kind") if name in table]
    by_code = {code: one.id for one in classes for code in one.codes}
    by_name = {one.name: one.id for one in classes}
    found = []
    for row in table[columns].fillna("").astype(str).itertuples(index=False):
        names = [by_name[text] for text in row if text in by_name]
        codes = [by_code.get(use.first, "") for text in row if (use := landuse.find(uses, text))]
        found.append(next(iter([*names, *filter(None, codes)]), ""))
    return found
