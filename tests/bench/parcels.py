"""Made-up parcels inside the zone, the same at every run: material to measure with, never data.

`python tests/bench/parcels.py 10000 OUT.db` writes a zone store that also holds them as the
set `parcel`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

sys.path.insert(0, str(Path(__file__).parents[2]))  # so that it also runs as a script

from geo import boundaries
from geo.model import Boundaries, Grade, Source
from geo.zone import DATA, open_zone

SOURCE = Source(
    "示例地块（程序生成，仅供性能测试，不是真实地块）", Grade.SCHEMATIC, "CC0", note="示例"
)
# First-level classes of the national land classification, with their codes.
CLASSES = (
    ("耕地", "Cultivated land", "01"),
    ("园地", "Orchards", "02"),
    ("林地", "Forest", "03"),
    ("居住用地", "Residential", "07"),
    ("公共管理与公共服务用地", "Public services", "08"),
    ("商业服务业用地", "Business and services", "09"),
    ("工矿用地", "Industry and mining", "10"),
    ("仓储用地", "Storage", "11"),
    ("交通运输用地", "Transport", "12"),
    ("绿地与开敞空间用地", "Green and open space", "14"),
)
SQUEEZE = 0.795  # cosine of the zone's latitude: cells are square on the ground
EDGE = 4  # pieces of a cell's edge, so 16 points around
JITTER = 0.22  # of a cell, by which its corners move
BEND = 0.04  # of a cell, by which the points between corners move
PATCH = 9  # cells across a patch of mostly one class
SEED = 20170101


def parcels(count: int) -> Boundaries:
    """About `count` parcels that tile the zone without gap or overlap, as the set `parcel`."""
    zone = gpd.read_file(DATA / "boundaries" / "zone.geojson").geometry.union_all()
    shapes, kinds = _cells(zone, _side(zone, count))
    names = [f"示例地块 {i:06d}" for i in range(1, len(shapes) + 1)]
    table = gpd.GeoDataFrame(
        {
            "id": [f"SL-{i:06d}" for i in range(1, len(shapes) + 1)],
            "name": names,
            "name_en": [f"Sample parcel {i:06d}" for i in range(1, len(shapes) + 1)],
            "kind": [CLASSES[kind][0] for kind in kinds],
            "kind_en": [CLASSES[kind][1] for kind in kinds],
            "code": [CLASSES[kind][2] for kind in kinds],
        },
        geometry=list(shapes),
        crs=4490,
    )
    return boundaries.make("parcel", table, SOURCE)


def _side(zone: shapely.Geometry, count: int) -> float:
    """Cell height in degrees at which about `count` cells meet the zone."""
    west, south, east, north = zone.bounds
    spread = np.random.default_rng(SEED).uniform((west, south), (east, north), (200_000, 2))
    share = shapely.contains_xy(zone, spread[:, 0], spread[:, 1]).mean()
    land = (east - west) * (north - south) * share * SQUEEZE
    rim = zone.length * 0.45  # cells cut by the edge count as well
    # land / side² + rim / side = count
    return float((rim + np.sqrt(rim**2 + 4 * count * land)) / (2 * count))


def _cells(zone: shapely.Geometry, side: float) -> tuple[np.ndarray, np.ndarray]:
    """Shapes of the parcels and the number of each one's class."""
    rows, columns, rings = _rings(zone.bounds, side)
    shapes = shapely.polygons(rings)
    shapely.prepare(zone)
    whole = shapely.contains_properly(zone, shapes)
    met = whole | shapely.intersects(zone, shapes)
    cut = met & ~whole
    shapes[cut] = _clipped(shapes[cut], zone)
    kept = met & ~shapely.is_empty(shapes)
    return shapes[kept], _kinds(rows, columns)[kept]


def _clipped(shapes: np.ndarray, zone: shapely.Geometry) -> np.ndarray:
    """What of each shape is inside the zone; where only a point or line is, nothing."""
    parts, owner = shapely.get_parts(shapely.intersection(shapes, zone), return_index=True)
    areal = shapely.get_type_id(parts) == 3
    out = np.full(len(shapes), shapely.Polygon(), dtype=object)
    for i in np.unique(owner[areal]):
        found = parts[areal & (owner == i)]
        out[i] = found[0] if len(found) == 1 else shapely.multipolygons(found)
    return out


def _rings(bounds: Sequence[float], side: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row and column of each cell, and its ring of points; neighbours share theirs exactly."""
    west, south, east, north = bounds
    step = np.array([side / SQUEEZE, side])
    across, up = int((east - west) / step[0]) + 3, int((north - south) / step[1]) + 3
    chance = np.random.default_rng(SEED)
    rows, columns = np.mgrid[0 : up + 1, 0 : across + 1]
    corners = np.stack([columns, rows], axis=-1) - 1.0
    corners += chance.uniform(-JITTER, JITTER, corners.shape)
    flat = _edges(corners[:, :-1], corners[:, 1:], chance)
    steep = _edges(corners[:-1], corners[1:], chance)
    ring = [
        flat[:-1],
        steep[:, 1:],
        flat[1:, :, ::-1],
        steep[:, :-1, ::-1],
    ]
    around = np.concatenate([edge[:, :, :-1] for edge in ring], axis=2)
    closed = np.concatenate([around, around[:, :, :1]], axis=2)
    points = closed.reshape(-1, 4 * EDGE + 1, 2) * step + np.array([west, south])
    return rows[:-1, :-1].ravel(), columns[:-1, :-1].ravel(), points


def _edges(start: np.ndarray, end: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Points from corner to corner, those between moved a little."""
    along = np.linspace(0, 1, EDGE + 1)[:, None]
    points = start[:, :, None] * (1 - along) + end[:, :, None] * along
    points[:, :, 1:-1] += chance.uniform(-BEND, BEND, points[:, :, 1:-1].shape)
    return np.asarray(points)


def _kinds(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Classes in patches, as land lies, with a fifth of strays."""
    chance = np.random.default_rng(SEED + 1)
    patches = chance.integers(
        0, len(CLASSES), (rows.max() // PATCH + 1, columns.max() // PATCH + 1)
    )
    kinds = patches[rows // PATCH, columns // PATCH]
    stray = chance.random(len(kinds)) < 0.2
    return np.asarray(np.where(stray, chance.integers(0, len(CLASSES), len(kinds)), kinds))


def write(count: int, out: Path) -> int:
    """Put the shipped sets and about `count` parcels into a new store; say how many they are."""
    made = parcels(count)
    open_zone(f"sqlite:///{out}").replace(made, by="bench", reason="性能测试示例")
    return len(made.table)


if __name__ == "__main__":
    sys.stdout.write(f"{write(int(sys.argv[1]), Path(sys.argv[2]))} parcels\n")
