"""What a scenario comes to: indicators with their formulas, promises of the plan, prices."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from geo.scenario.default import tolerance_pct
from geo.scenario.definition import Demand, Use
from geo.scenario.score import template
from geo.scenario.values import Outcome, UseLabel
from geo.terrain.factor import DISTANCE
from geo.units import M2_PER_MU, mu

BLANK = ("未设参数", "no parameter set")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure. `value` is None where a parameter is blank; `basis` says whose it is."""

    id: str
    title: str
    title_en: str
    unit: str
    value: float | None
    formula: str
    formula_en: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """One demand against what was given, in mu; `max_mu` is infinite where there is no most."""

    use: UseLabel
    period: int
    target: str
    clause: str
    asked_mu: float
    min_mu: float
    max_mu: float
    got_mu: float
    note: str = ""

    @property
    def short_mu(self) -> float:
        """What is missing to the least; 0 where nothing is."""
        return max(self.min_mu - self.got_mu, 0.0) if not self.near else 0.0

    @property
    def over_mu(self) -> float:
        """What is beyond the most."""
        return max(self.got_mu - self.max_mu, 0.0) if not self.near else 0.0

    @property
    def near(self) -> bool:
        """Within the demand, but for rounding."""
        hair = 1e-6 * max(self.asked_mu, 1.0)
        return self.min_mu - hair <= self.got_mu <= self.max_mu + hair

    @property
    def met(self) -> bool:
        """Whether the demand is kept."""
        return self.near


@dataclass(frozen=True, slots=True)
class Price:
    """What one more mu at the limit of a demand would bring, in points times mu.

    `limit` is ``min``, ``max`` or empty where none binds.
    """

    use: UseLabel
    period: int
    points: float

    @property
    def limit(self) -> str:
        """Which end of the demand binds."""
        return "" if not self.points else "max" if self.points > 0 else "min"


def coverage(outcome: Outcome) -> tuple[Coverage, ...]:
    """Every demand, met or short by how much, with the clause it comes from."""
    return tuple(_covered(outcome, one) for one in outcome.prepared.definition.demands)


def _covered(outcome: Outcome, asked: Demand) -> Coverage:
    low, high = asked.band_mu(tolerance_pct())
    k = outcome.prepared.plain.uses.index(asked.use)
    got = outcome.allocation.area_m2[asked.period * len(outcome.prepared.labels) + k]
    return Coverage(
        outcome.prepared.labels[k],
        asked.period,
        asked.target,
        asked.clause,
        asked.asked_mu,
        low,
        high,
        mu(float(got)),
        asked.note,
    )


def prices(outcome: Outcome) -> tuple[Price, ...]:
    """The price of every demand, in the order of the uses of the problem."""
    labels = outcome.prepared.labels
    return tuple(
        Price(labels[i % len(labels)], i // len(labels), float(price))
        for i, price in enumerate(outcome.allocation.prices)
    )


def areas_m2(outcome: Outcome) -> np.ndarray:
    """(K,) usable area of each use over all periods."""
    uses = len(outcome.prepared.labels)
    return np.asarray(outcome.allocation.area_m2[:-1].reshape(-1, uses).sum(axis=0))


def indicators(outcome: Outcome) -> tuple[Indicator, ...]:
    """Land, floor area, jobs, investment, tax, green share, mean points and distances."""
    areas = areas_m2(outcome)
    uses = outcome.prepared.definition.uses
    return (
        *_land(outcome, areas),
        *_rated(uses, areas),
        *_points(outcome, areas),
        *_distances(outcome),
    )


def _land(outcome: Outcome, areas: np.ndarray) -> Iterator[Indicator]:
    total = mu(float(areas.sum()))
    yield Indicator(
        "land", "配置用地", "Land given", "亩", total, "各用途可用面积之和", "sum of uses"
    )
    green = [label.code[:2] == "14" for label in outcome.prepared.labels]
    share = 100 * mu(float(areas[green].sum())) / total if total else None
    yield Indicator(
        "green",
        "绿地占比",
        "Green share",
        "%",
        share,
        "14 类面积 ÷ 配置用地",
        "class 14 / land given",
    )


_RATES = (
    (
        "gfa",
        "far",
        "建筑面积",
        "Floor area",
        "万㎡",
        "Σ 用地 × 容积率",
        "Σ land × floor area ratio",
    ),
    ("jobs", "jobs", "就业岗位", "Jobs", "个", "Σ 亩 × 每亩岗位", "Σ mu × jobs per mu"),
    ("invest", "invest_wan", "投资", "Investment", "万元", "Σ 亩 × 每亩投资", "Σ mu × per mu"),
    ("tax", "tax_wan", "税收", "Tax", "万元/年", "Σ 亩 × 每亩税收", "Σ mu × per mu and year"),
)


def _rated(uses: tuple[Use, ...], areas: np.ndarray) -> Iterator[Indicator]:
    """Figures by the rates of each use; None where no use that has land states one."""
    for id_, key, title, title_en, unit, formula, formula_en in _RATES:
        scale = M2_PER_MU / 1e4 if id_ == "gfa" else 1.0
        said = {use.id: use.rates.said[key] for use in uses if key in use.rates.said}
        parts = [
            mu(float(m2)) * said[use.id] * scale
            for use, m2 in zip(uses, areas, strict=True)
            if use.id in said
        ]
        blank = "、".join(use.name or use.id for use in uses if use.id not in said)
        bases = dict.fromkeys(use.rates.basis for use in uses if use.id in said)
        words = f"{formula}；不含{blank}（{BLANK[0]}）" if blank and said else formula
        value = sum(parts) if said else None
        basis = "；".join(bases) if said else BLANK[0]
        yield Indicator(id_, title, title_en, unit, value, words, formula_en, basis)


def _points(outcome: Outcome, areas: np.ndarray) -> Iterator[Indicator]:
    total = float(areas.sum())
    mean = outcome.allocation.objective / total if total else None
    yield Indicator(
        "points",
        "平均适宜性",
        "Mean suitability",
        "分",
        mean,
        "Σ 分值 × 面积 ÷ 配置用地",
        "mean by area",
    )


def _distances(outcome: Outcome) -> Iterator[Indicator]:
    """Mean distance of the land given from what the factors look at."""
    given = (outcome.use >= 0) & (outcome.use < len(outcome.prepared.labels))
    land = outcome.prepared.land.areas_m2
    for id_, values in outcome.prepared.factors.items():
        known = template().factors[id_]
        there = given & ~np.isnan(values)
        if known.kind == DISTANCE and there.any():
            mean = float(np.average(values[there], weights=land[there]))
            title, english = f"平均{known.title}", f"Mean {known.title_en.lower()}"
            yield Indicator(id_, title, english, "m", mean, "按面积加权的平均", "mean by area")
