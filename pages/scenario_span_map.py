"""Maps of a plan of several periods: what one of them adds, and when land changes."""

from functools import lru_cache

import numpy as np

from geo.scenario import Outcome
from geo.units import AreaUnit
from layers import scenario_look
from layers.tint import Tint
from pages import cells, parts, scenario_book, scenario_legend, scenario_map, scenario_words


def given_m2(outcome: Outcome) -> list[float]:
    """Usable land given in each period."""
    uses = len(outcome.prepared.labels)
    return [float(row.sum()) for row in outcome.allocation.area_m2[:-1].reshape(-1, uses)]


def of_period(outcome: Outcome, period: int) -> Tint:
    """Units that get their use in a period; those that had theirs before are pale."""
    return _of_period(outcome, period, parts.unit(), parts.english())


@lru_cache(maxsize=24)
def _of_period(outcome: Outcome, period: int, _unit: AreaUnit, _english: bool) -> Tint:
    land, labels = outcome.prepared.land, outcome.prepared.labels
    uses, given = len(labels), outcome.period
    codes = np.where(given == period, outcome.use, -1).astype(np.int64)
    before = (given >= 0) & (given < period)
    earlier = np.unique(outcome.use[before]).tolist()
    place = np.full(uses + 1, -1)
    place[earlier] = np.arange(uses, uses + len(earlier))
    codes = np.where(before, place[outcome.use], codes)
    named = [(one.id, *scenario_words.both(one)) for one in labels]
    inks = [scenario_words.ink(one.code) for one in labels]
    text, was = scenario_map.pair("span_before"), [labels[k] for k in earlier]
    for label in was:
        chinese, english = scenario_words.both(label)
        told = text[0].format(use=chinese), text[1].format(use=english)
        named.append((f"{label.id}:before", *told))
    inks += [scenario_look.pale(scenario_words.ink(one.code)) for one in was]
    title = scenario_legend.titled(scenario_book.of_period(outcome, period))
    legend = scenario_look.legend(named, inks, title)
    return cells.coloured(land, codes, legend, scenario_map.sizes(codes, land, len(named)))


def of_when(outcome: Outcome) -> Tint:
    """Units by the period in which they get their use."""
    return _of_when(outcome, parts.unit(), parts.english())


@lru_cache(maxsize=6)
def _of_when(outcome: Outcome, _unit: AreaUnit, _english: bool) -> Tint:
    land, years = outcome.prepared.land, outcome.prepared.definition.periods
    text, codes = scenario_map.pair("span_in"), outcome.period.astype(np.int64)
    named = [
        (f"period:{i}", text[0].format(year=year), text[1].format(year=year))
        for i, year in enumerate(years)
    ]
    inks = scenario_look.periods(len(years))
    legend = scenario_look.legend(named, inks, scenario_map.pair("span_when"))
    return cells.coloured(land, codes, legend, scenario_map.sizes(codes, land, len(named)))
