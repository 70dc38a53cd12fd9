"""Bring a file in from a shell, and an old version back: ``import`` and ``restore-set``."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from geo import formats, intake
from geo.errors import DataError, GeoError, Issue
from geo.formats.limits import UPLOAD_BYTES
from geo.intake import Papers, Shift, Staged, Terms, Upload
from geo.model import Grade
from geo.shell import answer, heading, option, raster, told
from geo.shell.home import Json, Store, address, opened
from geo.zone import Zone
from layers import issues_sheet

__all__ = [
    "Asked",
    "By",
    "Json",
    "Reason",
    "SetName",
    "Store",
    "address",
    "brought",
    "content",
    "opened",
    "pairs",
    "restored",
    "who",
]
_REFUSED = 2
_LICENCE = "内部使用"  # the narrowest terms, where none were stated
_USER = ("LOGNAME", "USER", "USERNAME")

SetName = Annotated[str, typer.Argument(metavar="SET", help="图层名")]
By = Annotated[str, typer.Option("--by", help="经办人；缺省为登录名")]
Reason = Annotated[str, typer.Option("--reason", help="原因")]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What to print: what was staged, if anything was, and the faults that stopped it."""

    staged: Staged | None
    layers: tuple[str, ...]
    issues: tuple[Issue, ...]
    version: int | None = None

    @property
    def accepted(self) -> bool:
        return self.staged is not None and self.staged.accepted and not self.issues


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What ``import`` is asked: a file, how it is read, what is known of it, what to do."""

    path: Annotated[Path, typer.Argument(metavar="FILE", help="要导入的文件")]
    name: Annotated[str, typer.Option("--as", help="图层名，如 zone、parcel")]
    layer: Annotated[str, typer.Option(help="文件含多个图层时指定")] = ""
    crs: Annotated[str, typer.Option(help="坐标系，如 EPSG:4529；缺省按文件")] = ""
    swap: Annotated[bool, typer.Option("--swap", help="东坐标与北坐标对调")] = False
    shift: Annotated[Shift, typer.Option(help="坐标是否加偏：none、gcj02、bd09")] = Shift.UNASKED
    encoding: Annotated[str, typer.Option(help="文字编码；缺省自动识别")] = ""
    geometry: Annotated[str, typer.Option(help="表格的读法：wkt、points、rings、none")] = ""
    column: Annotated[list[str] | None, typer.Option(help="字段对应，如 地块号=id")] = None
    repair: Annotated[bool, typer.Option(help="采用图形修复")] = True
    set_aside: Annotated[bool, typer.Option("--set-aside", help="搁置有错的行")] = False
    partition: Annotated[bool, typer.Option("--partition", help="检查缝隙与碎面")] = False
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不入库")] = False
    by: By = ""
    title: Annotated[str, typer.Option(help="资料名称；缺省为文件名")] = ""
    issuer: Annotated[str, typer.Option(help="发布单位")] = ""
    issued: Annotated[str, typer.Option(help="发布日期，如 2026-05-01")] = ""
    document: Annotated[str, typer.Option(help="文号；法定资料必填")] = ""
    grade: Annotated[Grade, typer.Option(help="可信程度；缺省为示意")] = Grade.SCHEMATIC
    licence: Annotated[str, typer.Option(help="使用许可")] = _LICENCE
    secrecy: Annotated[str, typer.Option(help="密级")] = ""
    error_m: Annotated[float | None, typer.Option("--error-m", help="位置误差，米")] = None
    covers: Annotated[str, typer.Option(help="完整覆盖的范围：zone、hull 或 units:编号,编号")] = ""
    reason: Reason = ""
    sender: Annotated[str, typer.Option(help="来件单位；字段对应按此记住")] = ""
    log: Annotated[Path | None, typer.Option(help="问题清单写到 .xlsx")] = None
    store: Store = ""
    json: Json = False

    @property
    def terms(self) -> Terms:
        """How the file is read."""
        return Terms(
            choice=formats.Choice(self.layer, self.encoding, self.geometry),
            crs=self.crs,
            swapped=self.swap,
            shift=self.shift,
            columns=pairs(self.column or []),
            repair=self.repair,
            set_aside=self.set_aside,
            partition=self.partition,
            sender=self.sender,
        )

    @property
    def papers(self) -> Papers:
        """What is known of it."""
        return Papers(
            title=self.title or self.path.name,
            grade=self.grade,
            licence=self.licence,
            issuer=self.issuer,
            issued=_day(self.issued),
            document=self.document,
            secrecy=self.secrecy,
            error_m=self.error_m,
            reason=self.reason,
            covers=self.covers,
        )


def _brought(asked: Asked) -> None:
    """Read a file, check it, and store it as a set unless anything is wrong."""
    terms, papers, zone = asked.terms, asked.papers, opened(asked.store)
    path, by = asked.path, who(asked.by)
    if path.suffix.lower() in raster.SUFFIXES:
        kept = None if asked.dry_run else papers
        _raster(raster.brought(zone, path, asked.name, kept, by), as_json=asked.json)
        return
    done = _staged(zone, path, asked.name, terms)
    if done.accepted and not asked.dry_run:
        done = _committed(zone, done, papers, by)
    _tell(done, path, asked.log, as_json=asked.json)


brought = option.command(Asked, _brought)


def _raster(row: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        told.as_json(row)
    else:
        told.as_table(row["issues"], heading.ISSUES, "已接受" if row["accepted"] else "未接受")
    if not row["accepted"]:
        raise typer.Exit(_REFUSED)


def restored(  # noqa: PLR0913, PLR0917 - one parameter for each option
    name: SetName,
    version: Annotated[int, typer.Argument(metavar="VERSION", help="恢复到哪个版本")],
    reason: Reason = "",
    by: By = "",
    store: Store = "",
    json: Json = False,
) -> None:
    """Make a set what it was at a version, as a new version."""
    zone = opened(store)
    made = intake.restore(zone, name, version, by=who(by), reason=reason)
    row = {"set": name, "restored": version, "version": made}
    if json:
        told.as_json(row)
    else:
        told.as_table([row], heading.RESTORED_SET, "已恢复")


def _staged(zone: Zone, path: Path, name: str, terms: Terms) -> _Outcome:
    layers: tuple[str, ...] = ()
    try:
        upload = Upload(content(path), path.name)
        seen = formats.peek(upload.data, upload.filename)
        layers = tuple(one.name for one in seen.layers if one.name)
        return _Outcome(intake.stage(zone, upload, name, terms), layers, ())
    except GeoError as error:
        return _Outcome(None, layers, _faults(error))


def _committed(zone: Zone, done: _Outcome, papers: Papers, by: str) -> _Outcome:
    if done.staged is None:
        return done
    try:
        version = intake.commit(zone, done.staged, papers, by=by)
    except GeoError as error:
        return _Outcome(done.staged, done.layers, _faults(error))
    return _Outcome(done.staged, done.layers, (), version)


def _faults(error: GeoError) -> tuple[Issue, ...]:
    return (Issue(error.code, str(error)), *error.issues)


def content(path: Path) -> bytes:
    """A file's bytes; raises `DataError` QUOTA or FILE_MISSING."""
    try:
        if path.stat().st_size > UPLOAD_BYTES:
            raise DataError(f"文件超过 {UPLOAD_BYTES >> 20} MB，请拆分后导入", "QUOTA")
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"无法读取文件 {path.name}，请核对路径与权限", "FILE_MISSING") from error


def pairs(given: Sequence[str]) -> dict[str, str]:
    """``name=value`` as typed, each once; raises `DataError` COLUMN_UNKNOWN for what is not so."""
    found = [one.rpartition("=") for one in given]
    if not all(name and value for name, _, value in found):
        raise DataError("请写成 名称=值，如 地块号=id", "COLUMN_UNKNOWN")
    return {name: value for name, _, value in found}


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DataError(f"发布日期 {text} 应写成 2026-05-01", "DATE") from error


def who(by: str) -> str:
    """Who acts: as said, else who is logged in."""
    return by or next((os.environ[one] for one in _USER if os.environ.get(one)), "命令行")


def _issues(done: _Outcome) -> tuple[Issue, ...]:
    return (*done.issues, *(done.staged.issues if done.staged else ()))


def _row(done: _Outcome) -> dict[str, Any]:
    staged = done.staged
    features = staged.features if staged else 0
    stored = staged.stored if staged and done.accepted else 0
    return {
        "accepted": done.accepted,
        "features": features,
        "stored": stored,
        "reported": features - stored,
        "crs": staged.crs if staged else "",
        "encoding": staged.encoding if staged else "",
        "layers": list(done.layers),
        "issues": [answer.issue(one) for one in _issues(done)],
        "version": done.version,
    }


def _tell(done: _Outcome, path: Path, log: Path | None, *, as_json: bool) -> None:
    """Print the outcome, write the log, and end with the code that says refused."""
    row = _row(done)
    if as_json:
        told.as_json(row)
    else:
        _table(done, row, path)
    if log:
        _logged(log, issues_sheet.workbook(_issues(done), _about(done, path)))
    if not done.accepted:
        raise typer.Exit(_REFUSED)


def _table(done: _Outcome, row: dict[str, Any], path: Path) -> None:
    state = "已入库" if done.version else "检查通过" if done.accepted else "未入库"
    counts = f"{row['features']} 行，入库 {row['stored']}，未入库 {row['reported']}"
    told.as_table(row["issues"], heading.ISSUES, f"{path.name}：{state}；{counts}")


def _logged(path: Path, body: bytes) -> None:
    try:
        path.write_bytes(body)
    except OSError as error:
        raise DataError(f"无法写入 {path}，请检查文件夹与权限", "EXPORT_FAILED") from error


def _about(done: _Outcome, path: Path) -> dict[str, str]:
    row = _row(done)
    return {
        "文件": path.name,
        "结果": "通过" if done.accepted else "未通过",
        "行数": str(row["features"]),
        "入库": str(row["stored"]),
        "未入库": str(row["reported"]),
        "坐标系": row["crs"],
        "编码": row["encoding"],
    }
