"""A scenario on its way out: a set of its units, a GeoTIFF of its codes, tables for a workbook."""

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from rasterio.io import MemoryFile

from geo import boundaries, measure
from geo.errors import DataError
from geo.model import STORED_CRS, Boundaries, Grade, Source, worst
from geo.scenario import comparison, figure
from geo.scenario.values import Outcome
from geo.terrain import grid
from geo.units import AreaUnit, mu

NAME = "scenario"
_EMPTY = 0
_MICRON = 1e-6  # metres; corners of cells that meet are the same
Columns = Mapping[str, Sequence[Any]]


def title(outcome: Outcome) -> str:
    """What the file is called: 示例 first where any of it is made up."""
    mark = "【示例】" if outcome.prepared.example else ""
    return f"{mark}用地配置方案 {outcome.prepared.definition.name}"


def about(outcome: Outcome) -> Mapping[str, str]:
    """What a file must say of a scenario: version, hash, gap, what is not known."""
    found, prepared = outcome.allocation, outcome.prepared
    gap = "未证明" if found.gap_pct is None else f"与理论最优相差不超过 {found.gap_pct:.4f}%"
    lacking = "、".join(one.title for one in prepared.no_data) or "无"
    return {
        "方案": title(outcome),
        "数据版本": str(prepared.version),
        "输入校验": prepared.digest,
        "现状来源": prepared.land.source.title,
        "质量": gap,
        "无数据": lacking,
        "提示": "无数据的限制未参与配置，不等于没有限制",
    }


def units(outcome: Outcome) -> Boundaries:
    """All units with the use they get (empty: left as it is), present use and points."""
    prepared = outcome.prepared
    land, labels = prepared.land, prepared.labels
    codes = np.array([*(label.code for label in labels), "", ""], dtype=object)
    names = np.array([*(label.name for label in labels), "", ""], dtype=object)
    present = np.array([*(one.name for one in land.classes), ""], dtype=object)
    columns = {
        "id": list(land.ids),
        "name": list(land.ids),
        "kind": list(codes[outcome.use]),
        "use": list(codes[outcome.use]),
        "use_name": list(names[outcome.use]),
        "present": list(present[land.present]),
        "area_mu": [mu(float(m2)) for m2 in land.areas_m2],
        "points": _points(outcome),
        "grade": [_grade(outcome).value] * len(land),
    }
    years = prepared.definition.periods
    if years:
        columns["year"] = [years[p] if p >= 0 else None for p in outcome.period.tolist()]
    shapes = measure.to_storeds(land.planes)
    table = gpd.GeoDataFrame(columns, geometry=shapes, crs=STORED_CRS)
    return boundaries.make(NAME, table, _source(outcome))


def patches(outcome: Outcome) -> Boundaries:
    """One shape for each use that gets land: for maps and paper, without the units."""
    prepared, rows = outcome.prepared, list[dict[str, Any]]()
    for k, label in enumerate(prepared.labels):
        planes = prepared.land.planes[outcome.use == k]
        if len(planes):
            shape = measure.to_stored(shapely.union_all(planes, grid_size=_MICRON))
            rows.append({"id": label.id, "name": label.name, "kind": label.code, "geometry": shape})
    empty: dict[str, list[Any]] = {"id": [], "name": [], "kind": [], "geometry": []}
    table = gpd.GeoDataFrame(rows or empty, geometry="geometry", crs=STORED_CRS)
    return Boundaries(NAME, table, _source(outcome))


def geotiff(outcome: Outcome) -> bytes:
    """Numbers of uses on the grid (1 for the first, 0 elsewhere) with colours, EPSG:4550.

    Raises `DataError` EXPORT_GRID where the units are no cells.
    """
    cells, labels = outcome.prepared.land.cells, outcome.prepared.labels
    if cells is None:
        raise DataError("以地块为单元的方案不能导出为影像，请导出为 GeoPackage", "EXPORT_GRID")
    where = grid.of(cells.spread(np.zeros(len(cells))))
    band = np.zeros(where.rows * where.columns, dtype=np.uint8)
    given = (outcome.use >= 0) & (outcome.use < len(labels))
    band[cells.index[given]] = outcome.use[given] + 1
    shape = {"height": where.rows, "width": where.columns, "count": 1, "dtype": "uint8"}
    with MemoryFile() as file:
        with file.open(
            driver="GTiff",
            crs=f"EPSG:{measure.PLANE}",
            transform=where.transform,
            nodata=_EMPTY,
            compress="deflate",
            **shape,
        ) as made:
            made.write(band.reshape(where.shape), 1)
            made.write_colormap(1, {i: _rgba(one.color) for i, one in enumerate(labels, 1)})
            made.update_tags(**{str(i): f"{x.code} {x.name}" for i, x in enumerate(labels, 1)})
            made.update_tags(**about(outcome))
        return bytes(file.read())


def tables(outcome: Outcome) -> Mapping[str, Columns]:
    """Sheets of a workbook: demands, indicators, from→to in mu; no cell of the map."""
    coverage, found = figure.coverage(outcome), figure.indicators(outcome)
    flow = comparison.from_present(outcome)
    cells = np.array(flow.rounded(AreaUnit.MU, 1), dtype=float)
    names = {label.id: label.name for label in outcome.prepared.labels}
    heads = [names.get(one, _REST.get(one, one)) for one in flow.columns]
    rows = [_REST.get(one, one) for one in flow.rows]
    return {
        "需求": {
            "用途": [_named(one) for one in coverage],
            "代码": [one.use.code for one in coverage],
            "条款": [one.clause for one in coverage],
            "目标": [one.target for one in coverage],
            "需求（亩）": [one.asked_mu for one in coverage],
            "配置（亩）": [round(one.got_mu, 1) for one in coverage],
            "尚缺（亩）": [round(one.short_mu, 1) for one in coverage],
            "说明": [one.note for one in coverage],
        },
        "指标": {
            "指标": [one.title for one in found],
            "数值": [one.value for one in found],
            "单位": [one.unit for one in found],
            "公式": [one.formula for one in found],
            "依据": [one.basis for one in found],
        },
        "现状到方案（亩）": {
            "现状": rows,
            **{head: cells[:, i].tolist() for i, head in enumerate(heads)},
        },
    }


def _named(one: figure.Coverage) -> str:
    """A use, with its year where there are several periods."""
    return f"{one.use.name}（{one.shown} 年）" if one.shown else one.use.name


_REST = {"unused": "不变", "undecided": "未定", "unknown": "现状不明"}


def _points(outcome: Outcome) -> list[float | None]:
    """Suitability of each unit for the use it gets, None where it gets none."""
    points, use = outcome.prepared.points, outcome.use
    given = (use >= 0) & (use < points.shape[1])
    found = points[np.arange(len(use)), np.where(given, use, 0)]
    return [round(float(p), 2) if g else None for p, g in zip(found, given, strict=True)]


def _grade(outcome: Outcome) -> Grade:
    return worst([one.grade for one in outcome.prepared.inputs if one.grade])


def _source(outcome: Outcome) -> Source:
    told = about(outcome)
    note = "；".join(f"{key}：{told[key]}" for key in ("现状来源", "质量", "无数据", "提示"))
    return Source(title(outcome), _grade(outcome), "内部使用", note=note)


def _rgba(color: str) -> tuple[int, int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16), 255
