"""The door from a shell: ``python -m geo COMMAND``. Every command has ``--json``.

Answers go to standard output; a fault is one line on standard error and exit code 2.
"""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from geo import plan
from geo.edition import Edition
from geo.errors import GeoError
from geo.info import programs
from geo.shell import (
    answer,
    bring,
    example,
    file,
    heading,
    keep,
    picture,
    raster,
    reckoned,
    sites,
    told,
    works,
)
from geo.shell import cluster as clusters
from geo.shell import meeting as meetings
from geo.shell import people as persons
from geo.shell import scenario as scenarios
from geo.zone import DATA

_SECRET = re.compile(r"(://[^/@:]*:).*@")  # the password in the address of a server
_FAULT, _STOPPED = 2, 130

app = typer.Typer(
    help="经区规划一张图：命令行。",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
register = typer.Typer(help="规划登记表：实体、目标、核算、条款。", no_args_is_help=True)
app.add_typer(register, name="plan")
app.add_typer(reckoned.app, name="supply")
app.add_typer(works.app, name="projects")
app.add_typer(scenarios.app, name="scenario")
app.add_typer(meetings.app, name="meeting")
app.add_typer(persons.app, name="people")
app.add_typer(persons.log, name="audit")
app.add_typer(clusters.app, name="cluster")
app.command("check", help="选址核查：一个或多个选址能不能用、为什么、怎样才行。")(sites.checked)
app.command("demo", help="在一个新的空存储中建立示例地块、台账和项目。")(example.made)
app.command("import", help="导入文件为图层：读取、检查、入库。")(bring.brought)
app.command("restore-set", help="把图层恢复为某一版本的内容。")(bring.restored)
app.command("deck", help="把一次会议写成 PowerPoint，标题、表格、图表都能改。")(meetings.deck)
app.command("story", help="把一次会议写成 PDF、Word 或单个网页，按文件名结尾。")(meetings.story)
app.command("gif", help="把时间滑块写成 GIF，每期一帧。")(meetings.gif)
app.command("picture", help="把地图画在纸上：PNG、SVG 或 PDF，比例尺准确。")(picture.drawn)
app.command("atlas", help="图册：索引图，及每个园区、单元或片区一页，PDF。")(picture.bound)
app.command("verify", help="核对存储：校验链、摘要、台账规则；有错时退出码为 1。")(keep.verified)
app.command("backup", help="把全部数据存成一个备份文件（不覆盖已有文件）。")(keep.saved)
app.command("restore", help="从备份文件恢复；现有数据更新时拒绝，除非 --force。")(keep.restored)
app.command("migrate", help="把全部数据迁到另一个空的存储，如 PostGIS。")(keep.migrated)
app.command("rasters", help="列出影像：高程、地表覆盖等，及由高程算出的坡度、坡向。")(raster.listed)

Json = Annotated[bool, typer.Option("--json", help="输出 JSON，键名固定")]
Store = Annotated[str, typer.Option("--store", help="存储地址，如 sqlite:///zone.db；缺省取设置")]
At = Annotated[int | None, typer.Option("--at", help="数据版本；缺省为现在")]
SetName = Annotated[str, typer.Argument(metavar="SET", help="图层名，见 layers")]


_zone, _url = bring.opened, bring.address


def _show(rows: told.Rows, columns: Mapping[str, str], title: str, *, as_json: bool) -> None:
    if as_json:
        told.as_json(rows)
    else:
        told.as_table(rows, columns, title)


@app.command(help="列出图层：数量、可信程度、量算与公布面积、来源。")
def layers(at: At = None, store: Store = "", json: Json = False) -> None:
    """Print what each set holds."""
    rows = [answer.layer(one) for one in _zone(store).summaries(at)]
    _show(rows, heading.LAYERS, "图层", as_json=json)


@register.command(help="144 个实体：是否落图，未落图的原因。")
def entities(store: Store = "", json: Json = False) -> None:
    """Print every entity of the plan."""
    zone = _zone(store)
    placed = zone.placed()
    reasons = {one.id: one.reason for one in zone.catalog.unplaced}
    rows = [answer.entity(one, placed, reasons) for one in zone.plan.entities]
    _show(rows, heading.ENTITIES, "规划实体", as_json=json)


@register.command(help="53 项目标：基数、实际、差距、存疑。")
def targets(json: Json = False) -> None:
    """Print every target of the plan."""
    rows = [answer.target(one) for one in plan.progress(_plan())]
    _show(rows, heading.TARGETS, "规划目标", as_json=json)


@register.command(help="重算方案自身的数字：一致、不一致、无法核对。")
def check(json: Json = False) -> None:
    """Print the plan's arithmetic, recomputed."""
    rows = [answer.check(one) for one in plan.check(_plan())]
    _show(rows, heading.CHECK, "方案核算", as_json=json)


@register.command(help="条款，及其涉及的实体与目标。")
def clauses(json: Json = False) -> None:
    """Print every clause with what it speaks of."""
    known = _plan()
    rows = [answer.clause(one, known) for one in known.clauses]
    _show(rows, heading.CLAUSES, "条款", as_json=json)


def _plan() -> plan.Plan:
    return plan.read(DATA / "plan")


@app.command(help="查一点（经度 纬度，EPSG:4490）上有什么。")
def identify(
    lon: Annotated[float, typer.Argument(help="经度，度")],
    lat: Annotated[float, typer.Argument(help="纬度，度")],
    tolerance: Annotated[float, typer.Option(help="点、线的容差，米")] = 30.0,
    store: Store = "",
    json: Json = False,
) -> None:
    """Print everything at a point."""
    zone = _zone(store)
    rows = [
        answer.hit(one, zone.entity_of(one.set, one.id, one.parent), zone.plan)
        for one in zone.identify(lon, lat, tolerance)
    ]
    _show(rows, heading.IDENTIFY, f"{lon}, {lat}", as_json=json)


@app.command(help="按名称、别名、拼音、编号或坐标查找。")
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="要找的文字或坐标")],
    store: Store = "",
    json: Json = False,
) -> None:
    """Print what a text can mean."""
    rows = [answer.match(one) for one in _zone(store).search(text)]
    _show(rows, heading.SEARCH, f"查找 {text}", as_json=json)


@app.command(help="一个图层的来历：每次更换的版本、日期、经办、文号。")
def history(name: SetName, store: Store = "", json: Json = False) -> None:
    """Print what happened to a set."""
    rows = [answer.event(since, one) for since, one in _zone(store).history(name)]
    _show(rows, heading.HISTORY, f"{name} 的来历", as_json=json)


@app.command(help="比较一个图层的两个版本：新增、移除、变动，附面积。")
def diff(
    name: SetName,
    old: Annotated[int, typer.Argument(metavar="V1", help="旧版本")],
    new: Annotated[int, typer.Argument(metavar="V2", help="新版本")],
    store: Store = "",
    json: Json = False,
) -> None:
    """Print what changed in a set between two versions."""
    rows = [answer.change(one) for one in _zone(store).diff(name, old, new)]
    _show(rows, heading.DIFF, f"{name}：版本 {old} → {new}", as_json=json)


@app.command("export", help="导出一个图层，结尾定格式：gpkg geojson zip kml dxf txt xlsx csv。")
def write(
    name: SetName,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="写到哪里；.zip 为 Shapefile")],
    *,
    crs: Annotated[str, typer.Option(help="坐标系：4490、4550 或 4529；缺省按格式")] = "",
    edition: Annotated[Edition, typer.Option(help="内部版或公开版")] = Edition.INTERNAL,
    at: At = None,
    store: Store = "",
    json: Json = False,
) -> None:
    """Write a set to a file."""
    zone = _zone(store)
    known = zone.existing(name, at)
    file.save(known, zone.catalog.title(name), path, crs=file.epsg(crs), edition=edition)
    row = {"set": name, "file": str(path), "features": len(known.table), "version": known.since}
    row["edition"] = edition.value
    if json:
        told.as_json(row)
    else:
        told.as_table([row], heading.EXPORT, "已导出")


@app.command(help="打开网页（streamlit run app.py）。")
def serve(
    port: Annotated[int, typer.Option(help="端口")] = 8501,
    store: Store = "",
) -> None:
    """Start the viewer and wait for it to end."""
    start = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    if store:
        head, slashes, path = _url(store).partition("sqlite:///")
        here = Path(path).absolute() if path else ""  # the server works in another folder
        os.environ["ZONE_STORE"] = f"{head}{slashes}{here}"
    os.chdir(DATA.parent)
    if os.name == "posix":  # become the server, so that whoever stops this stops it
        os.execv(sys.executable, start)
    raise typer.Exit(subprocess.run(start, check=False).returncode)


@app.command(help="程序与组件的版本。")
def info(store: Store = "", json: Json = False) -> None:
    """Print the versions of what answers."""
    project = tomllib.loads((DATA.parent / "pyproject.toml").read_text("utf-8"))["project"]
    found: dict[str, Any] = {
        "product": project["version"],
        **programs(),
        "store": _SECRET.sub(r"\1…@", _url(store)),
        "version": _zone(store).version,
    }
    if json:
        told.as_json(found)
    else:
        rows = [{"name": name, "version": str(value)} for name, value in found.items()]
        told.as_table(rows, heading.INFO, "版本")


def main(args: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; faults become one line on standard error."""
    try:
        return int(app(args=args, standalone_mode=False) or 0)
    except GeoError as error:
        _fault(str(error), error.code)
    except TyperException as error:
        _fault(f"命令写法有误（{error.format_message()}），用法见 python -m geo --help", "USAGE")
    except (KeyboardInterrupt, typer.Abort):
        return _STOPPED
    return _FAULT


def _fault(message: str, code: str) -> None:
    line = f"{' '.join(message.split())} [{code}]\n"
    typer.echo(line.encode(), nl=False, err=True)


if __name__ == "__main__":
    sys.exit(main())
