"""Schematic roads and tunnels of the new town: smooth lines that nobody has surveyed."""

import numpy as np
import shapely
from shapely.geometry import LineString

from geo import measure
from making.inputs import Drawn, rows
from making.register import Entity

STEPS = 8
BESIDE_M = 60.0  # a tunnel is drawn beside the road it follows, so that both are seen
ROAD = (
    "方案只说“三纵四横”七条主干道，未列路名和走向；后来的新闻提到成大路、石家大道（2016-11-24 "
    "已通车）等，也无坐标。本线为示意，不代表任何一条真实道路。",
    "The plan speaks of seven main roads without names or lines; later news names Chengda Road "
    "and Shijia Avenue (open on 2016-11-24) and others, without coordinates. This line stands "
    "for no real road.",
)
TUNNEL = (
    "管廊路由未公布；2016-11-24 报道称新城管廊部分建成，省里分解给威海全市的任务是到 2020 年不少于 "
    "30 公里。本线沿示意道路一侧绘制，不代表真实路由。",
    "No route is published. News of 2016-11-24 says the tunnel was partly built; the province "
    "asked the whole city for at least 30 km by 2020. Drawn beside a schematic road; not a real "
    "route.",
)


def smooth(points: np.ndarray) -> LineString:
    """Catmull-Rom curve through points of shape (n, 2) in plane metres."""
    ends = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    share = np.linspace(0, 1, STEPS, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        bend = (2 * a - 5 * b + 4 * c - d) * share**2 + (3 * b - a - 3 * c + d) * share**3
        parts.append((2 * b + (c - a) * share + bend) / 2)
    return LineString(np.vstack([*parts, points[-1:]]))


def shapes() -> dict[str, LineString]:
    """Every schematic line by id, in EPSG:4490."""
    drawn: dict[str, LineString] = {}
    for row in rows("schematic_lines.csv"):
        if row["follows"]:
            road = measure.to_plane(drawn[row["follows"]])
            plane = shapely.offset_curve(road, BESIDE_M)
        else:
            pairs = [[float(value) for value in pair.split()] for pair in row["lon_lat"].split(";")]
            plane = smooth(shapely.get_coordinates(measure.to_plane(LineString(pairs))))
        drawn[row["id"]] = LineString(measure.to_stored(plane))
    return drawn


def features(register: dict[str, Entity]) -> list[Drawn]:
    """Roads (N02) and tunnels (N01), each line a child of its entity."""
    drawn = shapes()
    out = []
    for row in rows("schematic_lines.csv"):
        parent = register[row["parent"]]
        road = row["parent"] == "N02"
        out.append(
            Drawn(
                set="road" if road else "corridor",
                id=row["id"],
                name=row["name"],
                name_en=row["name_en"],
                kind="主干道（示意）" if road else parent.kind,
                kind_en="main road (schematic)" if road else parent.kind_en,
                grade="schematic",
                error_m=5000.0,
                declared_m2=None,
                basis=(ROAD if road else TUNNEL)[0],
                basis_en=(ROAD if road else TUNNEL)[1],
                rank=4,
                parent=row["parent"],
                shape=drawn[row["id"]],
            )
        )
    return out
