"""The project register from a shell: ``projects list | score | report``."""

import re
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer

from geo import ledger, projects
from geo.errors import DataError
from geo.projects import AccountRow, Project
from geo.shell import bring, heading, told
from geo.shell.bring import Json, Store
from geo.shell.supply import AsOf, Known, day_of, known_of, mark, today

app = typer.Typer(help="重大工程项目库：清单、考核、增减与月报。", no_args_is_help=True)


@app.command("list", help="某一天的项目：颜色、当前节点、红灯记录、关联宗地。")
def listed(as_of: AsOf = "", known: Known = "", store: Store = "", json: Json = False) -> None:
    """Print every project in the register."""
    zone = bring.opened(store)
    moment = ledger.moment(zone, day_of(as_of) or today(), known_of(known))
    held = ledger.book(zone).register.at(moment.as_of or today(), moment.known)
    rows = [_project(one) for one in held.values()]
    if json:
        told.as_json({"as_of": str(moment.as_of), "example": zone.example, "projects": rows})
    else:
        told.as_table(rows, heading.PROJECTS, f"{mark(zone.example)}重大项目 {moment.as_of}")


def _project(one: Project) -> dict[str, Any]:
    step = next((step for step in one.steps if step.done is None and step.deadlines), None)
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "lead": one.lead,
        "tags": list(one.tags),
        "live": one.live,
        "phase": one.phase,
        "colour": one.colour.value,
        "why": one.why,
        "step": step.name if step else None,
        "due": str(step.due) if step and step.due else None,
        "marks": [{"step": each.step, "red": str(each.red)} for each in one.marks],
        "parcels": list(one.links),
        "latest": str(one.latest) if one.latest else None,
        "quiet": one.quiet,
        "example": one.example,
    }


@app.command(help="按牵头单位考核：每一项的依据、权重和得分。")
def score(on: AsOf = "", known: Known = "", store: Store = "", json: Json = False) -> None:
    """Print the score sheet of every lead unit."""
    zone = bring.opened(store)
    day, rules = day_of(on) or today(), ledger.project_rules()
    moment = ledger.moment(zone, day, known_of(known))
    found = projects.score(ledger.book(zone).register, day, rules.formula, moment.known)
    rows = [asdict(one) | {"inputs": list(one.inputs)} for one in found]
    if json:
        told.as_json({"on": str(day), "example": zone.example, "rows": rows})
    else:
        told.as_table(rows, heading.SCORE, f"{mark(zone.example)}考核 {day}（示例权重）")


@app.command(help="两天之间的增减：期初 + 增补 − 退出 = 期末；及某月未报的项目。")
def report(  # noqa: PLR0913, PLR0917 - one parameter for each option
    start: Annotated[str, typer.Option("--from", help="自哪天；缺省为年初")] = "",
    end: Annotated[str, typer.Option("--to", help="至哪天；缺省为今天")] = "",
    month: Annotated[str, typer.Option(help="月报月份，如 2026-06；缺省为上月")] = "",
    known: Known = "",
    store: Store = "",
    json: Json = False,
) -> None:
    """Print opening, added, left and closing, and who has not reported."""
    zone = bring.opened(store)
    last = day_of(end) or today()
    first = day_of(start) or date(last.year, 1, 1)
    if first > last:
        raise DataError(f"起始日 {first} 晚于截止日 {last}，请核对", "REPORT_DAYS")
    if month and not _MONTH.fullmatch(month):
        raise DataError(f"“{month}”不是月份，请写成 2026-06", "REPORT_MONTH")
    moment = ledger.moment(zone, last, known_of(known))
    register = ledger.book(zone).register
    rows = [_account(one) for one in projects.account(register, first, last, "", moment.known)]
    missing = projects.missing(register, month or _before(last), last, moment.known)
    lacking = [told.plain(asdict(one)) for one in missing]
    if json:
        answer = {"from": str(first), "to": str(last), "account": rows, "missing": lacking}
        told.as_json(answer | {"example": zone.example})
        return
    counts = [{key: len(one[key]) for key in _COLUMNS} for one in rows]
    told.as_table(counts, heading.ACCOUNT, f"{mark(zone.example)}项目增减 {first} 至 {last}")


_MONTH = re.compile(r"(?!0000)\d{4}-(0[1-9]|1[0-2])")
_COLUMNS = ("opening", "added", "left", "closing", "adjusted")


def _account(one: AccountRow) -> dict[str, Any]:
    return {key: list(getattr(one, key)) for key in _COLUMNS} | {"closes": one.closes}


def _before(day: date) -> str:
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return f"{year}-{month:02d}"
