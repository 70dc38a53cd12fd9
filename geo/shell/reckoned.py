"""What is reckoned from the ledger, from a shell: ``supply idle | unsupplied | plan``."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from geo import ledger
from geo.ledger import reckon
from geo.shell import bring, heading, told
from geo.shell.bring import Json, Store
from geo.shell.supply import AsOf, Known, On, app, day_of, known_of, mark, today
from geo.supply import batch, quota
from geo.supply.clock import Clock


@app.command(help="闲置时钟：疑似闲置、逾期，及 30/90 天内到期的日期。")
def idle(on: On = "", known: Known = "", store: Store = "", json: Json = False) -> None:
    """Print the idle clock of every parcel that has one."""
    zone = bring.opened(store)
    day = day_of(on) or today()
    moment = ledger.moment(zone, day, known_of(known))
    rows = [_clock(one) for one in reckon.clocks(zone, day, moment.known)]
    if json:
        told.as_json({"on": str(day), "example": zone.example, "clocks": rows})
        return
    shown = [one for one in rows if one["flags"] or one["outcome"] in ("suspect", "unknown")]
    told.as_table(shown, heading.CLOCKS, f"{mark(zone.example)}预警 {day}（只作疑似提示）")


def _clock(one: Clock) -> dict[str, Any]:
    return {
        "id": one.parcel,
        "outcome": one.outcome.value,
        "ground": one.ground.value if one.ground else None,
        "flags": list(one.flags),
        "dues": [{"kind": due.kind, "on": str(due.on), "left": due.left} for due in one.dues],
        "paused_days": one.paused_days,
        "area_share": one.area_share,
        "invest_share": one.invest_share,
        "missing": list(one.missing),
        "fee_limit_wan": one.fee_limit_wan,
        "articles": list(one.articles),
    }


@app.command(help="批而未供：按批次、年度、单元，批准减供应。")
def unsupplied(as_of: AsOf = "", known: Known = "", store: Store = "", json: Json = False) -> None:
    """Print approved land that is not supplied."""
    zone = bring.opened(store)
    moment = ledger.moment(zone, day_of(as_of) or today(), known_of(known))
    found = reckon.unsold_sheet(zone, moment)
    rows = [_batch(one) for one in (*found.rows, found.total)]
    if json:
        basis = reckon.unsold(zone, moment).basis.value
        told.as_json(
            {
                "as_of": str(moment.as_of),
                "example": zone.example,
                "basis": basis,
                "rows": rows[:-1],
                "total": rows[-1],
            }
        )
        return
    told.as_table(rows, heading.UNSUPPLIED, f"{mark(zone.example)}批而未供（公顷；末行合计）")


def _batch(one: batch.Row) -> dict[str, Any]:
    areas = dict(zip(("approved_m2", "supplied_m2", "unsupplied_m2"), one.areas_m2, strict=True))
    texts = {key: getattr(one, key) for key in ("batch", "year", "unit", "document")}
    shown = {
        f"{key}_ha": float(getattr(one, key)) for key in ("approved", "supplied", "unsupplied")
    }
    return texts | areas | shown | {"plots": one.plots, "parcels": one.parcels, "blank": one.blank}


@app.command(help="年度供应计划与实际：按用途和季度。")
def plan(
    year: Annotated[int, typer.Argument(metavar="YEAR", help="年份")],
    on: On = "",
    store: Store = "",
    json: Json = False,
) -> None:
    """Print a year's plan of supply against what was supplied."""
    zone = bring.opened(store)
    day = day_of(on) or today()
    found = reckon.year_plan(zone, year, day)
    rows = [_use(one) for one in (*found.rows, found.total)]
    if json:
        answer = {"year": year, "on": str(day), "example": zone.example}
        answer |= {"states": list(found.states), "rows": rows[:-1]}
        told.as_json(answer | {"total": rows[-1], "unplanned": list(found.unplanned)})
        return
    told.as_table(rows, heading.PLAN, f"{mark(zone.example)}{year} 年供应计划（㎡；末行合计）")


def _use(one: quota.UseRow) -> dict[str, Any]:
    gap = one.year
    quarters = [asdict(each) for each in one.quarters]
    row = {"use": one.use, "plan_m2": gap.plan_m2, "actual_m2": gap.actual_m2}
    return row | {"deviation_m2": gap.deviation_m2, "pct": gap.pct, "quarters": quarters}


__all__ = ["app"]
