"""Meetings from a shell: freeze a state, tell what changed, write deck, paper, page and GIF."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from geo import briefing
from geo.briefing import Briefing
from geo.errors import DataError
from geo.meeting import Change, Snapshot
from geo.shell import bring, heading, place, told
from geo.shell.bring import By, Json, Store
from geo.shell.picture import Approval, English, Inks, Maker, Out, Public
from geo.shell.supply import day_of, mark, today
from geo.zone import Zone
from layers.style import Palette

app = typer.Typer(help="会议：冻结某一时刻的状态、与上次比较。", no_args_is_help=True)
Number = Annotated[int | None, typer.Option("--snapshot", help="第几次会议；缺省为最近一次")]
StoryId = Annotated[str, typer.Option("--story", help="汇报编号，如 HB-2026-001；缺省按重大事项")]
BaseUrl = Annotated[str, typer.Option("--base-url", help="网页地址，印成二维码；缺省不印")]
_NOTHING = (
    "还没有冻结任何一次会议，请先运行 python -m geo meeting freeze --title 会议名称 --held 会议日期"
)


class Paper(StrEnum):
    """Sheets of the handout."""

    WIDE = "wide"
    A4 = "a4"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is written of a meeting, and how."""

    number: int | None = None
    story: str = ""
    english: bool = False
    public: bool = False
    approval: str = ""
    maker: str = ""
    base_url: str = ""
    palette: Palette = Palette.STANDARD
    paper: Paper = Paper.WIDE


@app.command("list", help="历次会议：日期、数据日期、版本。")
def listed(store: Store = "", json: Json = False) -> None:
    """Print every meeting."""
    zone = bring.opened(store)
    rows = [_meeting(one) for one in briefing.snapshots(zone)]
    if json:
        told.as_json(rows)
    else:
        told.as_table(rows, heading.MEETINGS, f"{mark(zone.example)}会议")


@app.command(help="把现在的状态冻结为下一次会议：此后展示和输出都以它为准。")
def freeze(  # noqa: PLR0913, PLR0917 - one parameter for each option
    title: Annotated[str, typer.Option(help="会议名称")],
    held: Annotated[str, typer.Option(help="会议日期，如 2026-06-30；缺省为今天")] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="数据截至哪天；缺省为今天或会议日")] = "",
    compare: Annotated[int | None, typer.Option(help="与第几次比较；缺省为上一次")] = None,
    title_en: Annotated[str, typer.Option("--title-en", help="英文名称")] = "",
    note: Annotated[str, typer.Option(help="备注")] = "",
    by: By = "",
    store: Store = "",
    json: Json = False,
) -> None:
    """Freeze the zone as it stands under the next number."""
    zone = bring.opened(store)
    day = day_of(held) or today()
    made = briefing.freeze(
        zone, by=bring.who(by), title=title, title_en=title_en, held=day,
        as_of=day_of(as_of) or min(day, today()), note=note, compare=compare,
    )  # fmt: skip
    told.one(_meeting(made), heading.MEETINGS, "已冻结", as_json=json)


@app.command(help="一次会议与上次（或另一次）相比的变化。")
def changes(
    number: Annotated[int | None, typer.Argument(metavar="N", help="第几次；缺省为最近")] = None,
    against: Annotated[int | None, typer.Option(help="与第几次比；缺省为冻结时所定")] = None,
    store: Store = "",
    json: Json = False,
) -> None:
    """Print what changed between two meetings."""
    zone = bring.opened(store)
    found = briefing.changes(zone, latest(zone, number), against)
    rows = [_change(one) for one in found.rows]
    if json:
        told.as_json({
            "number": found.number, "against": found.against, "example": zone.example,
            "rows": rows,
        })  # fmt: skip
        return
    title = f"第 {found.number} 次会议较第 {found.against or '—'} 次的变化"
    told.as_table(rows, heading.MOVES, mark(zone.example) + title)


def deck(  # noqa: PLR0913, PLR0917 - one parameter for each option
    out: Out,
    snapshot: Number = None,
    story: StoryId = "",
    english: English = False,
    public: Public = False,
    approval: Approval = "",
    maker: Maker = "",
    base_url: BaseUrl = "",
    palette: Inks = Palette.STANDARD,
    store: Store = "",
    json: Json = False,
) -> None:
    """Write a meeting as PowerPoint."""
    wish = Wish(snapshot, story, english, public, approval, maker, base_url, palette)
    _written(("pptx",), out, wish, store, as_json=json)


def story(  # noqa: PLR0913, PLR0917 - one parameter for each option
    out: Out,
    snapshot: Number = None,
    story: StoryId = "",
    english: English = False,
    public: Public = False,
    approval: Approval = "",
    maker: Maker = "",
    base_url: BaseUrl = "",
    palette: Inks = Palette.STANDARD,
    page: Annotated[Paper, typer.Option("--page", help="PDF 的纸张；wide 为 16:9")] = Paper.WIDE,
    store: Store = "",
    json: Json = False,
) -> None:
    """Write a meeting as PDF, as Word or as one page of HTML, by the ending of the file."""
    wish = Wish(snapshot, story, english, public, approval, maker, base_url, palette, page)
    _written(("pdf", "docx", "html"), out, wish, store, as_json=json)


def gif(  # noqa: PLR0913, PLR0917 - one parameter for each option
    out: Out,
    snapshot: Number = None,
    story: StoryId = "",
    english: English = False,
    public: Public = False,
    approval: Approval = "",
    maker: Maker = "",
    palette: Inks = Palette.STANDARD,
    store: Store = "",
    json: Json = False,
) -> None:
    """Write the time slider of a meeting as GIF, a frame for every period."""
    wish = Wish(snapshot, story, english, public, approval, maker, "", palette)
    _written(("gif",), out, wish, store, as_json=json)


def _written(
    kinds: tuple[str, ...], out: Path, wish: Wish, store: str, *, as_json: bool
) -> None:  # fmt: skip
    kind = place.ending(out, kinds)
    zone = bring.opened(store)
    made = briefing.record(
        zone, latest(zone, wish.number), wish.story,
        edition="public" if wish.public else "internal",
        approval=wish.approval, maker=wish.maker, base_url=wish.base_url,
    )  # fmt: skip
    from geo.shell import show  # noqa: PLC0415 - loads what draws and sets pages

    place.put(out, show.body(made, kind, wish))
    told.one(_paper(made, out), heading.PAPERS, f"{mark(zone.example)}已输出", as_json=as_json)


def latest(zone: Zone, number: int | None) -> int:
    """The number of a meeting, the last one if none is said. Raises `DataError` SNAPSHOT_NONE."""
    held = briefing.snapshots(zone)
    if not held:
        raise DataError(_NOTHING, "SNAPSHOT_NONE")
    return briefing.snapshot(zone, held[-1].number if number is None else number).number


def _meeting(one: Snapshot) -> dict[str, Any]:
    return {
        "number": one.number,
        "title": one.title.zh,
        "title_en": one.title.en,
        "held": one.held.isoformat(),
        "as_of": one.as_of.isoformat(),
        "version": one.version,
        "previous": one.previous,
        "by": one.by,
        "at": one.at.isoformat(),
        "note": one.note,
    }


def _change(one: Change) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "set": one.set,
        "id": one.id,
        "name": one.name.zh,
        "name_en": one.name.en,
        "before": one.before,
        "after": one.after,
        "day": one.day.isoformat() if one.day else None,
        "moved_m2": one.moved_m2,
    }


def _paper(made: Briefing, out: Path) -> dict[str, Any]:
    record = made.record
    return {
        "file": str(out),
        "bytes": out.stat().st_size,
        "snapshot": record["occasion"]["number"],
        "version": record["occasion"]["version"],
        "as_of": record["occasion"]["as_of"],
        "edition": "public" if record["public"] else "internal",
        "slides": len(record["slides"]),
        "example": record["example"],
    }
