"""A scenario for paper and slides: all that a page must say of it, as plain values and shapes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from geo.allocate import State
from geo.chronicle import CHINA
from geo.model import Boundaries, Grade, Seal, Use, worst
from geo.scenario import comparison, export, figure, phasing, wording
from geo.scenario.figure import Coverage, Indicator, Price
from geo.scenario.prepare import classification
from geo.scenario.shelf import Kept
from geo.scenario.values import Input, Outcome, Told, UseLabel
from geo.units import AreaUnit
from geo.zone import Zone

GROUND = ("sea", "land", "zone", "unit", "coast")


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One scenario on a page.

    Parameters
    ----------
    number
        As it is kept; empty for one that is not.
    made
        Day it was made: the only clock of the page.
    gap_pct
        How far from the best possible at most; None where nothing is proven.
    rows, columns, cells
        From present class to use in mu, to one decimal, adding up; names by id in `names`.
    patches, ground
        One shape for each use that gets land, and the sets below.
    span
        Which period it tells of, or which together, in Chinese and English; empty for one only.
    periods
        Year and patches of each period, where it tells of several together.
    classes
        The national classification, for colours.
    """

    number: str
    name: str
    made: date
    by: str
    version: int
    seal: Seal
    digest: str
    met: bool
    gap_pct: float | None
    objective: float
    example: bool
    grade: Grade
    present: str
    labels: tuple[UseLabel, ...]
    coverage: tuple[Coverage, ...]
    indicators: tuple[Indicator, ...]
    prices: tuple[Price, ...]
    inputs: tuple[Input, ...]
    told: tuple[Told, ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Decimal, ...], ...]
    names: Mapping[str, tuple[str, str]]
    patches: Boundaries
    ground: tuple[Boundaries, ...]
    classes: Mapping[str, Use]
    span: tuple[str, str]
    periods: tuple[tuple[int, Boundaries], ...]


def leaf(zone: Zone, outcome: Outcome, kept: Kept | None = None) -> Leaf:
    """What a page says of a scenario, at the version it rests on."""
    prepared, found = outcome.prepared, outcome.allocation
    flow = comparison.from_present(outcome)
    names = {one.name: (one.name, one.name_en) for one in prepared.land.classes}
    names |= {one.id: (one.name, one.name_en) for one in prepared.labels} | _REST
    held = (zone.boundaries(name, prepared.version) for name in GROUND)
    return Leaf(
        number=kept.id if kept else "",
        name=kept.name if kept else prepared.definition.name,
        made=kept.on if kept else datetime.now(CHINA).date(),
        by=kept.by if kept else "",
        version=prepared.version,
        seal=prepared.seal,
        digest=prepared.digest,
        met=found.state is State.DONE,
        gap_pct=outcome.gap_pct,
        objective=found.objective,
        example=prepared.example,
        grade=worst([one.grade for one in prepared.inputs if one.grade]),
        present=prepared.land.source.title,
        labels=prepared.labels,
        coverage=figure.coverage(outcome),
        indicators=figure.indicators(outcome),
        prices=figure.prices(outcome),
        inputs=prepared.inputs,
        told=outcome.told,
        rows=flow.rows,
        columns=flow.columns,
        cells=tuple(tuple(row) for row in flow.rounded(AreaUnit.MU, 1)),
        names=names,
        patches=export.patches(outcome),
        ground=tuple(one for one in held if one is not None),
        classes=classification(),
        span=_both(wording.span, outcome),
        periods=_periods(outcome),
    )


def _periods(outcome: Outcome) -> tuple[tuple[int, Boundaries], ...]:
    years = outcome.prepared.definition.periods
    if outcome.only is not None or len(years) < 2:
        return ()
    parts = (phasing.of_period(outcome, period) for period in range(len(years)))
    return tuple((year, export.patches(one)) for year, one in zip(years, parts, strict=True))


def _both(say: Callable[..., str], what: object) -> tuple[str, str]:
    return say(what, english=False), say(what, english=True)


_REST = {key: _both(wording.said, key) for key in ("unused", "undecided", "unknown")}
