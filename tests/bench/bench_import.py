"""Import of 100,000 parcels with every check, beside `geopandas.read_file` on the same file.

`python tests/bench/bench_import.py [COUNT]` prints a table: seconds (best of three, taken in
turn so that a busy machine is busy for both), the ratio, and the highest memory of the
process that stages and of the jailed reader.
"""

import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd

sys.path.insert(0, str(Path(__file__).parents[2]))  # so that it runs as a script

from geo import formats, intake
from geo.formats import jail
from geo.model import Grade
from geo.zone import Zone, open_zone
from tests.bench import parcels

ROUNDS = 3
PAPERS = intake.Papers("性能测试", Grade.SCHEMATIC, "CC0")


def files(folder: Path, count: int) -> list[Path]:
    """The same parcels as a GeoPackage and as a zipped Shapefile, with few columns."""
    table = parcels.parcels(count).table[["id", "name", "kind", "geometry"]]
    gpkg, shp, packed = folder / "p.gpkg", folder / "p.shp", folder / "p.zip"
    table.to_file(gpkg, driver="GPKG", layer="parcel")
    table.to_file(shp, driver="ESRI Shapefile", encoding="UTF-8")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for part in sorted(folder.glob("p.*")):
            if part.suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
                out.write(part, part.name)
    return [gpkg, packed]


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def measured(path: Path, zone: Zone) -> dict[str, float]:
    """Best times in s of plain reading, reading in the jail, staging, and storing."""
    upload = intake.Upload(path.read_bytes(), path.name)
    best: dict[str, float] = {}
    acts: dict[str, Callable[[], object]] = {
        "read_file": lambda: gpd.read_file(path),
        "jailed read": lambda: formats.read(upload.data, upload.filename),
        "stage": lambda: intake.stage(zone, upload, "parcel"),
    }
    for _ in range(ROUNDS):
        for name, act in acts.items():
            best[name] = min(best.get(name, 1e9), timed(act))
    staged = intake.stage(zone, upload, "bench_" + path.suffix[1:])
    best["commit"] = timed(lambda: intake.commit(zone, staged, PAPERS, by="bench"))
    return best


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(count: int) -> None:
    jail.warm()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        zone = open_zone(f"sqlite:///{folder / 'zone.db'}")
        for path in files(folder, count):
            found = measured(path, zone)
            size = path.stat().st_size / 2**20
            say(f"{path.suffix} {count:,} parcels, {size:.0f} MB")
            for act, seconds in found.items():
                say(f"  {act:12} {seconds:7.2f} s  {seconds / found['read_file']:5.1f}x")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    jail.close()
    cells = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    say(f"peak memory: this process {own:.0f} MB, jailed reader {cells:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
