"""Boundaries whose names try to be templates, HTML, script, Markdown and formulas."""

import geopandas as gpd
from shapely.geometry import box

from geo import boundaries
from geo.model import Boundaries, Grade, Source
from geo.zone import Zone

NAMES = (
    "{{7*7}}",
    "{% raw %}",
    "<img src=x onerror=alert(1)>",
    "`code`",
    '"><script>alert(1)</script>',
    "[x](javascript:alert(1))",
    ":red[x]",
    "$x^2$",
    "**粗** _斜_ ~~删~~",
    "=1+1",
)
# a free stretch of countryside in the south of the zone
WEST, SOUTH, STEP = 122.24, 37.30, 0.006


def sets(zone: Zone) -> list[Boundaries]:
    """Parcels, one per hostile name, in a row; the set's source is as hostile."""
    source = Source(
        "{{7*7}}<b>图</b>", Grade.SURVEYED, "<i>CC0</i>", note="$x^2$ [x](javascript:1)"
    )
    shapes = [
        box(WEST + i * STEP, SOUTH, WEST + (i + 0.8) * STEP, SOUTH + STEP)
        for i in range(len(NAMES))
    ]
    table = gpd.GeoDataFrame(
        {
            "id": [f"H{i:02d}" for i in range(len(NAMES))],
            "name": list(NAMES),
            "kind": list(NAMES),
            "basis": list(NAMES),
        },
        geometry=shapes,
        crs=4490,
    )
    assert zone.boundaries("parcel") is None
    return [boundaries.make("parcel", table, source)]


def middle(i: int) -> tuple[float, float]:
    """A point inside parcel `i`."""
    return WEST + (i + 0.4) * STEP, SOUTH + STEP / 2
