"""The supply ledger from a shell: ``supply status | move | import | export | idle | …``."""

import math
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from geo import ledger, supply
from geo.chronicle import CHINA
from geo.edition import Edition
from geo.errors import DataError, LedgerError
from geo.ledger import Outcome, Sheet, form, reckon
from geo.shell import bring, heading, told
from geo.shell.bring import By, Json, Reason, Store
from geo.supply import Draft
from geo.supply.totals import totals
from geo.units import AreaUnit
from layers import sheet

app = typer.Typer(help="供应台账：状态、变动、导入、时钟、批而未供、计划。", no_args_is_help=True)
AsOf = Annotated[str, typer.Option("--as-of", help="生效截至哪一天，如 2024-06-30；缺省为今天")]
Known = Annotated[str, typer.Option("--known", help="已知截至：日期或版本号；缺省为现在")]
Document = Annotated[str, typer.Option("--document", help="依据的文号")]
On = Annotated[str, typer.Option("--on", help="生效日；缺省为今天")]
_REFUSED = 2


def today() -> date:
    """Today at the office."""
    return datetime.now(CHINA).date()


def day_of(text: str) -> date | None:
    """A day as typed; None where nothing was."""
    return supply.day(text) if text else None


def known_of(text: str) -> date | int | None:
    """A day or a version as typed; None where nothing was."""
    return int(text) if text.isdigit() and len(text) < 8 else day_of(text)


@app.command(help="某一天、按某时所知的全部宗地状态与合计。")
def status(as_of: AsOf = "", known: Known = "", store: Store = "", json: Json = False) -> None:
    """Print every live parcel with its status, and totals."""
    zone = bring.opened(store)
    moment = ledger.moment(zone, day_of(as_of) or today(), known_of(known))
    table = reckon.table(zone, moment)
    rows = [
        {"id": id_, "status": state, "since": since.isoformat(), "area_m2": _number(area)}
        for id_, state, since, area in table[["id", "status", "since", "area_m2"]].itertuples(
            index=False
        )
    ]
    summed = totals(table, "status", AreaUnit.MU, list(ledger.supply_rules().statuses))
    parts = [_total(one) for one in summed.rows]
    if json:
        told.as_json(
            {
                "as_of": str(moment.as_of),
                "known": zone.version if moment.known is None else moment.known,
                "example": zone.example,
                "parcels": rows,
                "totals": {"by_status": parts, **_total(summed.whole)},
            }
        )
        return
    names = ledger.supply_rules()
    shown = [one | {"status": names.name(one["status"])} for one in rows]
    told.as_table(shown, heading.SUPPLY, f"{mark(zone.example)}供应台账 {moment.as_of}")
    shown = [one | {"status": names.name(one["status"])} for one in parts]
    told.as_table(shown, heading.TOTALS, "合计")


def _total(one: Any) -> dict[str, Any]:
    return {
        "status": one.key,
        "count": one.count,
        "blank": one.blank,
        "area_m2": one.area_m2,
        "area_mu": float(one.shown),
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def mark(example: bool) -> str:
    """What a title of a demonstration store begins with."""
    return "示例 · " if example else ""


@app.command(help="宗地状态变更，如 supply move A-1 已供 --set price_wan=1200 --document 文号。")
def move(  # noqa: PLR0913, PLR0917 - one parameter for each option
    id_: Annotated[str, typer.Argument(metavar="ID", help="宗地编号")],
    to: Annotated[str, typer.Argument(metavar="STATUS", help="到哪一阶段")],
    given: Annotated[list[str] | None, typer.Option("--set", help="字段=值，可多次")] = None,
    on: On = "",
    reason: Reason = "",
    document: Document = "",
    by: By = "",
    store: Store = "",
    json: Json = False,
) -> None:
    """Move one parcel to another status."""
    zone = bring.opened(store)
    held, rules = ledger.book(zone), ledger.supply_rules()
    day = day_of(on) or today()
    parcel = held.supply.parcel(id_, day)
    if parcel is None:
        raise LedgerError(f"台账中 {day} 没有宗地 {id_}，请核对编号", "PARCEL_UNKNOWN")
    names = {one.name: key for key, one in rules.statuses.items()}
    draft = Draft(rules, bring.who(by), datetime.now(UTC), day, reason, document)
    event = draft.moved(parcel, names.get(to, to), _fields(given or []))
    made = ledger.record(zone, [event], seen=held.version)
    row = {"id": id_, "from": parcel.status, "to": event.data["to"], "on": str(day)}
    told.one(row | {"version": made}, heading.MOVED, "已变更", as_json=json)


def _fields(given: list[str]) -> dict[str, str]:
    """Field key → value as typed, the field named by key or in Chinese."""
    keys = {one.name: key for key, one in ledger.supply_rules().fields.items()}
    return {keys.get(name, name): value for name, value in bring.pairs(given).items()}


@app.command("import", help="从 Excel 批量入账：逐行比对；--dry-run 只看不写。")
def brought(  # noqa: PLR0913, PLR0917 - one parameter for each option
    path: Annotated[Path, typer.Argument(metavar="FILE", help=".xlsx 或 .csv")],
    layer: Annotated[str, typer.Option("--sheet", help="工作表；只有一张时可省")] = "",
    column: Annotated[list[str] | None, typer.Option(help="列对应，如 用地单位=grantee")] = None,
    on: On = "",
    reason: Reason = "",
    document: Document = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只比对，不写入")] = False,
    leave: Annotated[bool, typer.Option("--leave-refused", help="搁置不能入账的行")] = False,
    by: By = "",
    store: Store = "",
    json: Json = False,
) -> None:
    """Compare a sheet with the ledger line by line and, unless a dry run, keep it."""
    zone = bring.opened(store)
    given = Sheet(bring.content(path), path.name, layer, said=bring.pairs(column or []))
    run = ledger.dry_run(zone, given, by=bring.who(by), on=day_of(on))
    made = None
    refused = run.counts[Outcome.REFUSED] and not leave
    if not dry_run and not refused:
        made = ledger.commit(zone, run, reason=reason, document=document, leave_refused=leave)
    rows = [_line(one) for one in run.lines]
    if json:
        answer = {"file": path.name, "counts": run.counts, "lines": rows, "absent": run.absent}
        columns = {one.heading: one.key for one in run.columns}
        told.as_json(answer | {"columns": columns, "version": made})
    else:
        told.as_table([one | {"issues": _issues(one)} for one in rows], heading.LINES, path.name)
    if refused:
        raise typer.Exit(_REFUSED)


def _issues(row: dict[str, Any]) -> str:
    return "；".join(one["message"] for one in row["issues"])


def _line(one: ledger.Line) -> dict[str, Any]:
    return {
        "row": one.row,
        "id": one.id,
        "outcome": one.outcome.value,
        "changes": [
            {"field": each.key, "old": _plain(each.old), "new": _plain(each.new)}
            for each in one.differences
        ],
        "issues": [
            {"code": each.code, "field": each.field, "value": each.value, "message": each.message}
            for each in one.issues
        ],
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@app.command(help="按办公室的列序导出 .xlsx。")
def export(  # noqa: PLR0913, PLR0917 - one parameter for each option
    path: Annotated[Path, typer.Argument(metavar="FILE", help="写到哪个 .xlsx")],
    as_of: AsOf = "",
    known: Known = "",
    edition: Annotated[Edition, typer.Option(help="内部版或公开版")] = Edition.INTERNAL,
    store: Store = "",
    json: Json = False,
) -> None:
    """Write the ledger in the office's own columns."""
    if path.suffix.lower() != ".xlsx":
        raise DataError(f"台账导出为 .xlsx，收到 {path.name}，请改文件名", "EXPORT_KIND")
    zone = bring.opened(store)
    moment = ledger.moment(zone, day_of(as_of), known_of(known))
    columns = form.written(zone, form.form(zone), moment=moment, edition=edition)
    title = f"{mark(zone.example)}供应台账"
    about = {**form.about(zone, moment, edition), **zone.seal(moment.known).rows()}
    try:
        path.write_bytes(sheet.workbook(title, columns, about))
    except OSError as error:
        raise DataError(
            f"无法写入 {path}，请检查文件夹是否存在、是否可写、文件是否正被打开", "EXPORT_FAILED"
        ) from error
    count = max((len(one) for one in columns.values()), default=0)
    row = {"file": str(path), "parcels": count, "columns": len(columns)}
    told.one(row, heading.WRITTEN, "已导出", as_json=json)
