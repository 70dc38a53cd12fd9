"""Which features of a set a rule may use."""

import re
from datetime import date

import numpy as np
import pandas as pd

from geo.errors import DataError
from geo.site.asked import LayerInput
from geo.site.outcome import Batch, Reading, Said
from geo.site.prepared import Prepared, column
from geo.site.rules import Rule, Where

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def select(rule: Rule, layer: LayerInput, batch: Batch) -> Reading:
    """Features in force or announced on the day, of the classes, shapes and grades asked for."""
    whole = layer.prepared
    if whole.name != layer.boundaries.name or whole.since != layer.boundaries.since:
        raise DataError(
            f"图层 {layer.boundaries.name} 的索引属于版本 {whole.since}，请重新建立", "SITE_INDEX"
        )
    known = whole.kept(rule, "used", dict[date, tuple[Prepared, tuple[Said, ...]]])
    if batch.as_of not in known:
        known[batch.as_of] = _chosen(rule, whole, batch.as_of)
    used, said = known[batch.as_of]
    return Reading(rule, used, layer.facts, said)


def _chosen(rule: Rule, whole: Prepared, day: date) -> tuple[Prepared, tuple[Said, ...]]:
    live = whole.on(day)
    if rule.where is not None:
        where = rule.where
        live = live.part(where, lambda: matches(live.table, where))
    said = list[Said]()
    shaped = _narrowed(live, ("dimensions", rule.dimensions), rule)
    if len(shaped) < len(live):
        said.append(("SYMBOLS", {"count": len(live) - len(shaped)}))
    used = _narrowed(shaped, ("grade", rule.grade), rule)
    if len(used) < len(shaped):
        said.append(("TOO_WEAK", {"count": len(shaped) - len(used)}))
    if whole.name != rule.sets[0]:
        said.append(("SECOND_SET", {"set": whole.name}))
    return used, tuple(said)


def _narrowed(given: Prepared, key: tuple[object, ...], rule: Rule) -> Prepared:
    if key[0] == "grade":
        return given.part(key, lambda: given.ranks <= rule.grade.rank)
    return given.part(key, lambda: np.isin(given.dimensions, rule.dimensions))


def matches(table: pd.DataFrame, where: Where) -> np.ndarray:
    """Which rows a condition names."""
    texts = column(table, where.columns)
    if where.values:
        return np.isin(texts, where.values)
    if where.starts:
        return np.array([text.startswith(where.starts) for text in texts], dtype=bool)
    low = -np.inf if where.low is None else where.low
    high = np.inf if where.high is None else where.high
    found = [_NUMBER.search(text) for text in texts]
    numbers = np.array([float(one.group()) if one else np.nan for one in found], dtype=float)
    return np.asarray((numbers >= low) & (numbers <= high))
