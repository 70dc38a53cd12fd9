"""Score of each lead unit (考核): every input listed, every point to be recomputed by anyone.

Only projects that the office itself works on count; what is known from public sources alone
does not. The weights come from a file (see `Formula`): the plan gives none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from geo.projects import reporting
from geo.projects.register import Register
from geo.projects.rules import COUNTS, Formula, Rules
from geo.projects.values import Project

BASE = "base"


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One line of a unit's sheet: `points` = `count` × `weight`; `total` sums the unit's points.

    `inputs` are the things counted: ``J01``, ``J01/completed 2024-07-01`` (step and day) or
    ``J01 2024-06`` (month).
    """

    unit: str
    item: str
    name: str
    name_en: str
    inputs: tuple[str, ...]
    count: int
    weight: float
    points: float
    total: float


def score(
    register: Register, day: date, formula: Formula, known: int | None = None
) -> tuple[ScoreRow, ...]:
    """Sheets of all lead units on a day, for its year so far; units by name."""
    units = dict[str, list[Project]]()
    for project in register.at(day, known).values():
        if project.lead and project.adopted:
            units.setdefault(project.lead, []).append(project)
    rows = list[ScoreRow]()
    for unit in sorted(units):
        rows += _sheet(unit, counted(units[unit], day, register.rules), formula)
    return tuple(rows)


def counted(projects: list[Project], day: date, rules: Rules) -> Mapping[str, tuple[str, ...]]:
    """What is counted for one unit on a day, under the name of its item."""
    start = day.replace(month=1, day=1)
    found: dict[str, list[str]] = {name: [] for name in COUNTS}
    for one in projects:
        if one.live and one.colour in found:
            found[one.colour].append(one.id)
        for mark in one.marks:
            where = f"{one.id}/{mark.step}"
            if start <= mark.red <= day:
                found["marks"].append(f"{where} {mark.red}")
            if mark.how == "done" and mark.cleared and start <= mark.cleared <= day:
                found["made_up"].append(f"{where} {mark.cleared}")
        found["on_time"] += [
            f"{one.id}/{step.id} {step.done.when.day}"
            for step in one.steps
            if step.done and step.due and not step.marks and start <= step.done.when.day <= day
        ]
        for month, report in reporting.lapses(one, start, day, rules):
            found["late_report" if report else "missed_report"].append(f"{one.id} {month}")
    return {name: tuple(inputs) for name, inputs in found.items()}


def _sheet(unit: str, inputs: Mapping[str, tuple[str, ...]], formula: Formula) -> list[ScoreRow]:
    base = Decimal(repr(formula.base))
    points = {id_: len(inputs[id_]) * Decimal(repr(w.points)) for id_, w in formula.items.items()}
    total = float(base + sum(points.values()))
    first = ScoreRow(unit, BASE, "基础分", "Base", (), 1, formula.base, formula.base, total)
    return [first] + [
        ScoreRow(
            *(unit, id_, one.name, one.name_en, inputs[id_], len(inputs[id_])),
            *(one.points, float(points[id_]), total),
        )
        for id_, one in formula.items.items()
    ]
