"""Land-use scenarios from a shell: ``scenario solve | compare | explain | list``."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from geo import scenario
from geo.errors import DataError
from geo.scenario import About, Comparison, Definition, Kept, Outcome, State, Told
from geo.shell import bring, heading, told
from geo.shell.bring import By, Json, Store
from geo.units import AreaUnit, mu
from geo.zone import Zone

app = typer.Typer(help="用地配置方案：求解、比较、为何不可行、清单。", no_args_is_help=True)
Lang = Annotated[str, typer.Option("--lang", help="写出文件的语言：zh 或 en")]
Period = Annotated[int | None, typer.Option("--period", help="只写出这一年的配置；缺省为各期累计")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只求解，不保存")]


@app.command(help="求解一个方案（TOML），证明与最优的差距，并保存。")
def solve(  # noqa: PLR0913, PLR0917 - one parameter for each option
    path: Annotated[Path, typer.Argument(metavar="FILE", help="方案文件，见 docs/samples")],
    out: Annotated[Path | None, typer.Option(help="写出 gpkg xlsx tif pptx geojson zip 等")] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help="写出 PDF 方案页")] = None,
    parent: Annotated[str, typer.Option(help="由哪个方案改来，如 PZ-2026-0001")] = "",
    note: Annotated[str, typer.Option(help="说明")] = "",
    period: Period = None,
    lang: Lang = "zh",
    dry_run: DryRun = False,
    by: By = "",
    store: Store = "",
    json: Json = False,
) -> None:
    """Solve a scenario and keep it; exit code 0 also where its demands cannot all be met."""
    zone, asked = bring.opened(store), _read(path)
    english, number = _english(lang), _number(asked, period)
    outcome = scenario.run(zone, asked)
    shown = outcome if number is None else scenario.of_period(outcome, number)
    id_ = None if dry_run else scenario.keep(zone, outcome, About(bring.who(by), parent, note))
    for path_ in filter(None, (out, pdf)):
        from geo.shell import scenario_file  # noqa: PLC0415 - loads what draws pages

        scenario_file.save(zone, shown, path_, english=english)
    row = {"id": id_} | solved(outcome)
    if json:
        told.as_json(row)
    else:
        told.as_table(row["demands"], heading.DEMANDS, _title(outcome, id_))
        told.as_table(_sentences(outcome.told), heading.REASONS, "原因") if outcome.told else None


@app.command(help="方案为何不可行：哪项需求、哪条限制、差多少亩、最少怎样改。")
def explain(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="方案文件（TOML）")],
    store: Store = "",
    json: Json = False,
) -> None:
    """Print why demands cannot be met; nothing where they can. Writes nothing."""
    zone = bring.opened(store)
    prepared = scenario.prepare(zone, _read(path))
    found = scenario.explain(prepared)
    row = {
        "feasible": not found,
        "example": prepared.example,
        "no_data": [one.name for one in prepared.no_data],
        "reasons": [_reason(one) for one in found],
        "version": prepared.version,
    }
    if json:
        told.as_json(row)
    else:
        told.as_table(_sentences(found), heading.REASONS, "需求可以满足" if not found else "不可行")


@app.command(help="比较两个方案（编号或 TOML 文件）：从哪类到哪类多少亩、指标、条款。")
def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="编号或 TOML 文件")],
    second: Annotated[str, typer.Argument(metavar="B", help="编号或 TOML 文件")],
    store: Store = "",
    json: Json = False,
) -> None:
    """Print what differs between two scenarios of the same units."""
    zone = bring.opened(store)
    a, b = (_either(zone, text) for text in (first, second))
    found = scenario.compare(a, b)
    row = _compared(found) | {"a": first, "b": second}
    if json:
        told.as_json(row | {"example": a.prepared.example or b.prepared.example})
    else:
        told.as_table(row["matrix"], heading.FLOW, f"{first} → {second}，亩")
        told.as_table(row["indicators"], heading.INDICATORS, "指标")


@app.command("list", help="保存的方案：状态、差距、来历、是否已批准。")
def listed(store: Store = "", json: Json = False) -> None:
    """Print every scenario that is kept, the latest first."""
    rows = [_kept(one) for one in scenario.listed(bring.opened(store))]
    if json:
        told.as_json(rows)
    else:
        told.as_table(rows, heading.SCENARIOS, "方案")


def solved(outcome: Outcome) -> dict[str, Any]:
    """An outcome as ``--json`` tells it; prices and shortfalls by use, beside the quick methods."""
    found, prepared = outcome.allocation, outcome.prepared
    uses = prepared.problem.uses
    return {
        "name": prepared.definition.name,
        "state": found.state.value,
        "objective": found.objective,
        "bound": found.bound if found.gap_pct is not None else None,
        "gap_pct": found.gap_pct,
        "prices": dict(zip(uses, map(float, found.prices), strict=True)),
        "area_mu": {use: mu(float(m2)) for use, m2 in zip(uses, found.area_m2, strict=False)},
        "short_mu": dict(zip(uses, found.short_mu, strict=True)),
        "demands": [_demand(one) for one in scenario.coverage(outcome)],
        "indicators": [_indicator(one) for one in scenario.indicators(outcome)],
        "beside": {
            name: {"state": one.state.value, "objective": one.objective, "seconds": one.seconds}
            for name, one in outcome.beside.items()
        },
        "reasons": [_reason(one) for one in outcome.told],
        "units": len(prepared.land),
        "method": found.method,
        "settled": found.settled,
        "cost_pct": found.cost_pct,
        "seconds": found.seconds,
        "example": prepared.example,
        "no_data": [one.name for one in prepared.no_data],
        "inputs": prepared.digest,
        "version": prepared.version,
    }


def _read(path: Path) -> Definition:
    try:
        return scenario.of_toml(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"无法读取方案文件 {path.name}，请核对路径与编码", "FILE_MISSING"
        ) from error


def _english(lang: str) -> bool:
    if lang not in {"zh", "en"}:
        raise DataError(f"不能用 {lang} 写文件，--lang 只能是 zh 或 en", "LANGUAGE")
    return lang == "en"


def _number(asked: Definition, year: int | None) -> int | None:
    """Number of the period of a year, None for all."""
    if year is None:
        return None
    if year not in asked.periods:
        there = "、".join(map(str, asked.periods)) or "没有分期"
        raise DataError(f"方案没有 {year} 年这一期（{there}），请改 --period", "PERIOD")
    return asked.periods.index(year)


def _either(zone: Zone, text: str) -> Outcome:
    if text.lower().endswith(".toml"):
        return scenario.run(zone, _read(Path(text)))
    return scenario.opened(zone, text)


def _title(outcome: Outcome, id_: str | None) -> str:
    gap = outcome.allocation.gap_pct
    proof = "未证明" if gap is None else f"与最优相差不超过 {gap:.4f}%"
    state = _STATES[outcome.allocation.state]
    return f"{scenario.title(outcome)} {id_ or '（未保存）'}：{state}，{proof}"


_STATES: Mapping[State, str] = {
    State.DONE: "满足全部需求",
    State.FAILED: "不能满足全部需求",
    State.CANCELLED: "已取消",
}


def _demand(one: scenario.Coverage) -> dict[str, Any]:
    return {
        "use": one.use.id,
        "code": one.use.code,
        "name": one.use.name,
        "period": one.period,
        "year": one.year,
        "target": one.target,
        "clause": one.clause,
        "asked_mu": one.asked_mu,
        "got_mu": one.got_mu,
        "short_mu": one.short_mu,
        "over_mu": one.over_mu,
        "met": one.met,
    }


def _indicator(one: scenario.Indicator) -> dict[str, Any]:
    keys = ("id", "title", "title_en", "unit", "value", "formula", "basis")
    return {key: getattr(one, key) for key in keys}


def _reason(one: Told) -> dict[str, Any]:
    return {
        "code": one.code,
        "uses": list(one.uses),
        "short_mu": one.short_mu,
        "text": one.text,
        "text_en": one.text_en,
        "details": [zh for zh, _ in one.details],
        "details_en": [en for _, en in one.details],
        "change": [
            {"kind": row.kind, "what": row.what, "title": row.title, "by_mu": row.by_mu}
            for row in one.rows
        ],
    }


def _sentences(found: tuple[Told, ...]) -> list[dict[str, Any]]:
    lines = [line for one in found for line in (one.text, *(zh for zh, _ in one.details))]
    return [{"text": line} for line in lines]


def _compared(found: Comparison) -> dict[str, Any]:
    cells = found.flow.rounded(AreaUnit.MU, 1)
    matrix = [
        {"from": start, "to": end, "mu": float(cells[i][j])}
        for i, start in enumerate(found.flow.rows)
        for j, end in enumerate(found.flow.columns)
        if cells[i][j]
    ]
    both = {one.id: (one, None) for one in found.indicators[0]}
    pairs = both | {one.id: (both.get(one.id, (None, None))[0], one) for one in found.indicators[1]}
    return {
        "matrix": matrix,
        "total_mu": float(sum(value for row in cells for value in row)),
        "changed_mu": sum(one["mu"] for one in matrix if one["from"] != one["to"]),
        "indicators": [_pair(*pair) for pair in pairs.values()],
        "demands": {
            side: [_demand(one) for one in rows]
            for side, rows in zip("ab", found.coverage, strict=True)
        },
        "prices": {
            side: {_of(one): one.points for one in rows}
            for side, rows in zip("ab", found.prices, strict=True)
        },
    }


def _of(one: scenario.Price) -> str:
    return f"{one.use.id}@{one.period}" if one.period else one.use.id


def _pair(a: scenario.Indicator | None, b: scenario.Indicator | None) -> dict[str, Any]:
    known = a or b
    if known is None:
        raise DataError("没有可比较的指标，请重新求解", "SCENARIO")
    sides = {"a": a.value if a else None, "b": b.value if b else None}
    return {"id": known.id, "title": known.title, "unit": known.unit} | sides


def _kept(one: Kept) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "state": one.state.value,
        "gap_pct": one.gap_pct,
        "parent": one.parent,
        "by": one.by,
        "at": one.at.isoformat(),
        "note": one.note,
        "example": one.example,
        "locked": one.locked,
        "approved": one.approved,
        "inputs": one.inputs,
        "version": one.version,
    }
