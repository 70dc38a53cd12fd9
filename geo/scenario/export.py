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
from geo.scenario import comparison, figure, wording
from geo.scenario.values import Outcome
from geo.scenario.wording import bracketed, listed, named, said
from geo.terrain import grid
from geo.units import AreaUnit, mu

NAME = "scenario"
_EMPTY = 0
_MICRON = 1e-6  # metres; corners of cells that meet are the same
Columns = Mapping[str, Sequence[Any]]


def title(outcome: Outcome, *, english: bool = False) -> str:
    """What the file is called, with its period: 示例 first where any of it is made up."""
    mark = said("example", english=english) if outcome.prepared.example else ""
    name = said("title", english=english, name=outcome.prepared.definition.name)
    return mark + name + bracketed(wording.span(outcome, english=english), english=english)


def about(outcome: Outcome, *, english: bool = False) -> Mapping[str, str]:
    """What a file must say of a scenario: period, version, hash, gap, what is not known."""
    prepared, span = outcome.prepared, wording.span(outcome, english=english)
    lacking = [one.title_en if english else one.title for one in prepared.no_data]
    made_up = english and prepared.land.example
    rows = {
        "scenario": title(outcome, english=english),
        "period": span,
        "version": str(prepared.version),
        "digest": prepared.digest,
        "start": said("made_up", english=True) if made_up else prepared.land.source.title,
        "quality": _quality(outcome, english),
        "lacking": listed(lacking, english=english) or said("nothing", english=english),
        "hint": said("no_limit", english=english),
    }
    told = {said(key, english=english): text for key, text in rows.items() if text}
    return told | prepared.seal.rows(english=english)


def _quality(outcome: Outcome, english: bool) -> str:
    if outcome.gap_pct is None:
        return said("unproven", english=english)
    told = said("within", english=english, gap=f"{outcome.gap_pct:.4f}%")
    return told + (said("of_all", english=english) if outcome.whole else "")


def units(outcome: Outcome, *, english: bool = False) -> Boundaries:
    """All units with the use they get (empty: left as it is), present use, points and year."""
    prepared = outcome.prepared
    land, labels = prepared.land, prepared.labels
    codes = np.array([*(label.code for label in labels), "", ""], dtype=object)
    names = np.array([*(named(one, english=english) for one in labels), "", ""], dtype=object)
    classes = [one.name_en if english else one.name for one in land.classes]
    columns = {
        "id": list(land.ids),
        "name": list(land.ids),
        "kind": list(codes[outcome.use]),
        "use": list(codes[outcome.use]),
        "use_name": list(names[outcome.use]),
        "present": list(np.array([*classes, ""], dtype=object)[land.present]),
        "area_mu": [mu(float(m2)) for m2 in land.areas_m2],
        "points": _points(outcome),
        "grade": [_grade(outcome).value] * len(land),
    }
    years = prepared.definition.periods
    if years:
        columns["year"] = [years[p] if p >= 0 else None for p in outcome.period.tolist()]
    shapes = measure.to_storeds(land.planes)
    table = gpd.GeoDataFrame(columns, geometry=shapes, crs=STORED_CRS)
    return boundaries.make(NAME, table, _source(outcome, english))


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


def geotiff(outcome: Outcome, *, english: bool = False) -> bytes:
    """Numbers of uses on the grid (1 for the first, 0 elsewhere) with colours, EPSG:4550.

    Where there are several periods a second band says in which: 1 for the first, 0 elsewhere.
    Raises `DataError` EXPORT_GRID where the units are no cells.
    """
    cells, prepared = outcome.prepared.land.cells, outcome.prepared
    if cells is None:
        raise DataError("以地块为单元的方案不能导出为影像，请导出为 GeoPackage", "EXPORT_GRID")
    where = grid.of(cells.spread(np.zeros(len(cells))))
    labels, years = prepared.labels, _years(outcome)
    given = (outcome.use >= 0) & (outcome.use < len(labels))
    bands = np.zeros((2 if years else 1, where.rows * where.columns), dtype=np.uint8)
    bands[0, cells.index[given]] = outcome.use[given] + 1
    if years:
        bands[1, cells.index[given]] = outcome.period[given] + 1
    shape = {"height": where.rows, "width": where.columns, "count": len(bands), "dtype": "uint8"}
    with MemoryFile() as file:
        with file.open(
            driver="GTiff",
            crs=f"EPSG:{measure.PLANE}",
            transform=where.transform,
            nodata=_EMPTY,
            compress="deflate",
            photometric="palette" if len(bands) == 1 else "minisblack",
            **shape,
        ) as made:
            made.write(bands.reshape(-1, *where.shape))
            made.write_colormap(1, {i: _rgba(one.color) for i, one in enumerate(labels, 1)})
            made.update_tags(**_tags(outcome, english))
            for number, key in enumerate(("use", "period")[: len(bands)], 1):
                made.set_band_description(number, said(key, english=english))
        return bytes(file.read())


def _years(outcome: Outcome) -> tuple[int, ...]:
    """Years of several periods; none where there is only one."""
    years = outcome.prepared.definition.periods
    return years if len(years) > 1 else ()


def _tags(outcome: Outcome, english: bool) -> Mapping[str, str]:
    """What the numbers of the bands are, and what the file says of itself."""
    uses = {str(i): x for i, x in enumerate(outcome.prepared.labels, 1)}
    named_ = {i: f"{x.code} {named(x, english=english)}" for i, x in uses.items()}
    period = said("period", english=english)
    when = {f"{period} {i}": str(year) for i, year in enumerate(_years(outcome), 1)}
    return {**named_, **when, **about(outcome, english=english)}


def tables(outcome: Outcome, *, english: bool = False) -> Mapping[str, Columns]:
    """Sheets of a workbook: demands, indicators, from→to in mu; no cell of the map."""
    found = {
        "demands": _demands(outcome, english),
        "indicators": _indicators(outcome, english),
    }
    said_ = {
        said(sheet, english=english): {said(key, english=english): row for key, row in rows.items()}
        for sheet, rows in found.items()
    }
    return {**said_, said("flow", english=english): _flow(outcome, english)}


def _demands(outcome: Outcome, english: bool) -> Columns:
    found = figure.coverage(outcome)
    return {
        "use": [wording.asked(one, english=english) for one in found],
        "code": [one.use.code for one in found],
        "clause": [one.clause for one in found],
        "target": [one.target for one in found],
        "asked": [one.asked_mu for one in found],
        "got": [round(one.got_mu, 1) for one in found],
        "short": [round(one.short_mu, 1) for one in found],
        "remark": [one.note for one in found],
    }


def _indicators(outcome: Outcome, english: bool) -> Columns:
    found = figure.indicators(outcome)
    return {
        "indicator": [one.title_en if english else one.title for one in found],
        "value": [one.value for one in found],
        "unit": [said(one.unit, english=english) for one in found],
        "formula": [one.formula_en if english else one.formula for one in found],
        "basis": [one.basis_en if english else one.basis for one in found],
    }


def _flow(outcome: Outcome, english: bool) -> Columns:
    """From present classes to uses, adding up; names in a language."""
    flow, prepared = comparison.from_present(outcome), outcome.prepared
    cells = np.array(flow.rounded(AreaUnit.MU, 1), dtype=float)
    uses = {one.id: named(one, english=english) for one in prepared.labels}
    classes = {one.name: one.name_en for one in prepared.land.classes} if english else {}
    heads = [uses.get(one) or said(one, english=english) for one in flow.columns]
    rows = [classes.get(one) or said(one, english=english) for one in flow.rows]
    alike = [f"{head}（{id_}）" for head, id_ in zip(heads, flow.columns, strict=True)]
    heads = [one if heads.count(one) == 1 else alike[i] for i, one in enumerate(heads)]
    numbers = {head: cells[:, i].tolist() for i, head in enumerate(heads)}
    return {said("present", english=english): rows, **numbers}


def _points(outcome: Outcome) -> list[float | None]:
    """Suitability of each unit for the use it gets, None where it gets none."""
    points, use = outcome.prepared.points, outcome.use
    given = (use >= 0) & (use < points.shape[1])
    found = points[np.arange(len(use)), np.where(given, use, 0)]
    return [round(float(p), 2) if g else None for p, g in zip(found, given, strict=True)]


def _grade(outcome: Outcome) -> Grade:
    return worst([one.grade for one in outcome.prepared.inputs if one.grade])


def _source(outcome: Outcome, english: bool = False) -> Source:
    told, colon = about(outcome, english=english), ": " if english else "："
    keys = (said(key, english=english) for key in ("start", "quality", "lacking", "hint"))
    note = ("; " if english else "；").join(f"{key}{colon}{told[key]}" for key in keys)
    licence = said("licence", english=english)
    return Source(title(outcome, english=english), _grade(outcome), licence, note=note)


def _rgba(color: str) -> tuple[int, int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16), 255
