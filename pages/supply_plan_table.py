"""Plan against actual: the figures at the top, a table by use, a chart by quarter."""

from typing import Any

import pandas as pd

from geo.supply.quota import QUARTERS, Gap, Quota
from layers import supply_chart
from pages import parts, supply_words
from pages.target_words import safe

_COLORS = ("#9FB3C8", "#1F5FA8")


def figures(found: Quota) -> str:
    """Planned, actual and deviation of the year."""
    words, total = parts.section("supply"), found.total.year
    cells = [
        (words["planned"], supply_words.size(total.plan_m2)),
        (words["actual"], supply_words.size(total.actual_m2)),
        (words["deviation"], _off(total)),
    ]
    inner = "".join(f"<div><dt>{safe(n)}</dt><dd><b>{safe(v)}</b></dd></div>" for n, v in cells)
    return f'<dl class="tfigures">{inner}</dl>'


def _off(gap: Gap) -> str:
    """Actual less plan with its sign, and in percent of the plan."""
    off = gap.deviation_m2
    if off is None:
        return "—"
    pct = "" if gap.pct is None else f"（{gap.pct:+.1f}%）"
    sign = "▲ " if off > 0 else "▼ " if off < 0 else ""
    return f"{sign}{supply_words.size(abs(off))}{pct}"


def table(found: Quota) -> pd.DataFrame:
    """A row a use: plan and actual of each quarter and the year; the last row is the total."""
    words = parts.section("supply")
    lines = []
    for row in (*found.rows, found.total):
        name = words["total"] if row is found.total else supply_words.use(row.use)
        line: dict[str, str] = {words["by_use"]: name or words["none_use"]}
        for quarter, gap in zip(QUARTERS, row.quarters, strict=True):
            head = words["quarter"].format(number=quarter)
            line[head] = f"{_bare(gap.plan_m2)} / {_bare(gap.actual_m2)}"
        line[words["year_whole"]] = f"{_bare(row.year.plan_m2)} / {_bare(row.year.actual_m2)}"
        line[words["deviation"]] = _off(row.year)
        lines.append(line)
    return pd.DataFrame(lines)


def _bare(m2: float | None) -> str:
    found = supply_words.bare(m2)
    return "—" if found is None else f"{found:,}"


def chart(found: Quota, about: str) -> Any:
    """Planned and actual of each quarter."""
    words = parts.section("supply")
    rows = [
        {
            "group": words["quarter"].format(number=quarter),
            "part": words[part],
            "value": supply_words.bare(value) or 0.0,
            "text": supply_words.size(value),
        }
        for quarter, gap in zip(QUARTERS, found.total.quarters, strict=True)
        for part, value in (("planned", gap.plan_m2), ("actual", gap.actual_m2))
    ]
    titles = {"group": words["quarter_head"], "part": words["kind"]}
    titles["value"] = f"{words['col_area']}/{supply_words.sign()}"
    return supply_chart.beside(pd.DataFrame(rows), _COLORS, titles, about)
