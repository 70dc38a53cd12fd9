"""The plan's register from a shell: ``plan entities``, ``targets``, ``check``, ``clauses``."""

import typer

from geo import plan
from geo.shell import answer, heading, home, told
from geo.shell.home import Json, Store
from geo.zone import DATA

app = typer.Typer(no_args_is_help=True)


@app.command(help="144 个实体：是否落图，未落图的原因。")
def entities(store: Store = "", json: Json = False) -> None:
    """Print every entity of the plan."""
    zone = home.opened(store)
    placed = zone.placed()
    reasons = {one.id: one.reason for one in zone.catalog.unplaced}
    rows = [answer.entity(one, placed, reasons) for one in zone.plan.entities]
    told.shown(rows, heading.ENTITIES, "规划实体", as_json=json)


@app.command(help="53 项目标：基数、实际、差距、存疑。")
def targets(json: Json = False) -> None:
    """Print every target of the plan."""
    rows = [answer.target(one) for one in plan.progress(_plan())]
    told.shown(rows, heading.TARGETS, "规划目标", as_json=json)


@app.command(help="重算方案自身的数字：一致、不一致、无法核对。")
def check(json: Json = False) -> None:
    """Print the plan's arithmetic, recomputed."""
    rows = [answer.check(one) for one in plan.check(_plan())]
    told.shown(rows, heading.CHECK, "方案核算", as_json=json)


@app.command(help="条款，及其涉及的实体与目标。")
def clauses(json: Json = False) -> None:
    """Print every clause with what it speaks of."""
    known = _plan()
    rows = [answer.clause(one, known) for one in known.clauses]
    told.shown(rows, heading.CLAUSES, "条款", as_json=json)


def _plan() -> plan.Plan:
    return plan.read(DATA / "plan")
