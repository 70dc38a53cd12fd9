"""Suitability at 10 m over the zone, beside the same sums in plain numpy of double precision.

`python tests/bench/bench_suitability.py [STEP_M]` prints, for each way, seconds (best of three)
and the peak memory on top of the factors; then zonal values of parcels, exactly and by cells.
Both ways get the same factor grids and curves; the plain one searches each curve with
`numpy.interp` over whole grids, as one writes it first.
"""

import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))  # so that it runs as a script

from geo import measure
from geo.model import Boundaries, Grade, Source
from geo.terrain import factor, grid, recipe, suitability, zonal
from geo.terrain.curve import Curve
from geo.terrain.grid import Grid
from geo.terrain.recipe import Recipe
from geo.zone import DATA
from tests.bench import parcels

ROUNDS = 3
USE = "07"
SOURCE = Source("性能测试", Grade.SCHEMATIC, "CC0")
Grids = Mapping[str, np.ndarray]


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def sets() -> dict[str, Boundaries]:
    folder = DATA / "boundaries"
    files = sorted(folder.glob("*.geojson"))
    return {path.stem: Boundaries(path.stem, gpd.read_file(path), SOURCE) for path in files}


def made(step: float) -> tuple[Grid, Recipe, dict[str, np.ndarray]]:
    """The zone's grid and the factors that count for one use."""
    held, template = sets(), recipe.read(DATA / "rules")
    over = grid.over(measure.to_plane(held["zone"].table.geometry.iloc[0]), step)
    one = template.recipes[USE]
    found = {}
    for name in one.counting:
        start = time.perf_counter()
        found[name] = factor.made(template.factors[name], over, held).raster.values
        tell(f"factor {name:8} {time.perf_counter() - start:7.2f} s")
    return over, one, found


def ours(one: Recipe, grids: Grids) -> np.ndarray:
    return suitability.suitability(grids, one).score


def plain(one: Recipe, grids: Grids) -> np.ndarray:
    """What one writes first; the grids are doubles already, as numpy makes them."""
    parts = []
    for name, weight in one.counting.items():
        line = one.scales[name]
        if not isinstance(line, Curve):
            raise TypeError(name)
        xs, ys = np.array(line.points).T
        parts.append(weight * np.interp(grids[name], xs, ys))
    return np.asarray(sum(parts))


def measured(way: Callable[[Recipe, Grids], np.ndarray], one: Recipe, grids: Grids) -> list[float]:
    """Best seconds, MB at the peak on top of the factors, and the mean score."""
    best, mean = float("inf"), 0.0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        found = way(one, grids)
        best = min(best, time.perf_counter() - start)
        mean = float(found.mean(dtype=np.float64))
        del found
    tracemalloc.start()  # a round of its own, as counting takes time
    way(one, grids)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return [best, peak, mean]


def zones(over: Grid, values: np.ndarray) -> None:
    """Means of made-up parcels: exactly for 200 of them, by cells for all."""
    shapes = measure.to_planes(parcels.parcels(10_000).table.geometry.to_numpy())
    raster = over.raster(values)
    start = time.perf_counter()
    numbers = zonal.ids(over, shapes)
    once = time.perf_counter() - start
    screen = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        quick = zonal.screen(numbers, raster, len(shapes))
        screen = min(screen, time.perf_counter() - start)
    start = time.perf_counter()
    exact = zonal.exact(shapes[:200], raster)
    each = (time.perf_counter() - start) / 200
    off = np.abs(exact.mean - quick.mean[:200])
    tell(
        f"\nzonal values of {len(shapes):,} parcels: numbers once {once:.2f} s, then {screen:.3f} s"
    )
    tell(
        f"exactly {each * 1000:.2f} ms a parcel; the screen is off by {np.nanmax(off):.2f} at most"
    )


def main() -> None:
    step = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    over, one, grids = made(step)
    tell(f"\n{over.rows} x {over.columns} cells of {step:g} m, {len(grids)} factors, use {USE}")
    tell("| way | s | MB on top of the factors | mean |\n|---|---|---|---|")
    doubles = {name: values.astype(np.float64) for name, values in grids.items()}
    for name, way, given in (("ours", ours, grids), ("plain float64", plain, doubles)):
        seconds, more, mean = measured(way, one, given)
        held = sum(values.nbytes for values in given.values()) / 2**20
        tell(f"| {name} | {seconds:.2f} | {more:.0f} (factors {held:.0f}) | {mean:.4f} |")
    zones(over, ours(one, grids))


if __name__ == "__main__":
    main()
