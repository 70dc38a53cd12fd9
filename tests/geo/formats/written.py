"""Sets made to be written and read back, and what the tests of writing share."""

import io
import math
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from hypothesis import strategies as st
from pyproj import Transformer
from shapely.affinity import scale, translate
from shapely.geometry.base import BaseGeometry

from geo import boundaries
from geo.model import Boundaries, Grade, Source
from layers.look import Look

SOURCE = Source("示例图（测试）", Grade.SCHEMATIC, "CC0", error_m=5.0, document="示字〔2026〕1号")
LOOK = Look("示例地块")
LONG_ID = "0012345678901234567890"
HOSTILE = [
    "喆𬭚", "emoji 😀 街", '引号"双"', "it's 单引号", "{{7*7}} {% x %}", "=1+1", "@SUM(A1)", "-2+3",
    "<b>&amp;</b>", "a\\b%%c^J", "０１２ 全角", "1-2", "第一行\n第二行", "尾随空格 ", "逗号,顿号、",
]  # fmt: skip
_ALPHABET = "经区喆𬭚😀崮é\"'{}=+<>&\\^% ,;|#1-"
texts = st.one_of(
    st.sampled_from(HOSTILE), st.text(_ALPHABET, min_size=1, max_size=12).filter(str.strip)
)


@st.composite
def rings(draw: st.DrawFn) -> BaseGeometry:
    """A star-shaped area some hundred metres wide near the zone, with a hole or without."""
    corners = draw(st.integers(3, 9))
    spread = [draw(st.integers(100, 900)) / 1e5 for _ in range(corners)]
    turns = [2 * math.pi * i / corners for i in range(corners)]
    lon, lat = draw(st.integers(0, 9999)) / 33_331, draw(st.integers(0, 9999)) / 77_771
    shell = shapely.Polygon(
        [(r * math.cos(a), r * math.sin(a)) for r, a in zip(spread, turns, strict=True)]
    )
    within = min(spread) * math.cos(math.pi / corners) / 2
    hole = scale(shapely.Point(0, 0).buffer(1, quad_segs=1), within, within)
    shape = shell.difference(hole) if draw(st.booleans()) and shell.contains(hole) else shell
    return translate(shape, 122.1 + lon, 37.3 + lat)


@st.composite
def areas(draw: st.DrawFn) -> BaseGeometry:
    """An area of one part or two."""
    one = draw(rings())
    return shapely.union_all([one, translate(one, 0.03)]) if draw(st.booleans()) else one


@st.composite
def area_sets(draw: st.DrawFn) -> Boundaries:
    """A set of one to four areas with names anyone may type."""
    shapes = draw(st.lists(areas(), min_size=1, max_size=4))
    names = draw(st.lists(texts, min_size=len(shapes), max_size=len(shapes)))
    return made(shapes, names)


def made(
    shapes: Sequence[BaseGeometry],
    names: Sequence[str],
    source: Source = SOURCE,
    name_: str = "parcel",
    /,
    **columns: Any,
) -> Boundaries:
    """A set with ids that a spreadsheet would round."""
    ids = [LONG_ID if i == 0 else f"{LONG_ID}-{i}" for i in range(len(shapes))]
    front = {"id": ids, "name": list(names), "kind": ["示例"] * len(shapes)}
    front |= {"rank": list(range(1, len(shapes) + 1)), "error_m": [1.5] * len(shapes)}
    table = gpd.GeoDataFrame(front | columns, geometry=list(shapes), crs=4490)
    return boundaries.make(name_, table, source)


def to_plane(shape: BaseGeometry, crs: int = 4550) -> BaseGeometry:
    """A shape of EPSG:4490 in metres, x = east."""
    by = Transformer.from_crs(4490, crs, always_xy=True)
    return shapely.transform(shape, lambda xy: np.column_stack(by.transform(xy[:, 0], xy[:, 1])))


def same(one: BaseGeometry, other: BaseGeometry) -> bool:
    """Whether two shapes in metres have the same rings, corners within a millimetre."""
    parts = [sorted(_rings(shape)) for shape in (one, other)]
    return len(parts[0]) == len(parts[1]) and all(
        role == role_ and shapely.hausdorff_distance(ring, ring_) < 0.001
        for (role, *_, ring), (role_, *_, ring_) in zip(*parts, strict=True)
    )


def _rings(shape: BaseGeometry) -> list[tuple[str, float, float, BaseGeometry]]:
    out = []
    for part in shapely.get_parts(shape):
        if part.geom_type != "Polygon":
            out.append((part.geom_type, *map(round, part.bounds[:2]), part))
            continue
        for role, ring in [("外", part.exterior), *(("内", r) for r in part.interiors)]:
            out.append((role, *map(round, ring.bounds[:2]), shapely.LineString(ring)))
    return out


def unzipped(body: bytes) -> Mapping[str, bytes]:
    """Members of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
