"""Sets of the zone from a shell: listed, asked, found, followed back, compared, written out."""

from pathlib import Path
from typing import Annotated

import typer

from geo.edition import Edition
from geo.shell import answer, file, heading, home, told
from geo.shell.home import At, Json, Store

SetName = Annotated[str, typer.Argument(metavar="SET", help="图层名，见 layers")]


def layers(at: At = None, store: Store = "", json: Json = False) -> None:
    """Print what each set holds."""
    rows = [answer.layer(one) for one in home.opened(store).summaries(at)]
    told.shown(rows, heading.LAYERS, "图层", as_json=json)


def identify(
    lon: Annotated[float, typer.Argument(help="经度，度")],
    lat: Annotated[float, typer.Argument(help="纬度，度")],
    tolerance: Annotated[float, typer.Option(help="点、线的容差，米")] = 30.0,
    store: Store = "",
    json: Json = False,
) -> None:
    """Print everything at a point."""
    zone = home.opened(store)
    rows = [
        answer.hit(one, zone.entity_of(one.set, one.id, one.parent), zone.plan)
        for one in zone.identify(lon, lat, tolerance)
    ]
    told.shown(rows, heading.IDENTIFY, f"{lon}, {lat}", as_json=json)


def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="要找的文字或坐标")],
    store: Store = "",
    json: Json = False,
) -> None:
    """Print what a text can mean."""
    rows = [answer.match(one) for one in home.opened(store).search(text)]
    told.shown(rows, heading.SEARCH, f"查找 {text}", as_json=json)


def history(name: SetName, store: Store = "", json: Json = False) -> None:
    """Print what happened to a set."""
    rows = [answer.event(since, one) for since, one in home.opened(store).history(name)]
    told.shown(rows, heading.HISTORY, f"{name} 的来历", as_json=json)


def diff(
    name: SetName,
    old: Annotated[int, typer.Argument(metavar="V1", help="旧版本")],
    new: Annotated[int, typer.Argument(metavar="V2", help="新版本")],
    store: Store = "",
    json: Json = False,
) -> None:
    """Print what changed in a set between two versions."""
    rows = [answer.change(one) for one in home.opened(store).diff(name, old, new)]
    told.shown(rows, heading.DIFF, f"{name}：版本 {old} → {new}", as_json=json)


def write(  # noqa: PLR0913 - one parameter for each option
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
    zone = home.opened(store)
    known = zone.existing(name, at)
    file.save(zone, known, path, crs=file.epsg(crs), edition=edition)
    row = {"set": name, "file": str(path), "features": len(known.table), "version": known.since}
    row["edition"] = edition.value
    if json:
        told.as_json(row)
    else:
        told.as_table([row], heading.EXPORT, "已导出")
