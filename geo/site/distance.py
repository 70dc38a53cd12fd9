"""Rules that ask for a clearance: by one number, an office's own number, or by class."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.model import Grade
from geo.site.outcome import Batch, Outcome, Reading, Said, sized, total_length
from geo.site.overlay import Pairs, intersect, strip
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


def distance(reading: Reading, batch: Batch) -> list[Outcome]:
    """Whether sites are nearer to features than the rule allows."""
    limits = _limits(reading, batch)
    nearest = _nearest(reading, batch)
    unable = any(code in ("NO_SETTING", "NO_CLASS_AT_ALL") for code, _ in limits.said)
    answer = Answer.NO_DATA if unable else Answer.CLEAR
    out = [Outcome(answer, said=limits.said, distance_m=found) for found in nearest]
    reach = float(np.nanmax(limits.high)) if limits.known else 0.0
    pairs = _within(reading, batch, reach + _widest(reading))
    for site, where in pairs.by_site():
        part = Pairs(pairs.site[where], pairs.row[where], pairs.pieces[where])
        if unable:
            crossed = _met(reading, batch, part, limits)
            part_length = total_length(crossed)
            out[site] = Outcome(
                answer, said=limits.said, distance_m=nearest[site], length_m=part_length
            )
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
    rule, table = reading.rule, reading.used.table
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


def _within(reading: Reading, batch: Batch, reach: float) -> Pairs:
    site, row = reading.used.tree.query(batch.planes, predicate="dwithin", distance=reach)
    order = np.lexsort((row, site))
    site, row = site[order], row[order]
    return Pairs(site, row, intersect(batch.planes[site], reading.used.planes[row]))


def _judged(reading: Reading, batch: Batch, pairs: Pairs, limits: _Limits) -> Outcome:
    """One site before the features within reach: sure hits, doubtful ones, near misses."""
    met = _met(reading, batch, pairs, limits)
    metres = np.array([one.distance_m for one in met])
    low, high = limits.low[pairs.row], limits.high[pairs.row]
    binding = ~reading.used.pending[pairs.row]
    hit = metres < low - reading.rule.tolerance_m
    doubt = ~hit & (metres < high - reading.rule.tolerance_m)
    near = _misses(reading, pairs, met, ~hit & ~doubt & binding)
    pending = _sorted(met, hit & ~binding)
    said = _unsaid(reading.rule, int((doubt & binding).sum()))
    sure = hit & binding
    land: tuple[BaseGeometry, ...]
    if sure.any():
        near_by = reading.used.planes[pairs.row[sure]]
        land = (strip(batch.planes[pairs.site[0]], near_by, low[sure]),)
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


def _met(reading: Reading, batch: Batch, pairs: Pairs, limits: _Limits) -> list[Met]:
    """Features with distance, limit and what they share with the site."""
    distances = clearances(batch.planes[pairs.site], reading.used.planes[pairs.row])
    out = []
    for one, metres, row in zip(sized(reading, pairs), distances, pairs.row, strict=True):
        low = limits.low[row]
        limit = None if np.isnan(low) else float(low)
        shared = {"overlap_m2": one.overlap_m2 or None, "length_m": one.length_m or None}
        out.append(reading.met(int(row), distance_m=float(metres), limit_m=limit, **shared))
    return out


def clearances(ones: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Distances in m pair by pair of shapes in EPSG:4550."""
    return np.asarray(shapely.distance(ones, others))


def _sorted(met: list[Met], mask: np.ndarray) -> tuple[Met, ...]:
    chosen = [one for one, take in zip(met, mask, strict=True) if take]
    return tuple(sorted(chosen, key=lambda one: (one.distance_m or 0.0, one.id)))


def _misses(reading: Reading, pairs: Pairs, met: list[Met], mask: np.ndarray) -> tuple[Near, ...]:
    rule: Rule = reading.rule
    errors = _errors(reading)[pairs.row]
    out = []
    for one, take, error in zip(met, mask, errors, strict=True):
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
