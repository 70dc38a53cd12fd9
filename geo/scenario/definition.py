"""What a scenario asks, as a person writes it: units, uses, demands, weights, limits. Areas in mu.

Checked whole when it is read. What is left out takes the office's defaults; a figure that nobody
stated stays blank.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from geo.scenario.terms import Amount, Area, Code, Id, Name, Percent, Table, Where, Words

MOST_PERIODS = 6
_SCALE = list[tuple[float, float]] | dict[str, float]


class Units(Table):
    """What is divided: cells of `step_m` over shapes of a set, or the areas of a set whole."""

    kind: Literal["cells", "parcels"] = "cells"
    set: Id = "zone"
    ids: tuple[Name, ...] = ()
    step_m: float = Field(default=100.0, ge=20, le=1_000)


class Rates(Table):
    """What a mu of a use brings; blank where nobody said. `basis` says whose figures they are."""

    far: Amount | None = None
    jobs: Amount | None = None
    invest_wan: Amount | None = None
    tax_wan: Amount | None = None
    basis: Words = ""

    @model_validator(mode="after")
    def _founded(self) -> Self:
        if self.said and not self.basis:
            raise ValueError("写了指标就要在 basis 写明依据，没有依据请写“示例”")
        return self

    @property
    def said(self) -> dict[str, float]:
        """Rates that are stated."""
        found = {key: getattr(self, key) for key in ("far", "jobs", "invest_wan", "tax_wan")}
        return {key: value for key, value in found.items() if value is not None}


class Use(Table):
    """A use that land may get.

    Parameters
    ----------
    id
        What demands and locks call it; the code where nothing else is said.
    code
        Class of 自然资发〔2023〕234号, 2, 4 or 6 digits.
    like
        Code of the office's template whose weights and curves it starts from.
    weights
        Factor and weight; in proportion. Or `pairs`, ``a:b`` → how many times a counts b.
    scales
        Own curves for some factors.
    within
        Only units whose middle lies in these areas; empty for anywhere.
    patch_mu
        Least connected patch.
    """

    id: Id = ""
    code: Code
    name: Annotated[str, Field(max_length=60)] = ""
    like: Code | None = None
    weights: dict[Id, Amount] | None = None
    pairs: dict[Name, float] | None = None
    scales: dict[Id, _SCALE] = Field(default_factory=dict)
    within: tuple[Where, ...] = ()
    patch_mu: Amount | None = None
    rates: Rates = Rates()

    @model_validator(mode="before")
    @classmethod
    def _called(cls, given: Any) -> Any:
        if isinstance(given, dict) and not given.get("id"):
            return given | {"id": given.get("code", "")}
        return given

    @model_validator(mode="after")
    def _weighed_once(self) -> Self:
        if self.weights is not None and self.pairs is not None:
            raise ValueError("weights 与 pairs 只能写一种")
        return self


class Demand(Table):
    """How much of a use is asked for: `mu` with a tolerance, or a range of mu.

    `target` and `clause` say which promise of the plan it serves; empty for the office's own.
    """

    use: Id
    mu: Amount | None = None
    tolerance_pct: Percent | None = None
    min_mu: Amount | None = None
    max_mu: Amount | None = None
    period: int = Field(default=0, ge=0, lt=MOST_PERIODS)
    target: Annotated[str, Field(max_length=20)] = ""
    clause: Annotated[str, Field(max_length=40)] = ""
    note: Words = ""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ranged = self.min_mu is not None or self.max_mu is not None
        if (self.mu is not None) == ranged:
            raise ValueError("请写 mu，或写 min_mu、max_mu，二者取一")
        if ranged and self.tolerance_pct is not None:
            raise ValueError("写了范围就不再写 tolerance_pct")
        return self

    def band_mu(self, tolerance_pct: float) -> tuple[float, float]:
        """Least and most in mu; the tolerance holds where the demand names none."""
        if self.mu is None:
            most = math.inf if self.max_mu is None else self.max_mu
            return self.min_mu or 0.0, most
        own = tolerance_pct if self.tolerance_pct is None else self.tolerance_pct
        return self.mu * (1 - own / 100), self.mu * (1 + own / 100)

    @property
    def asked_mu(self) -> float:
        """The amount it is told by: as stated, or the least of a range."""
        return self.mu if self.mu is not None else (self.min_mu or 0.0)


class Limit(Table):
    """Land that is closed: shapes of a set, a raster beyond a value, present classes, parcels.

    Parameters
    ----------
    above, below, classes
        For a raster: closed where the value is above, below, or one of the classes.
    present
        Ids of present classes, e.g. ``farmland``.
    phases
        Parcels of the supply ledger in these phases, e.g. ``supplied``.
    uses
        Uses it closes; empty for all.
    areas
        Drawn by hand.
    from_pct
        Part of a unit from which on the unit counts as touched.
    basis
        What it rests on.
    """

    id: Id
    title: Name
    title_en: Name
    where: Where | None = None
    raster: Id | None = None
    above: float | None = None
    below: float | None = None
    classes: tuple[int, ...] = ()
    present: tuple[Id, ...] = ()
    phases: tuple[Literal["before", "supplied", "built", "alert", "after"], ...] = ()
    areas: tuple[Area, ...] = ()
    uses: tuple[Id, ...] = ()
    from_pct: Percent = 1.0
    basis: Words = ""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        said = (self.where, self.raster, self.present, self.phases, self.areas)
        if sum(map(bool, said)) != 1:
            raise ValueError("where、raster、present、phases、areas 要写且只写一种")
        tested = self.above is not None or self.below is not None or bool(self.classes)
        if (self.raster is not None) != tested:
            raise ValueError("影像要写 above、below 或 classes，其他来源不写")
        return self


class Part(Limit):
    """Land of which only `usable_pct` may be used; the lowest `priority` takes its part first."""

    usable_pct: Percent
    priority: int = Field(default=0, ge=0, le=99)


class Change(Table):
    """An exception to the office's conversion rules, with the reason for it."""

    start: Id
    use: Id
    allowed: bool
    reason: Name


class Phase(Table):
    """Units within `reach_m` of a road or tunnel may be used from `period` on.

    Or from the day it `opens`: in the first period whose year is not before that of the day.
    """

    where: Where
    reach_m: Amount
    period: int = Field(default=0, ge=0, lt=MOST_PERIODS)
    opens: date | None = None


class Definition(Table):
    """A scenario.

    Parameters
    ----------
    periods
        Years, one for each period; empty where there is only one.
    excludes, partials
        None for the office's defaults, an empty list for none.
    gaps
        What is made of units where a factor is not known, see `geo.terrain.recipe.Gaps`.
    locks
        Unit id → use id; an empty text keeps the unit as it is.
    edge_points
        Points lost per metre of edge between unlike uses; 0 for no wish to hang together.
    shares
        Units may be split among uses.
    """

    name: Name
    note: Words = ""
    units: Units = Units()
    periods: tuple[Annotated[int, Field(ge=1990, le=2100)], ...] = ()
    uses: tuple[Use, ...] = Field(min_length=1, max_length=24)
    demands: tuple[Demand, ...] = Field(min_length=1, max_length=120)
    gaps: Literal["refuse", "known", "lowest"] = "refuse"
    excludes: tuple[Limit, ...] | None = None
    partials: tuple[Part, ...] = ()
    changes: tuple[Change, ...] = ()
    phases: tuple[Phase, ...] = ()
    locks: dict[Id, str] = Field(default_factory=dict)
    edge_points: Amount = 0.0
    shares: bool = False

    @property
    def spans(self) -> int:
        """How many periods."""
        return max(len(self.periods), 1)

    def opening(self, phase: Phase) -> int:
        """First period in which land of a phase may be used; `spans` if it never opens."""
        if phase.opens is None:
            return phase.period
        return bisect_left(self.periods, phase.opens.year)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        wrong = [*self._named_twice(), *self._unknown(), *self._misplaced()]
        if wrong:
            raise ValueError("；".join(wrong))
        return self

    def _named_twice(self) -> Iterator[str]:
        limits = [one.id for one in (*(self.excludes or ()), *self.partials)]
        for what, ids in (("用途", [one.id for one in self.uses]), ("限制", limits)):
            twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
            if twice:
                yield f"{what} {'、'.join(twice)} 写了两次"
        asked = [(one.use, one.period) for one in self.demands]
        twice = sorted({use for use, period in asked if asked.count((use, period)) > 1})
        if twice:
            yield f"用途 {'、'.join(twice)} 在同一时期有两条需求，请合并"

    def _unknown(self) -> Iterator[str]:
        known = {one.id for one in self.uses}
        named = {one.use for one in self.demands} | {one.use for one in self.changes}
        named |= {use for one in (*(self.excludes or ()), *self.partials) for use in one.uses}
        named |= {use for use in self.locks.values() if use}
        if named - known:
            yield f"没有用途 {'、'.join(sorted(named - known))}，请先在 uses 写明"

    def _misplaced(self) -> Iterator[str]:
        every = [one.period for one in self.demands] + [one.period for one in self.phases]
        late = [period for period in every if period >= self.spans]
        if self.periods and max(late, default=-1) >= 0:
            yield f"时期 {max(late)} 超出 periods 的 {self.spans} 个时期"
        if not self.periods and any(one.opens for one in self.phases):
            yield "分期条件写了建成日期，请在 periods 写明各时期的年份"
        if not self.periods and any(one.period for one in self.demands):
            yield "需求分了时期，请在 periods 写明各时期的年份"
        if list(self.periods) != sorted(set(self.periods)) or len(self.periods) > MOST_PERIODS:
            yield f"periods 应为从早到晚、不重复的年份，最多 {MOST_PERIODS} 个"
        if self.spans > 1 and (self.edge_points or any(one.patch_mu for one in self.uses)):
            yield "分期方案不支持成片要求（edge_points、patch_mu），请去掉其一"
        if self.shares and (self.edge_points or any(one.patch_mu for one in self.uses)):
            yield "单元可拆分时不支持成片要求（edge_points、patch_mu），请去掉其一"
