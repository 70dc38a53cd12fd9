"""Invented major projects: steps in time, late and made up, with monthly reports and parcels."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from geo import projects
from geo.chronicle import CHINA
from geo.demo.history import BY, name, recorded
from geo.demo.life import Life
from geo.demo.shapes import SEED
from geo.ledger import project_rules
from geo.model import Event
from geo.projects import Stamp

COUNT = 24
_UNITS = ("示例经济发展部门", "示例建设部门", "示例商务部门", "示例园区管理机构")
_LATE = (0, -6, 0, 0, 0, 75, -20, 0, -3, 0, 0)  # days after the deadline, by turn
_REPORTS = 12
_CALM = timedelta(days=120)  # nothing falls due for so long after the story ends, or little


def events(people: Sequence[Life], until: date) -> Iterator[Event]:
    """Every project's events; parcels are those that works have reached, one or two each."""
    sites = [life for life in people if life.end in ("started", "completed", "producing")]
    for number in range(1, COUNT + 1):
        dice = np.random.default_rng((SEED, 9_000, number))
        yield from _project(number, sites[3 * number : 3 * number + 1 + number % 2], dice, until)


def _project(
    number: int, sites: Sequence[Life], dice: np.random.Generator, until: date
) -> Iterator[Event]:
    rules, id_ = project_rules(), f"SLX-{number:02d}"
    kinds = [kind for kind in rules.kinds if kind != "platform"]
    kind = rules.kinds[kinds[number % len(kinds)]]
    start = until - timedelta(days=int(dice.integers(300, 1_250)))
    money = float(dice.integers(20, 400) * 100)
    fields = {
        "name": f"示例重大项目{number:02d}",
        "name_en": f"Example project {number:02d}",
        "kind": kind.id,
        "lead": _UNITS[number % len(_UNITS)],
        "tags": (list(rules.tags)[number % 8],),
        "investment_wan": money,
        "annual_wan": {until.year: money / 3},
    }
    stamp = _stamp(start, number, until)
    yield projects.admitted(id_, fields, stamp, rules, example=True)
    if sites:
        yield projects.linked(id_, [name(life.number) for life in sites], stamp)
    yield from _steps(number, kind.steps, dice, (start, until))
    yield from _reports(id_, number, money, (start, until))


def _steps(
    number: int, steps: Sequence[str], dice: np.random.Generator, span: tuple[date, date]
) -> Iterator[Event]:
    """Deadlines one after the other; some are met late, and every fifth project stands still."""
    (start, until), id_ = span, f"SLX-{number:02d}"
    day, stamp = start, _stamp(start, number, until)
    still = 3 + number % 4 if number % 5 == 0 else len(steps)
    for turn, step in enumerate(steps):
        day += timedelta(days=int(dice.integers(40, 120)))
        if until < day < until + _CALM:
            day = until + (_CALM if number % 4 else timedelta(days=50))
        yield projects.scheduled(id_, step, day, stamp)
        end = min(day + timedelta(days=_LATE[(number + turn) % len(_LATE)]), until)
        if day <= until and turn < still:
            paper = f"示例证〔{end.year}〕{number}号"
            yield projects.done(id_, step, _stamp(end, number, until, paper))


def _reports(id_: str, number: int, money: float, span: tuple[date, date]) -> Iterator[Event]:
    """A year of monthly reports; now and then one was forgotten."""
    start, until = span
    year, month = until.year, until.month
    for back in range(_REPORTS, 0, -1):
        at = date(year - (month <= back), (month - back - 1) % 12 + 1, 28)
        if at < start or (number + back) % 9 == 0:
            continue
        planned = round(money / 24, 0)
        done = round(planned * (0.7 + 0.05 * ((number + back) % 9)), 0)
        stamp = _stamp(at, number, until)
        yield projects.reported(id_, f"{at:%Y-%m}", (planned, done), "示例月报", stamp)


def _stamp(on: date, number: int, until: date, document: str = "") -> Stamp:
    at = recorded(on, number, until)
    day = min(on, at.astimezone(CHINA).date())
    return Stamp(BY[number % 3], at, day, "示例数据", document)
