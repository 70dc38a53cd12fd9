"""Colours of the maps that say how firm a scenario is: from sure to doubtful."""

from collections.abc import Sequence
from itertools import pairwise

from layers.style import Ink

SURE: Sequence[Ink] = (
    Ink("#0B4F8A", "#00224E", "#2B2B2B"),
    Ink("#3B86C4", "#434E6C", "#5E5E5E"),
    Ink("#8CBCE0", "#7D7C78", "#8E8E8E"),
    Ink("#F1C27A", "#BCAE6C", "#B8B8B8"),
    Ink("#D9722B", "#FEE838", "#DCDCDC"),
)  # chosen always … chosen seldom
NOW_AND_THEN = Ink("#B7A2C9", "#CC79A7", "#CFCFCF")  # not chosen, but with other weights


def steps(whole: int) -> list[tuple[int, int]]:
    """Counts out of `whole` in up to five classes, from all of them down to one: most and least.

    All, at least three quarters, at least half, at least a quarter, fewer.
    """
    edges = [whole, *(-(-whole * part // 4) for part in (3, 2, 1)), 1]
    found = [(whole, whole)]
    for above, least in pairwise(edges):
        most = above - 1
        if least <= most:
            found.append((most, max(least, 1)))
    return found
