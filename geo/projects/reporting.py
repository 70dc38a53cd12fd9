"""Monthly reports: who owes one and did not hand it in (本月未报), and money by month. 万元."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from geo.projects import moment
from geo.projects.register import Register
from geo.projects.rules import Rules
from geo.projects.values import Project, Report


@dataclass(frozen=True, slots=True)
class Missing:
    """A project whose report for a month is missing; `last` is the last month reported."""

    lead: str
    id: str
    name: str
    month: str
    due: date
    last: str


@dataclass(frozen=True, slots=True)
class MonthSum:
    """Money of one month and of the year so far; None where nothing was stated.

    `share` is the year's completed money of the projects that have an annual plan, over that
    plan; `projects` are those that reported.
    """

    month: str
    planned_wan: float | None
    completed_wan: float | None
    planned_so_far_wan: float
    completed_so_far_wan: float
    share: float | None
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Investment:
    """A year's money by month; `unplanned` are projects without an annual plan."""

    year: int
    months: tuple[MonthSum, ...]
    annual_wan: float | None
    unplanned: tuple[str, ...]


def owes(project: Project, month: str) -> bool:
    """Whether a report is owed for a month.

    It is if works went on on one of its days and the project was in the register on its last,
    from the month in which the office took it on: public sources owe no report.
    """
    first, last = moment.first_day(month), moment.last_day(month)
    if project.adopted is None or project.adopted > last or project.started is None:
        return False
    ended = project.finished is not None and project.finished.day < first
    inside = any(stay.holds(last) for stay in project.stays)
    return inside and not ended and project.started.day <= last


def due(month: str, rules: Rules) -> date:
    """Last day on which a month's report is in time."""
    return moment.last_day(month) + timedelta(days=rules.grace_days)


def missing(
    register: Register, month: str, day: date, known: int | None = None
) -> tuple[Missing, ...]:
    """Reports of a month not handed in by a day, by lead unit."""
    rows = [
        Missing(
            one.lead,
            one.id,
            one.name,
            month,
            due(month, register.rules),
            max(one.reports, default=""),
        )
        for one in register.at(day, known).values()
        if owes(one, month) and month not in one.reports
    ]
    return tuple(sorted(rows, key=lambda row: (row.lead, row.id)))


def lapses(
    project: Project, start: date, day: date, rules: Rules
) -> Iterator[tuple[str, Report | None]]:
    """Months from a day on whose reports were due by another and missing (None) or late."""
    for month in moment.months(start, day):
        if owes(project, month) and due(month, rules) < day:
            found = project.reports.get(month)
            if found is None or found.on > due(month, rules):
                yield month, found


def investment(projects: Iterable[Project], year: int) -> Investment:
    """Money planned and completed in a year by month, of the projects given."""
    chosen = list(projects)
    plans = {
        one.id: one.fields["annual_wan"][year]
        for one in chosen
        if year in one.fields.get("annual_wan", {})
    }
    rows, planned, completed, counted = list[MonthSum](), 0.0, 0.0, 0.0
    annual = sum(plans.values()) if plans else None
    for month in moment.months(date(year, 1, 1), date(year, 12, 31)):
        reports = {one.id: one.reports[month] for one in chosen if month in one.reports}
        sums = [_sum(one.planned_wan for one in reports.values())]
        sums.append(_sum(one.completed_wan for one in reports.values()))
        planned, completed = planned + (sums[0] or 0.0), completed + (sums[1] or 0.0)
        counted += sum(one.completed_wan or 0.0 for id_, one in reports.items() if id_ in plans)
        share = counted / annual if annual else None
        rows.append(MonthSum(month, sums[0], sums[1], planned, completed, share, tuple(reports)))
    unplanned = tuple(one.id for one in chosen if one.id not in plans)
    return Investment(year, tuple(rows), annual, unplanned)


def _sum(parts: Iterable[float | None]) -> float | None:
    known = [part for part in parts if part is not None]
    return sum(known) if known else None
