"""Suitability of a whole zone, block by block: factor grids, masks and scores of one use."""

import hashlib
import math
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import shapely
from rasterio.errors import RasterioError
from rasterio.shutil import copy
from rasterio.windows import Window
from shapely.geometry.base import BaseGeometry

from geo import measure, rasters
from geo.cluster.images import Image, of_raster
from geo.cluster.link import Link
from geo.errors import DataError
from geo.model import Boundaries
from geo.terrain import factor, grid, recipe
from geo.terrain.curve import Table
from geo.terrain.factor import IMAGE, Factor, Layer
from geo.terrain.grid import Grid
from geo.terrain.recipe import Recipe, Template
from geo.terrain.suitability import suitability as judged
from geo.zone import DATA, Zone

SIDE = 1024  # cells along a block: far shapes are burned once more for each, so not too small
MOST_CELLS = 10_000_000_000
_FINE = 16  # steps are whole sixteenths of a metre: corners of blocks are exact in binary
_TILE = 512
_BANDS = ("score", "known", "closed")


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked.

    Parameters
    ----------
    use
        First two digits of its code.
    step
        Side of a cell in m.
    weights
        Factor and weight, in proportion; empty for those of the template.
    images
        Own images by the name that factors read; they win over rasters that the zone holds.
    side
        Cells along a block.
    """

    use: str
    step: float = 10.0
    weights: Mapping[str, float] = field(default_factory=dict)
    images: Mapping[str, Image] = field(default_factory=dict)
    side: int = SIDE


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What every block needs; shapes in EPSG:4490 but for `outline`, which is in EPSG:4550."""

    recipe: Recipe
    factors: Mapping[str, Factor]
    sets: Mapping[str, Boundaries]
    masks: Mapping[str, np.ndarray]
    outline: BaseGeometry


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A part of the grid from a row and a column on, with the images as far as it draws on them."""

    row: int
    column: int
    grid: Grid
    images: Mapping[str, Image]


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """`values` (3, rows, columns) of float32: score, share known, number of the mask.

    NaN outside the zone; a score is NaN also where closed or unknown.
    """

    row: int
    column: int
    values: np.ndarray
    inside: np.ndarray


@dataclass(frozen=True, slots=True)
class Laid:
    """What a job came to; `scored`, `closed`, `unknown` are cells, `digest` is of all numbers."""

    grid: Grid
    blocks: int
    scored: int
    closed: int
    unknown: int
    mean: float | None
    masks: tuple[str, ...]
    unheld: tuple[str, ...]
    version: int
    digest: str


def laid(plane: BaseGeometry, step: float) -> Grid:
    """The grid of a job over an outline in EPSG:4550. Raises `DataError` GRID_STEP."""
    if not (math.isfinite(step) and step > 0 and float(step * _FINE).is_integer()):
        raise DataError(f"格网边长 {step:g} 米不成立，请输入 1/16 米的整数倍", "GRID_STEP")
    return grid.over(plane, step, MOST_CELLS)


def blocks(over: Grid, side: int, images: Mapping[str, Image]) -> Iterator[Block]:
    """Parts of a grid, row by row; the same for any number of workers."""
    for row in range(0, over.rows, side):
        for column in range(0, over.columns, side):
            left, top = over.left + column * over.step, over.top - row * over.step
            size = min(side, over.rows - row), min(side, over.columns - column)
            part = Grid(left, top, over.step, *size)
            yield Block(row, column, part, {name: _cut(one, part) for name, one in images.items()})


def _cut(image: Image, part: Grid) -> Image:
    """A held raster without what the part does not draw on; a file is read where the work is."""
    if image.held is None:
        return image
    window = image.window(part)
    return of_raster(part.empty() if window is None else window)


def scored(ground: Ground, block: Block) -> Scored:
    """Factors, masks and scores of one block."""
    inside = grid.inside(block.grid, np.array([ground.outline], dtype=object))
    values = np.full((len(_BANDS), *block.grid.shape), np.nan, dtype=np.float32)
    if inside.any():
        found = judged(
            {name: _factor(ground, block, name) for name in ground.recipe.counting},
            ground.recipe,
            {name: grid.inside(block.grid, planes) for name, planes in ground.masks.items()},
        )
        for band, got in zip(values, (found.score, found.known, found.closed), strict=True):
            band[inside] = got[inside]
    return Scored(block.row, block.column, values, inside)


def _factor(ground: Ground, block: Block, name: str) -> np.ndarray:
    known = ground.factors[name]
    image = block.images.get(known.image) if known.kind == IMAGE else None
    window = image.window(block.grid) if image else None
    there = {known.image: window} if window is not None else {}
    return factor.made(known, block.grid, ground.sets, there).raster.values


def suitability(zone: Zone, job: Job, out: Path, link: Link) -> Laid:
    """Score the zone for a use and write it as a cloud-optimised GeoTIFF (EPSG:4550).

    Bands are score (0 to 100), known share of the weight, and 1 + number of the mask.
    Raises `DataError` USE_UNKNOWN, FACTOR_UNKNOWN, IMAGE_UNKNOWN, GRID_STEP, EXPORT_FAILED, and as
    `geo.terrain.recipe` for weights that are none.
    """
    template, version = recipe.read(DATA / "rules"), zone.version
    judging = _recipe(template, job)
    factors = {name: template.factors[name] for name in judging.counting}
    images = _images(zone, factors, judging, job.images)
    ground = _ground(zone, judging, factors, {n: template.masks[n].layer for n in judging.masks})
    over = laid(ground.outline, job.step)
    tally = _Tally()
    _written(out, over, tally.of(link.run(scored, ground, blocks(over, job.side, images))))
    unheld = tuple(name for name in judging.masks if name not in ground.masks)
    return tally.told(over, tuple(ground.masks), unheld, version)


def _recipe(template: Template, job: Job) -> Recipe:
    """The template's recipe, with the weights of the job. Raises as `suitability` says."""
    if job.use not in template.recipes:
        told = f"适宜性样板中没有用途 {job.use}，现有：{'、'.join(template.recipes)}"
        raise DataError(told, "USE_UNKNOWN")
    strange = sorted(set(job.weights) - set(template.factors))
    if strange:
        told = f"没有因子 {'、'.join(strange)}，可用：{'、'.join(template.factors)}"
        raise DataError(told, "FACTOR_UNKNOWN")
    known = template.recipes[job.use]
    return recipe.altered(known, weights=recipe.in_all(job.weights)) if job.weights else known


def _ground(
    zone: Zone, judging: Recipe, factors: Mapping[str, Factor], masks: Mapping[str, Layer]
) -> Ground:
    names = {layer.set for one in factors.values() for layer in one.layers}
    sets = {name: known for name in sorted(names) if (known := zone.boundaries(name))}
    shut = {id_: _shapes(zone, layer) for id_, layer in masks.items()}
    held = {id_: shapes for id_, shapes in shut.items() if shapes is not None}
    outline = shapely.union_all(measure.to_planes(zone.existing("zone").table.geometry.to_numpy()))
    return Ground(judging, factors, sets, held, outline)


def _shapes(zone: Zone, layer: Layer) -> np.ndarray | None:
    """Shapes of a mask in EPSG:4550; None where nobody holds the set."""
    known = zone.boundaries(layer.set)
    if known is None:
        return None
    rows = known.table
    if layer.kinds:
        rows = rows[rows["kind"].isin(layer.kinds)] if "kind" in rows else rows[:0]
    return measure.to_planes(rows.geometry.to_numpy())


def _images(
    zone: Zone, factors: Mapping[str, Factor], judging: Recipe, own: Mapping[str, Image]
) -> dict[str, Image]:
    """The images that the factors read: the job's own, else those the zone holds."""
    read = {one.image: name for name, one in factors.items() if one.kind == IMAGE}
    strange = sorted(set(own) - set(read))
    if strange:
        told = f"这一用途不读取影像 {'、'.join(strange)}，可用：{'、'.join(sorted(read)) or '无'}"
        raise DataError(told, "IMAGE_UNKNOWN")
    held = {one.name for one in rasters.with_derived(zone)} - set(own)
    found = {name: of_raster(rasters.grid(zone, name)) for name in read if name in held}
    for name, image in own.items():
        table = isinstance(judging.scales[read[name]], Table)
        found[name] = Image(image.grid, table, image.held, image.path)
    return found


class _Tally:
    """Counts and a digest of blocks as they pass."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._counts = np.zeros(4, dtype=np.int64)  # blocks, scored, closed, unknown
        self._sum = 0.0

    def of(self, done: Iterable[Scored]) -> Iterator[Scored]:
        """The same blocks, counted."""
        for one in done:
            score, closed = one.values[0][one.inside], one.values[2][one.inside] > 0
            known = ~np.isnan(score)
            self._counts += (1, known.sum(), closed.sum(), (~known & ~closed).sum())
            self._sum += float(score[known].sum(dtype=np.float64))
            self._hash.update(one.values.tobytes())
            yield one

    def told(
        self, over: Grid, masks: tuple[str, ...], unheld: tuple[str, ...], version: int
    ) -> Laid:
        """What all of them came to."""
        made, known, closed, unknown = map(int, self._counts)
        mean = self._sum / known if known else None
        told = (masks, unheld, version, self._hash.hexdigest())
        return Laid(over, made, known, closed, unknown, mean, *told)


def _written(out: Path, over: Grid, done: Iterable[Scored]) -> None:
    """Write blocks as they come, then make the file cloud-optimised; whole or not at all."""
    shape: dict[str, Any] = {"height": over.rows, "width": over.columns, "count": len(_BANDS)}
    shape |= {"dtype": "float32", "nodata": np.nan, "transform": over.transform}
    shape |= {"tiled": True, "blockxsize": _TILE, "blockysize": _TILE, "BIGTIFF": "IF_SAFER"}
    try:
        with tempfile.TemporaryDirectory(dir=out.parent) as folder:
            rough, fine = Path(folder, "rough.tif"), Path(folder, "fine.tif")
            with rasterio.open(rough, "w", driver="GTiff", crs=measure.PLANE, **shape) as file:
                file.descriptions = _BANDS
                for one in done:
                    rows, columns = one.inside.shape
                    file.write(one.values, window=Window(one.column, one.row, columns, rows))
            copy(rough, fine, driver="COG", COMPRESS="DEFLATE", PREDICTOR="YES", BIGTIFF="IF_SAFER")
            shutil.move(fine, out)
    except (OSError, RasterioError) as error:
        told = f"无法写入 {out}（{error}），请检查文件夹、权限与空间"
        raise DataError(told, "EXPORT_FAILED") from error
