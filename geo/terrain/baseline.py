"""How the land was used at the start: real totals, and a grid to stand in for their places.

The land bureau's totals of the end of 2013 are real; where each class lay is not published.
`sample` spreads them over cells by simple rules, so that the total of every class is the
published one, and says 示例 wherever it is named. `measured` takes the places from land use
that a bureau has brought.
"""

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from geo.errors import DataError
from geo.model import Boundaries, Grade, Source
from geo.terrain import factor, zonal
from geo.terrain.factor import DENSITY, DISTANCE, Factor, Layer
from geo.terrain.grid import Cells

_FILE = "landuse_2013.csv"
_HA = 10_000.0
# Which class takes its land first. The last one takes what is left.
ORDER = ("road", "built", "water", "forest", "grass", "other", "garden", "farmland")
_REACH_M = 1500.0
_FAR_M = 1e6
_GOLDEN = (math.sqrt(5) - 1) / 2  # its multiples, without the whole part, lie evenly from 0 to 1
_SETTLED = (Layer("place"), Layer("hub"), Layer("park"), Layer("facility"))


@dataclass(frozen=True, slots=True)
class LandClass:
    """One class of the survey; `codes` are the classes of 2023 nearest to it (our reading)."""

    id: str
    name: str
    name_en: str
    area_m2: float
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the survey counted, class by class, and where that is published."""

    classes: tuple[LandClass, ...]
    total_m2: float
    as_of: str
    source: str
    url: str


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """How each unit is used at the start.

    Parameters
    ----------
    classes
        The K classes, in the order of the columns.
    shares
        (n, K) part of each unit that each class has; a row adds up to 1, or to less where a
        part is not known.
    scale
        Area of the units by the published total: what one published m² stands for here.
    source
        Says 示例 and schematic where places are made up.
    """

    classes: tuple[LandClass, ...]
    shares: np.ndarray
    scale: float
    source: Source

    @property
    def present(self) -> np.ndarray:
        """(n,) number of the class that has most of each unit; -1 where more is not known."""
        most = self.shares.argmax(axis=1)
        unknown = 1 - self.shares.sum(axis=1)
        held = self.shares.max(axis=1)
        return np.where((held > 0) & (held >= unknown - 1e-9), most, -1).astype(np.int16)

    def totals_m2(self, areas_m2: np.ndarray) -> Mapping[str, float]:
        """Area of each class by its id."""
        sums = areas_m2 @ self.shares
        return {one.id: float(area) for one, area in zip(self.classes, sums, strict=True)}


def read(folder: Path) -> Baseline:
    """The survey's totals; raises `DataError` if the table is missing or does not add up."""
    path = folder / _FILE
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = {row["id"]: row for row in csv.DictReader(file)}
        total = rows.pop("total")
        classes = tuple(_class(row) for row in rows.values())
        whole = round(float(total["ha"]) * _HA, 2)
    except FileNotFoundError as error:
        raise DataError(f"缺少土地利用现状表 {_FILE}，请重新安装", "CATALOG_MISSING") from error
    except (KeyError, ValueError, TypeError) as error:
        message = f"土地利用现状表 {_FILE} 有误（{error}），请重新安装"
        raise DataError(message, "CATALOG_BROKEN") from error
    summed = math.fsum(one.area_m2 for one in classes)
    if abs(summed - whole) > 1 or {one.id for one in classes} != set(ORDER):
        text = f"土地利用现状表 {_FILE} 各类合计 {summed / _HA:.2f} 公顷，与总计不符，请重新安装"
        raise DataError(text, "CATALOG_BROKEN")
    return Baseline(classes, whole, total["as_of"], total["source"], total["url"])


def sample(cells: Cells, baseline: Baseline, wishes: Mapping[str, np.ndarray]) -> Start:
    """A 示例 start state whose class totals are the published ones, to the last float.

    Published areas are first multiplied by the area of the cells over the published total
    (`scale`), as outline and survey do not measure the same. Classes take land in `ORDER`: each
    whole cells in the order of its wish (n,), most first and ties by place; of the cell in
    which its area runs out it takes the part missing, and the next class may take the rest.
    So at most one cell per class is split on its account, and no total is rounded.
    """
    areas = cells.areas_m2
    scale = float(areas.sum()) / baseline.total_m2
    number = {one.id: i for i, one in enumerate(baseline.classes)}
    shares, left = np.zeros((len(cells), len(number))), np.ones(len(cells))
    for name in ORDER[:-1]:
        need = baseline.classes[number[name]].area_m2 * scale
        free = np.flatnonzero(left > 0)
        order = free[np.argsort(-wishes[name][free], kind="stable")]
        filled = np.cumsum(areas[order] * left[order])
        last = int(np.searchsorted(filled, need))
        shares[order[:last], number[name]] = left[order[:last]]
        left[order[:last]] = 0
        before = float(filled[last - 1]) if last else 0.0
        part = (need - before) / areas[order[last]]
        shares[order[last], number[name]] = part
        left[order[last]] -= part
    shares[:, number[ORDER[-1]]] = left
    return Start(baseline.classes, shares, scale, _source(baseline))


def wishes(cells: Cells, sets: Mapping[str, Boundaries]) -> Mapping[str, np.ndarray]:
    """How much each class wants each cell, (n,); from what the map shows, and nothing else.

    Transport lies along roads, at stations and ports; built-up land where places, hubs, parks
    and facilities are dense, then near them; water near lakes and reservoirs, then by the coast
    (twice as far counts the same); woodland, then orchards, far from places; grassland by
    the coast; other land is strewn evenly; farmland is the rest. Real totals, made-up places.
    """
    settled = _column(cells, sets, DENSITY, _SETTLED)
    away = _column(cells, sets, DISTANCE, _SETTLED)
    coast = _column(cells, sets, DISTANCE, (Layer("coast", ("海岸线",)),))
    water = _column(cells, sets, DISTANCE, (Layer("water"),))
    road = _column(cells, sets, DISTANCE, (Layer("road"), Layer("station")))
    return {
        "road": -road,
        "built": settled - away / _FAR_M,  # a tie-break where nothing lies within reach
        "water": -np.minimum(water, 2 * coast),
        "forest": away,
        "grass": -coast,
        "other": np.arange(len(cells)) * _GOLDEN % 1,
        "garden": away,
    }


def measured(
    units: tuple[np.ndarray, np.ndarray],
    shapes: tuple[np.ndarray, Sequence[str]],
    baseline: Baseline,
    source: Source,
) -> Start:
    """The start state from land use that a bureau has brought; what it leaves out is not known.

    `units` are polygons in EPSG:4550 and their areas in m²; `shapes` are those of the land use
    and the class id of each, empty where it is none of the eight.
    """
    planes, areas = units
    drawn, ids = shapes
    named = np.array(ids, dtype=object)
    columns = [zonal.covered(planes, drawn[named == one.id]) for one in baseline.classes]
    shares = np.stack(columns, axis=1)
    over = np.maximum(shares.sum(axis=1, keepdims=True), 1.0)  # where shapes overlap
    scale = float(areas.sum()) / baseline.total_m2
    return Start(baseline.classes, shares / over, scale, source)


def _column(
    cells: Cells, sets: Mapping[str, Boundaries], kind: str, layers: tuple[Layer, ...]
) -> np.ndarray:
    """A factor at the cells; where nothing is held, none of it or very far, everywhere."""
    asked = Factor(kind, "", "", kind, layers=layers, reach_m=_REACH_M)
    found = cells.values(factor.made(asked, cells.grid, sets).raster).astype(np.float64)
    return np.nan_to_num(found, nan=_FAR_M if kind == DISTANCE else 0.0)


def _class(row: Mapping[str, str]) -> LandClass:
    codes = tuple(row["codes"].split(";"))
    area = round(float(row["ha"]) * _HA, 2)
    return LandClass(row["id"], row["name"], row["name_en"], area, codes)


def _source(baseline: Baseline) -> Source:
    return Source(
        f"示例：{baseline.as_of} 土地利用现状（各类总量为公布数，位置由程序按规则生成）",
        Grade.SCHEMATIC,
        "总量为公开数据，空间分布为本产品生成的示例",
        url=baseline.url,
        note="各类面积按经区示意边界的面积等比换算；位置不是实际现状，不得用于审批",
        declared_m2=baseline.total_m2,
    )
