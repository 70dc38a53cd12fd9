"""Rules that ask for a clearance: by one number, an office's own number, or by class."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.model import Grade
from geo.site.outcome import Batch, Outcome, Reading, Said, total_length
from geo.site.overlay import intersect, slices, strip
from geo.site.rules import Rule
from geo.site.select import matches
from geo.site.values import Answer, Met, Near

_TOUCH_M = 0.001


@dataclass(frozen=True, slots=True, eq=False)
class _Limits:
    """Reach in m of each feature of a set: `low` is certain, `high` possible; NaN is none."""

    low: np.ndarray
    high: np.ndarray
    said: tuple[Said, ...] = ()

    @property
    def known(self) -> bool:
        return bool(np.isfinite(self.high).any())


@dataclass(frozen=True, slots=True, eq=False)
class _Close:
    """Sites and features within reach, ordered by site, each with the feature as it is told."""

    site: np.ndarray
    row: np.ndarray
    metres: np.ndarray
    met: Sequence[Met]

    def of(self, where: slice) -> "_Close":
        """Some of the pairs."""
        return _Close(self.site[where], self.row[where], self.metres[where], self.met[where])


def distance(reading: Reading, batch: Batch) -> list[Outcome]:
    """Whether sites are nearer to features than the rule allows."""
    limits = _limits(reading, batch)
    nearest = _nearest(reading, batch)
    unable = any(code in ("NO_SETTING", "NO_CLASS_AT_ALL") for code, _ in limits.said)
    answer = Answer.NO_DATA if unable else Answer.CLEAR
    out = [Outcome(answer, said=limits.said, distance_m=found) for found in nearest]
    reach = float(np.nanmax(limits.high)) if limits.known else 0.0
    close = _within(reading, batch, reach + _widest(reading), limits)
    for site, where in slices(close.site):
        part = close.of(where)
        if unable:
            length = total_length(part.met)
            out[site] = replace(out[site], length_m=length)
        else:
            out[site] = _judged(reading, batch, part, limits)
    return out


def _limits(reading: Reading, batch: Batch) -> _Limits:
    rule, size = reading.rule, len(reading.used)
    if rule.bands:
        return _banded(reading)
    if rule.parameter:
        metres = batch.settings.parameters.get(rule.parameter)
        if metres is None:
            bare = np.full(size, np.nan)
            title = batch.rules.parameters[rule.parameter]
            names = {"title": title.title, "title_en": title.title_en}
            return _Limits(bare, bare, (("NO_SETTING", names),))
        return _Limits(np.full(size, metres), np.full(size, metres))
    return _Limits(np.full(size, rule.distance_m), np.full(size, rule.distance_m))


def _banded(reading: Reading) -> _Limits:
    return reading.used.kept(
        reading.rule, "reach", lambda: _reaches(reading.rule, reading.used.table)
    )


def _reaches(rule: Rule, table: pd.DataFrame) -> _Limits:
    reach = np.full(len(table), np.nan)
    for band in reversed(rule.bands):
        reach[matches(table, band.where)] = band.from_m + band.distance_m
    columns = "、".join(dict.fromkeys(name for band in rule.bands for name in band.where.columns))
    bare = np.isnan(reach)
    if rule.unclassed == "ignore":
        none = (("NO_CLASS_AT_ALL", {"columns": columns}),) if bare.all() else ()
        return _Limits(reach, reach, none)
    all_bands = [band.from_m + band.distance_m for band in rule.bands]
    low, high = reach.copy(), reach.copy()
    low[bare], high[bare] = min(all_bands), max(all_bands)
    return _Limits(low, high)


def _nearest(reading: Reading, batch: Batch) -> list[float | None]:
    """Distance in m to the nearest feature, whatever its class."""
    out: list[float | None] = [None] * len(batch.sites)
    (site, _), metres = reading.used.tree.query_nearest(
        batch.planes, return_distance=True, all_matches=False
    )
    for i, found in zip(site, metres, strict=True):
        out[int(i)] = float(found)
    return out


def _widest(reading: Reading) -> float:
    """The widest margin in m that a near miss may have."""
    return float(max(reading.rule.near_m, _errors(reading).max(initial=0.0))) + _TOUCH_M


def _errors(reading: Reading) -> np.ndarray:
    """Positional error of each feature, 0 where unknown or where the shape is a mere sketch."""
    used = reading.used
    known = np.isfinite(used.errors_m) & (used.ranks < Grade.SCHEMATIC.rank)
    return np.where(known, used.errors_m, 0.0)


def _within(reading: Reading, batch: Batch, reach: float, limits: _Limits) -> _Close:
    site, row = reading.used.tree.query(batch.planes, predicate="dwithin", distance=reach)
    order = np.lexsort((row, site))
    site, row = site[order], row[order]
    ones, others = batch.planes[site], reading.used.planes[row]
    metres = clearances(ones, others)
    shared = _shared(reading, row, (ones, others, metres))
    return _Close(site, row, metres, _met(reading, row, (metres, *shared), limits))


def _shared(
    reading: Reading, row: np.ndarray, pairs: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Area and length that sites share with features of each pair, 0 where they are apart."""
    ones, others, metres = pairs
    areas, lengths = np.zeros(len(row)), np.zeros(len(row))
    meet = np.flatnonzero(metres == 0)
    if len(meet):
        pieces = intersect(ones[meet], others[meet])
        dimensions = reading.used.dimensions[row[meet]]
        areas[meet] = np.where(dimensions == 2, measure.ellipsoid_areas(pieces), 0.0)
        lengths[meet] = np.where(dimensions == 1, measure.plane_lengths(pieces), 0.0)
    return areas, lengths


def _judged(reading: Reading, batch: Batch, close: _Close, limits: _Limits) -> Outcome:
    """One site before the features within reach: sure hits, doubtful ones, near misses."""
    met, metres = close.met, close.metres
    low, high = limits.low[close.row], limits.high[close.row]
    binding = ~reading.used.pending[close.row]
    hit = metres < low - reading.rule.tolerance_m
    doubt = ~hit & (metres < high - reading.rule.tolerance_m)
    near = _misses(reading, close, ~hit & ~doubt & binding)
    pending = _sorted(met, hit & ~binding)
    said = _unsaid(reading.rule, int((doubt & binding).sum()))
    sure = hit & binding
    land: tuple[BaseGeometry, ...]
    if sure.any():
        near_by = reading.used.planes[close.row[sure]]
        land = (strip(batch.planes[close.site[0]], near_by, low[sure]),)
        key = int(np.where(sure, metres - low, np.inf).argmin())
        features, answer = _sorted(met, sure), Answer.HIT
    else:
        land, key = (), int(metres.argmin())
        features = _sorted(met, doubt & binding)
        answer = Answer.NO_DATA if said else Answer.CLEAR
    length = total_length(features) if sure.any() else None
    return Outcome(
        answer,
        features,
        near,
        pending,
        said,
        land,
        length_m=length,
        distance_m=float(metres[key]),
        limit_m=met[key].limit_m,
    )


def _unsaid(rule: Rule, count: int) -> tuple[Said, ...]:
    """The remark that features nearby do not say their class."""
    names = dict.fromkeys(name for band in rule.bands for name in band.where.columns)
    return (("NO_CLASS", {"count": count, "columns": "、".join(names)}),) if count else ()


def _met(
    reading: Reading, rows: np.ndarray, told: tuple[np.ndarray, ...], limits: _Limits
) -> list[Met]:
    """Features with distance, limit and what they share with the site (`told`)."""
    columns = (rows.tolist(), *(one.tolist() for one in told), limits.low[rows].tolist())
    return [
        reading.met(
            row,
            overlap_m2=area or None,
            length_m=length or None,
            distance_m=metres,
            limit_m=None if np.isnan(low) else low,
        )
        for row, metres, area, length, low in zip(*columns, strict=True)
    ]


def clearances(ones: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Distances in m pair by pair of shapes in EPSG:4550."""
    return np.asarray(shapely.distance(ones, others))


def _sorted(met: Sequence[Met], mask: np.ndarray) -> tuple[Met, ...]:
    chosen = [one for one, take in zip(met, mask, strict=True) if take]
    return tuple(sorted(chosen, key=lambda one: (one.distance_m or 0.0, one.id)))


def _misses(reading: Reading, close: _Close, mask: np.ndarray) -> tuple[Near, ...]:
    rule: Rule = reading.rule
    errors = _errors(reading)[close.row]
    out = []
    for one, take, error in zip(close.met, mask, errors, strict=True):
        if not take or one.limit_m is None or one.distance_m is None:
            continue
        over = one.distance_m - one.limit_m
        if over < 0:
            out.append(Near(one, "margin", tolerance_m=rule.tolerance_m))
        elif over < rule.near_m:
            out.append(Near(one, "margin", tolerance_m=rule.near_m))
        elif over < error:
            out.append(Near(one, "error", tolerance_m=float(error)))
    return tuple(out)
