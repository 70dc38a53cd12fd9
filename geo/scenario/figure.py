"""What a scenario comes to: indicators with their formulas, promises of the plan, prices."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from geo.scenario.default import tolerance_pct
from geo.scenario.definition import Demand
from geo.scenario.reason import english
from geo.scenario.score import template
from geo.scenario.values import Outcome, Prepared, UseLabel
from geo.terrain.factor import DISTANCE
from geo.units import M2_PER_MU, mu

BLANK = ("未设参数", "no parameter set")
EXAMPLE = ("示例", "example")


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
    basis_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Of one of `spans` periods; `year` is None where the scenario has no years."""

    year: int | None = None
    spans: int = 1

    @property
    def shown(self) -> int | None:
        """The year a row is told apart by, None where there is one period only."""
        return self.year if self.spans > 1 else None


@dataclass(frozen=True, slots=True)
class Coverage(Dated):
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
class Price(Dated):
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
    asked = outcome.prepared.definition.demands
    return tuple(_covered(outcome, one) for one in asked if outcome.only in {None, one.period})


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
        year=_year(outcome.prepared, asked.period),
        spans=outcome.prepared.definition.spans,
    )


def _year(prepared: Prepared, period: int) -> int | None:
    years = prepared.definition.periods
    return years[period] if years else None


def prices(outcome: Outcome) -> tuple[Price, ...]:
    """The price of every demand, in the order of the uses of the problem."""
    prepared, found = outcome.prepared, []
    for i, price in enumerate(outcome.allocation.prices):
        period, k = divmod(i, len(prepared.labels))
        if outcome.only not in {None, period}:
            continue
        year, spans = _year(prepared, period), prepared.definition.spans
        found.append(Price(prepared.labels[k], period, float(price), year=year, spans=spans))
    return tuple(found)


def areas_m2(outcome: Outcome) -> np.ndarray:
    """(K,) usable area of each use over all periods."""
    uses = len(outcome.prepared.labels)
    return np.asarray(outcome.allocation.area_m2[:-1].reshape(-1, uses).sum(axis=0))


def indicators(outcome: Outcome) -> tuple[Indicator, ...]:
    """Land, floor area, jobs, investment, tax, green share, mean points and distances."""
    areas = areas_m2(outcome)
    return (
        *_land(outcome, areas),
        *_rated(outcome.prepared, areas),
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


def _rated(prepared: Prepared, areas: np.ndarray) -> Iterator[Indicator]:
    """Figures by the rates of each use; None where no use that has land states one."""
    uses = prepared.definition.uses
    for id_, key, title, title_en, unit, formula, formula_en in _RATES:
        scale = M2_PER_MU / 1e4 if id_ == "gfa" else 1.0
        said = {use.id: use.rates.said[key] for use in uses if key in use.rates.said}
        parts = [
            mu(float(m2)) * said[use.id] * scale
            for use, m2 in zip(uses, areas, strict=True)
            if use.id in said
        ]
        texts = _left_out(prepared, {*said}) if said else ("", "")
        bases = dict.fromkeys(use.rates.basis for use in uses if use.id in said)
        yield Indicator(
            id_,
            title,
            title_en,
            unit,
            sum(parts) if said else None,
            formula + texts[0],
            formula_en + texts[1],
            "；".join(bases) if said else BLANK[0],
            "; ".join(_in_english(one) for one in bases) if said else BLANK[1],
        )


def _left_out(prepared: Prepared, said: set[str]) -> tuple[str, str]:
    """Which uses a figure leaves out, in Chinese and English; empty where it has all."""
    uses = [use for use in prepared.definition.uses if use.id not in said]
    if not uses:
        return "", ""
    labels = [one for one in prepared.labels if one.id not in said]
    names = "、".join(use.name or use.id for use in uses)
    others = ", ".join(english(prepared, one) for one in labels)
    return f"；不含{names}（{BLANK[0]}）", f"; without {others} ({BLANK[1]})"


def _in_english(basis: str) -> str:
    """A basis is the office's own words; only the mark of an example is ours to translate."""
    return EXAMPLE[1] if basis == EXAMPLE[0] else basis


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
