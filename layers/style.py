"""One style per set. Map, legend and pictures all read this table.

Colours come in three palettes: the usual one, one that stays apart for colour-blind
readers, and greys for printing. A glyph or a line pattern always says the same as the
colour does, so nothing rests on colour alone.
"""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from geo.model import Grade


class Palette(StrEnum):
    """Which colours to draw in; the value is the address-bar word."""

    STANDARD = "standard"
    SAFE = "safe"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Ink:
    """One colour as each palette shows it, as #RRGGBB."""

    standard: str
    safe: str
    grey: str


@dataclass(frozen=True, slots=True)
class Style:
    """How one set looks.

    Parameters
    ----------
    label, label_en
        Legend text.
    group
        Key of the layer-tree group, see `GROUPS`.
    ink
        Colour of line, fill and symbol.
    order
        Draw order: fills < boundaries < corridors < sites < labels.
    fill
        Opacity of the fill, 0 for none.
    width
        Line width in px.
    symbol, glyph, glyph_en
        Shape (circle, square, diamond) and letter of a point symbol.
    casing
        Width in px added on each side as a white halo; 0 for none.
    double
        True for corridors, drawn as two thin lines.
    on
        Shown when the map opens.
    labelled
        Names are written on the map.
    hover
        Reacts to the pointer; area fills under everything do not.
    plain
        Lines are drawn solid whatever their grade, as the ground of a map is.
    by_kind
        The legend lists the kinds of the set one by one.
    accent, accent_kinds
        Ids drawn strongest, with their own ink; `accent_kinds` are their kinds in the legend.
    """

    label: str
    label_en: str
    group: str
    ink: Ink
    order: int
    fill: float = 0.0
    width: float = 1.5
    symbol: str = "circle"
    glyph: str = ""
    glyph_en: str = ""
    casing: float = 0.0
    double: bool = False
    on: bool = True
    labelled: bool = True
    hover: bool = True
    accent: tuple[str, ...] = ()
    accent_kinds: tuple[str, ...] = ()
    accent_ink: Ink | None = None
    by_kind: bool = True
    plain: bool = False
    tint: dict[str, Ink] = field(default_factory=dict)  # id -> ink, for areas told apart by fill


DASH: dict[Grade, str] = {
    Grade.OFFICIAL: "",
    Grade.SURVEYED: "",
    Grade.TRACED: "9 5",
    Grade.SCHEMATIC: "3 4",
}
GRADE_LABEL: dict[Grade, tuple[str, str]] = {
    Grade.OFFICIAL: ("法定", "Official"),
    Grade.SURVEYED: ("实测", "Surveyed"),
    Grade.TRACED: ("描绘", "Traced"),
    Grade.SCHEMATIC: ("示意", "Schematic"),
}
GROUPS: dict[str, tuple[str, str]] = {
    "area": ("范围与政区", "Zone and districts"),
    "park": ("园区", "Parks"),
    "line": ("管廊与道路", "Tunnels and roads"),
    "project": ("项目与公共设施", "Projects and facilities"),
    "trade": ("商贸与文旅", "Trade, culture, tourism"),
    "nature": ("岸线、水体与交通", "Coast, water, transport"),
    "land": ("用地与管控", "Land and controls"),
    "other": ("其他", "Other"),
    "base": ("底图", "Base map"),
}
SELECTION = "#C800D6"  # outside every palette
HALO = "#FFFFFF"
SEA = "#DCE8F0"
LAND = "#F1F0EC"  # neighbouring land, one step greyer than the zone's warm white
ZONE_LAND = "#FCFBF7"
COAST = "#8FA9BC"

STYLES: dict[str, Style] = {
    "land": Style(
        "陆地", "Surrounding land", "base", Ink(LAND, LAND, "#F2F2F2"), 0,
        fill=1.0, width=0, labelled=False, hover=False, by_kind=False,
    ),
    "sea": Style(
        "海域",
        "Sea",
        "base",
        Ink(SEA, SEA, "#E6E6E6"),
        1,
        fill=1.0,
        width=0,
        labelled=False,
        hover=False,
        by_kind=False,
    ),
    "landuse": Style(
        "用地现状与规划用途", "Land use", "land", Ink("#9AA5B1", "#9AA5B1", "#9A9A9A"), 14,
        fill=0.75, width=0.6, labelled=False, hover=True,
    ),
    "parcel": Style(
        "地块", "Parcels", "land", Ink("#7A8794", "#7A8794", "#8A8A8A"), 18,
        fill=0.75, width=0.8, labelled=False,
    ),
    "district": Style(
        "片区", "Districts", "area", Ink("#F3E9D6", "#F3E9D6", "#EFEFEF"), 11,
        fill=1.0, width=0, hover=False,
        tint={
            "D01": Ink("#F8F6EC", "#F8F6EC", "#FAFAFA"),
            "D02": Ink("#F8EFE6", "#F6EEE6", "#EFEFEF"),
        }, by_kind=False,
    ),
    "unit": Style(
        "街道与镇", "Towns", "area", Ink("#9C8F7F", "#8A8A8A", "#8A8A8A"), 21,
        width=1.0, hover=False, by_kind=False,
    ),
    "coast": Style(
        "海岸线",
        "Coast",
        "nature",
        Ink("#8FA9BC", "#8FA9BC", "#A8A8A8"),
        30,
        width=1.0,
        plain=True,
        by_kind=False,
        accent=("N03",),
        accent_ink=Ink("#1B7FB5", "#0072B2", "#444444"),
    ),
    "zone": Style(
        "经区范围", "Zone", "area", Ink("#9E1B32", "#8C1D2F", "#000000"), 28,
        width=2.5, casing=2.0, hover=False, labelled=False, by_kind=False,
    ),
    "road": Style(
        "道路", "Roads", "line", Ink("#B58B2A", "#A89132", "#7A7A7A"), 34,
        width=2.2, casing=1.0, symbol="square", glyph="路", glyph_en="R", labelled=False,
    ),
    "corridor": Style(
        "综合管廊", "Utility tunnel", "line", Ink("#6A3D9A", "#5B2A86", "#3A3A3A"), 36,
        width=5.0, double=True,
    ),
    "water": Style(
        "水体", "Water", "nature", Ink("#2B7BBA", "#2E8FC7", "#8C8C8C"), 40,
        fill=0.3, glyph="水", glyph_en="W",
    ),
    "park": Style(
        "产业园区", "Parks", "park", Ink("#7A3E9D", "#8B4FA8", "#4A4A4A"), 44,
        fill=0.12, width=2.0, symbol="square", glyph="园", glyph_en="P", casing=1.0,
        accent=("P05",), accent_kinds=("服务贸易园",),
        accent_ink=Ink("#E4572E", "#D55E00", "#000000"),
    ),
    "hub": Style(
        "商务与商贸", "Business and trade", "trade", Ink("#C2185B", "#CC79A7", "#6E6E6E"), 50,
        fill=0.12, symbol="diamond", glyph="商", glyph_en="B", on=False,
    ),
    "culture": Style(
        "文化旅游与公园", "Culture, tourism, parks", "trade", Ink("#3E8E41", "#009E73", "#949494"),
        51, fill=0.12, glyph="文", glyph_en="C", on=False,
    ),
    "station": Style(
        "车站与港口", "Stations and ports", "nature", Ink("#37474F", "#333333", "#2A2A2A"), 52,
        symbol="square", glyph="站", glyph_en="T",
    ),
    "facility": Style(
        "公共设施", "Public facilities", "project", Ink("#00796B", "#0B6E4F", "#777777"), 53,
        fill=0.12, glyph="公", glyph_en="F",
    ),
    "project": Style(
        "重点项目", "Major projects", "project", Ink("#D84315", "#B2410B", "#1F1F1F"), 55,
        fill=0.12, symbol="diamond", glyph="项", glyph_en="J",
    ),
    "place": Style(
        "地名", "Place names", "base", Ink("#6B7280", "#6B7280", "#717171"), 60,
        width=0, symbol="dot", by_kind=False,
    ),
}  # fmt: skip
THEME_INK = Ink("#5B6B7B", "#4A5A6A", "#666666")


def of(name: str, title: str = "", title_en: str = "") -> Style:
    """The style of a set; sets we have no entry for get a plain one under 其他."""
    if name in STYLES:
        return STYLES[name]
    return Style(title or name, title_en or name, "other", THEME_INK, 42, fill=0.15)


def spec(style: Style) -> dict[str, Any]:
    """A style as JSON for the browser, without texts."""
    words = {"label", "label_en", "group", "on"}
    return {key: value for key, value in asdict(style).items() if key not in words}
