"""Batch jobs in parts: ``cluster suitability`` and ``cluster check``."""

import json as texts
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from geo import cluster, settings
from geo.cluster import Batch, Image, Job, Link
from geo.errors import DataError
from geo.shell import bring, told
from geo.shell.bring import Json, Store
from geo.shell.supply import AsOf, day_of, mark, today

app = typer.Typer(
    help="分块批处理：本机、本机多进程或 Dask 集群，结果逐位相同。", no_args_is_help=True
)

_GRID = {
    "rows": "行",
    "columns": "列",
    "step": "格网（米）",
    "blocks": "块",
    "scored": "有分格数",
    "closed": "排除格数",
    "unknown": "未知格数",
    "mean": "平均分",
    "file": "文件",
}
_VERDICTS = {"verdict": "结论", "sites": "面数"}

Workers = Annotated[
    int, typer.Option(min=0, max=256, help="用本机几个进程；0 为按设置 ZONE_DASK，未设置即单进程")
]


@app.command(help="全区适宜性：分块计算因子与得分，写成云优化 GeoTIFF（得分、已知比例、排除）。")
def suitability(  # noqa: PLR0913, PLR0917 - one parameter for each option
    use: Annotated[str, typer.Argument(metavar="USE", help="用途代码前两位，如 07")],
    out: Annotated[Path, typer.Argument(metavar="FILE", help="写到哪里，.tif")],
    step: Annotated[float, typer.Option(help="格网边长，米")] = 10.0,
    weight: Annotated[
        list[str] | None, typer.Option(help="因子权重，如 slope=2；缺省按样板")
    ] = None,
    image: Annotated[list[str] | None, typer.Option(help="因子影像，如 slope=坡度.tif")] = None,
    workers: Workers = 0,
    store: Store = "",
    json: Json = False,
) -> None:
    """Score the zone for a use, in blocks."""
    zone = bring.opened(store)
    job = Job(use, step, _weights(weight or []), _images(image or []))
    with _link(workers) as link:
        found = cluster.suitability(zone, job, out, link)
        row = {**_grid(found), **asdict(found), "workers": link.workers, "file": str(out)}
    del row["grid"]
    row["example"] = zone.example
    title = f"{mark(zone.example)}适宜性 {use}"
    told.one(row, _GRID, title, as_json=json)


@app.command("check", help="把一个图层的每个面当作选址核查，写成 JSON 行；不存档。")
def checked(  # noqa: PLR0913, PLR0917 - one parameter for each option
    name: Annotated[str, typer.Argument(metavar="SET", help="图层名，如 parcel")],
    out: Annotated[Path, typer.Argument(metavar="FILE", help="写到哪里，每行一个 JSON")],
    use: Annotated[str, typer.Option(help="拟用途代码，如 1001")] = "",
    as_of: AsOf = "",
    full: Annotated[bool, typer.Option("--full", help="每行为完整报告，同 check --json")] = False,
    workers: Workers = 0,
    store: Store = "",
    json: Json = False,
) -> None:
    """Check every area of a set, in parts."""
    zone = bring.opened(store)
    version = zone.version
    with _link(workers) as link:
        parts = cluster.check(zone, Batch(name, day_of(as_of) or today(), use, full), link)
        found = cluster.gathered(_saved(out, parts), version)
        row = {"set": name, **asdict(found), "workers": link.workers, "file": str(out)}
    row["example"] = zone.example
    if json:
        told.as_json(row)
        return
    rows = [{"verdict": one, "sites": count} for one, count in found.verdicts.items()]
    told.as_table(rows, _VERDICTS, f"{mark(zone.example)}{name}：{found.sites} 个面")


def _link(workers: int) -> AbstractContextManager[Link]:
    return cluster.joined(settings.read().dask, workers)


def _weights(given: Sequence[str]) -> dict[str, float]:
    try:
        return {name: float(value) for name, value in bring.pairs(given).items()}
    except ValueError as error:
        raise DataError(f"权重应为数字（{error}），如 slope=2", "WEIGHTS") from error


def _images(given: Sequence[str]) -> dict[str, Image]:
    return {name: cluster.opened(Path(path)) for name, path in bring.pairs(given).items()}


def _grid(found: cluster.Laid) -> dict[str, Any]:
    over = found.grid
    return {"rows": over.rows, "columns": over.columns, "step": over.step}


def _saved(out: Path, parts: Iterable[cluster.Rows]) -> Iterator[cluster.Rows]:
    """The same parts, each written when it came; the file appears when all are there."""
    rough = out.with_name(f".{out.name}.part")
    try:
        with rough.open("w", encoding="utf-8", newline="\n") as file:
            for rows in parts:
                file.writelines(texts.dumps(row, ensure_ascii=False) + "\n" for row in rows)
                yield rows
        rough.replace(out)
    except OSError as error:
        raise DataError(f"无法写入 {out}，请检查文件夹与权限", "EXPORT_FAILED") from error
    finally:
        rough.unlink(missing_ok=True)
