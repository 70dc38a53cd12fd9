"""Maps on paper from a shell: ``picture`` draws one view, ``atlas`` a page for every area."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from geo.shell import bring, heading, place, told
from geo.shell.bring import Json, Store
from geo.shell.supply import mark, today
from geo.zone import Zone
from layers.style import Palette


class Paper(StrEnum):
    """Sheets by their word in the shell."""

    A4 = "a4"
    A4_TALL = "a4-tall"
    A3 = "a3"
    A3_TALL = "a3-tall"
    WIDE = "wide"


class Net(StrEnum):
    """Which net of lines lies over the map."""

    NONE = "none"
    DEGREE = "degree"
    KM = "km"


class Areas(StrEnum):
    """What an atlas has a page for each of."""

    PARK = "park"
    UNIT = "unit"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class State:
    """Which state of the zone is drawn: version, day, and the meeting it is of (None: today)."""

    version: int
    day: date
    meeting: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a picture is asked for with, as typed."""

    sets: str = ""
    extent: str = ""
    around: str = ""
    title: str = ""
    paper: Paper = Paper.A4
    net: Net = Net.DEGREE
    palette: Palette = Palette.STANDARD
    scale: int | None = None
    english: bool = False
    public: bool = False
    maker: str = ""
    approval: str = ""


Out = Annotated[Path, typer.Argument(metavar="OUT", help="写到哪里")]
Number = Annotated[int | None, typer.Option("--snapshot", help="第几次会议；缺省为今天")]
Sets = Annotated[str, typer.Option("--sets", help="图层名，以逗号分开；缺省同网页地图")]
English = Annotated[bool, typer.Option("--en", help="英文")]
Public = Annotated[bool, typer.Option("--public", help="公开版：坐标概化，不含内部图层和字段")]
Approval = Annotated[str, typer.Option("--approval", help="审图号")]
Maker = Annotated[str, typer.Option("--maker", help="制图单位")]
Title = Annotated[str, typer.Option("--title", help="图名")]
Sheet = Annotated[Paper, typer.Option("--page", help="纸张；wide 为 16:9")]
Grid = Annotated[Net, typer.Option("--grid", help="网格：无、经纬网、公里网")]
Inks = Annotated[Palette, typer.Option("--palette", help="配色：标准、色觉友好、灰度")]


def drawn(  # noqa: PLR0913, PLR0917 - one parameter for each option
    out: Out,
    snapshot: Number = None,
    sets: Sets = "",
    extent: Annotated[str, typer.Option(help="西,南,东,北（度）；缺省为全区")] = "",
    around: Annotated[str, typer.Option(help="以某要素为中心，如 park:P05")] = "",
    page: Sheet = Paper.A4,
    title: Title = "",
    grid: Grid = Net.DEGREE,
    palette: Inks = Palette.STANDARD,
    scale: Annotated[int | None, typer.Option(help="比例尺分母；缺省取合适的整数", min=100)] = None,
    english: English = False,
    public: Public = False,
    maker: Maker = "",
    approval: Approval = "",
    store: Store = "",
    json: Json = False,
) -> None:
    """Draw a view of the map as PNG, SVG or PDF."""
    place.ending(out, ("png", "svg", "pdf"))
    zone = bring.opened(store)
    asked = Asked(
        sets, extent, around, title, page, grid, palette, scale, english, public, maker, approval
    )  # fmt: skip
    from geo.shell import sheet  # noqa: PLC0415 - loads what draws

    _told(zone, sheet.one(zone, state(zone, snapshot), asked, out), "已出图", as_json=json)


def bound(  # noqa: PLR0913, PLR0917 - one parameter for each option
    out: Out,
    by: Annotated[Areas, typer.Option("--by", help="每页一个：园区、规划单元或片区")] = Areas.PARK,
    snapshot: Number = None,
    sets: Sets = "",
    page: Sheet = Paper.A4,
    title: Title = "",
    grid: Grid = Net.NONE,
    palette: Inks = Palette.STANDARD,
    english: English = False,
    public: Public = False,
    maker: Maker = "",
    approval: Approval = "",
    store: Store = "",
    json: Json = False,
) -> None:
    """Draw an atlas as PDF: an index map, then a page for every area."""
    place.ending(out, ("pdf",))
    zone = bring.opened(store)
    asked = Asked(
        sets, "", "", title, page, grid, palette, None, english, public, maker, approval
    )  # fmt: skip
    from geo.shell import sheet  # noqa: PLC0415 - loads what draws

    row = sheet.atlas(zone, state(zone, snapshot), (asked, by.value), out)
    _told(zone, row, "图册已出", as_json=json)


def state(zone: Zone, number: int | None) -> State:
    """Today, or what a meeting saw. Raises `DataError` SNAPSHOT_UNKNOWN."""
    if number is None:
        return State(zone.version, today())
    from geo import briefing  # noqa: PLC0415 - not asked for a view of today

    known = briefing.snapshot(zone, number)
    return State(known.version, known.as_of, known.number)


def _told(zone: Zone, row: dict[str, Any], title: str, *, as_json: bool) -> None:
    told.one(row, heading.PICTURE, f"{mark(zone.example)}{title}", as_json=as_json)
