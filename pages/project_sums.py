"""Tables of the money: by month, and by lead unit."""

from collections.abc import Sequence

from geo import projects
from geo.projects import Investment, Project
from geo.units import half_up
from pages import parts, project_state, project_table, project_words
from pages.project_table import Cell
from pages.target_words import number


def percent(share: float | None) -> str:
    """A share as a percentage; a dash for none."""
    return "—" if share is None else f"{half_up(share * 100, 1)} %"


def months(whole: Investment) -> str:
    """A row a month; one that nobody reported says so."""
    heads = ("month", "planned", "completed", "planned_sum", "completed_sum", "share", "reported")
    first = min((m.month for m in whole.months if m.projects), default="")
    rows = [
        [
            Cell(m.month),
            *(Cell(_money(x), right=True) for x in (m.planned_wan, m.completed_wan)),
            *(
                Cell(text if first and m.month >= first else "—", right=True)
                for text in (
                    number(m.planned_so_far_wan),
                    number(m.completed_so_far_wan),
                    percent(m.share),
                )
            ),
            Cell.of(m.projects) if m.projects else Cell(parts.t("project", "no_report")),
        ]
        for m in whole.months
    ]
    return project_table.html(heads, rows, "pmonths")


def _money(value: float | None) -> str:
    return "—" if value is None else number(value)


def units(found: Sequence[Project], year: int) -> str:
    """A row a lead unit."""
    rows = []
    for lead, mine in sorted(project_state.grouped(found, "lead").items()):
        one = projects.investment(mine, year)
        last, share = one.months[-1], [m.share for m in one.months][-1]
        stated = any(m.planned_wan is not None or m.completed_wan is not None for m in one.months)
        sums = (last.planned_so_far_wan, last.completed_so_far_wan)
        money = [number(x) if stated else parts.t("project", "no_report") for x in sums]
        cells = [_money(one.annual_wan), *money, percent(share if stated else None)]
        rows.append([Cell(project_words.office(lead)), Cell.of([one.id for one in mine])])
        rows[-1] += [Cell(text, right=True) for text in cells]
    heads = ("col_lead", "projects", "annual_plan", "planned_sum", "completed_sum", "share")
    return project_table.html(heads, rows, "punits")
