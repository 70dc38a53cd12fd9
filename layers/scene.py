"""What the browser needs to know of each set: names, style classes, addresses; no shapes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from geo.model import Boundaries, Grade, SetSummary
from geo.units import DECIMALS, M2_PER, SIGN, AreaUnit
from layers import feed
from layers.shade import Band, Shown
from layers.style import GROUPS, STYLES, Ink, Palette, Style, of

RASTERS = ("dem", "slope", "aspect", "landcover")  # that stand among land and controls
PRESETS: dict[str, tuple[str, ...]] = {
    "plan": tuple(name for name, style in STYLES.items() if style.on),
    "land": (
        "sea", "land", "district", "unit", "zone", "park", "coast", "water", "parcel", "farmland",
    ),
    "project": ("sea", "land", "district", "unit", "zone", "park", "project", "facility", "coast"),
    "meeting": ("sea", "land", "district", "zone", "park", "corridor", "project", "coast"),
}  # fmt: skip
TREE = (
    "zone", "district", "unit", "park", "corridor", "road", "project", "facility", "hub",
    "culture", "coast", "water", "station",
)  # fmt: skip


def shown_at_start() -> list[str]:
    """Sets that are on when nothing else is asked."""
    return [name for name, style in STYLES.items() if style.on]


def start(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Of the sets on at the start, those the zone holds: a hatch is shown when asked for."""
    there = {one["name"] for one in rows if one["draw"] != "absent"}
    return [name for name in shown_at_start() if name in there]


def groups(*, english: bool) -> list[dict[str, Any]]:
    """Groups of the layer tree in the mission's order."""
    return [
        {"id": key, "label": label[english], "folded": key in ("land", "base")}
        for key, label in GROUPS.items()
    ]


def held(
    one: SetSummary, boundaries: Boundaries, inks: Mapping[str, Ink], *, english: bool
) -> dict[str, Any]:
    """One set the zone holds; `inks` are colours of its kinds where they have their own."""
    style = of(one.name, one.title, one.title_en)
    big = feed.is_big(boundaries)
    kinds = feed.classes(boundaries)
    address = f"{one.name}/{one.since}"
    return {
        "name": one.name,
        "label": style.label_en if english else style.label,
        "group": style.group,
        "since": one.since,
        "draw": "tile" if big else "shape",
        "url": f"tiles/{address}" if big else f"layers/{address}.json",
        "classes_url": f"layers/{address}.classes" if big else "",
        "anchors_url": f"layers/{address}.anchors" if big else "",
        "count": one.count,
        "grade": one.grade.value,
        "geometry": kinds[0]["geometry"] if kinds else "Polygon",
        "by_kind": style.by_kind,
        "by_use": bool(inks),
        "classes": [_class(kind, style, inks, english=english) for kind in kinds],
    }


def _class(
    kind: Mapping[str, Any], style: Style, inks: Mapping[str, Ink], *, english: bool
) -> dict[str, Any]:
    strong = kind["key"] in style.accent_kinds
    return {
        "key": kind["key"],
        "label": kind["label_en"] if english else kind["label"],
        "count": kind["count"],
        "geometry": kind["geometry"],
        "grade": kind["grade"],
        "ink": asdict(inks.get(kind["key"]) or (strong and style.accent_ink) or style.ink),
    }


def image(one: Shown, *, english: bool) -> dict[str, Any]:
    """One raster the zone holds: its legend is its bands, its picture comes by address."""
    box = one.frame
    return {
        "name": one.name,
        "label": one.label,
        "group": "land" if one.name in RASTERS else "other",
        "since": one.since,
        "draw": "image",
        "url": f"images/{one.name}/{one.since}.png",
        "box": [box.west, box.south, box.east, box.north],
        "count": 0,
        "grade": one.grade.value,
        "geometry": "Polygon",
        "by_kind": True,
        "by_use": False,
        "classes": [_band(band, one.grade, english=english) for band in one.bands],
    }


def _band(band: Band, grade: Grade, *, english: bool) -> dict[str, Any]:
    return {
        "key": band.key,
        "label": band.label_en if english else band.label,
        "count": 0,
        "geometry": "Polygon",
        "grade": grade.value,
        "ink": asdict(band.ink),
    }


def absent(name: str, title: str, cover: str) -> dict[str, Any]:
    """One theme nobody has brought yet; `cover` is the address of the area it is unknown over."""
    return {
        "name": name,
        "label": title,
        "group": "land",
        "since": 0,
        "draw": "absent",
        "url": "",
        "cover": cover,
        "count": 0,
        "grade": "absent",
        "geometry": "Polygon",
        "classes": [],
    }


def in_order(sets: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sets as the tree lists them."""
    return sorted(sets, key=lambda s: TREE.index(s["name"]) if s["name"] in TREE else 99)


def unit(chosen: AreaUnit, *, english: bool) -> dict[str, Any]:
    """A unit of area as the browser formats it: m² per unit, sign, decimals."""
    return {
        "id": chosen.value,
        "m2": float(M2_PER[chosen]),
        "sign": SIGN[chosen][english],
        "decimals": DECIMALS[chosen],
    }


def units(*, english: bool) -> list[dict[str, Any]]:
    """All units of area."""
    return [unit(one, english=english) for one in AreaUnit]


def palettes(labels: Mapping[str, str]) -> list[dict[str, str]]:
    """Palettes with their names on screen."""
    return [{"id": one.value, "label": labels[f"palette_{one.value}"]} for one in Palette]


def basemaps(labels: Mapping[str, str], *, tianditu: bool) -> list[dict[str, str]]:
    """Grounds to choose from; 天地图 only where an office has set a key."""
    known = ("own", "blank", "vec", "img") if tianditu else ("own", "blank")
    return [{"id": one, "label": labels[f"basemap_{one}"]} for one in known]


def presets(labels: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Named layer sets; the first is what a map opens with."""
    named = {**PRESETS, "plan": tuple(start(rows))}
    return [
        {"id": key, "label": labels[f"preset_{key}"], "on": list(on)} for key, on in named.items()
    ]


def known(names: Sequence[str], sets: Iterable[Mapping[str, Any]]) -> list[str]:
    """Of some names, those that are sets on this map; an old link may name others."""
    there = {one["name"] for one in sets}
    return [name for name in names if name in there]
