"""How units answer prices: each takes the use that is worth most to it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from geo.allocate.ground import CLOSED, Ground

ROWS = 1 << 14  # units handled at once, so that the work stays in the processor's cache
OPEN = CLOSED / 2  # above this a pair is open


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the units do at a price: worth in points m², `taken` (C,) m² by each use."""

    price: np.ndarray
    worth: float
    taken: np.ndarray


def blocks(ground: Ground) -> Iterator[slice]:
    """The units in pieces."""
    return (slice(at, at + ROWS) for at in range(0, ground.units, ROWS))


def worths(ground: Ground, price: np.ndarray, part: slice) -> Iterator[np.ndarray]:
    """For each use, what each unit of a block gains: per m² where usable land is alike."""
    alike = len(ground.usable) == 1
    kind = ground.score.dtype
    for use, row in enumerate(ground.score):
        gain = row[part] + kind.type(price[use])
        yield gain if alike else gain * ground.usable[use, part].astype(kind)


def choose(ground: Ground, price: np.ndarray, part: slice) -> tuple[np.ndarray, np.ndarray]:
    """The best gain of each unit of a block and the use it comes from; ties to the first."""
    rows = worths(ground, price, part)
    best = next(rows)
    choice = np.zeros(len(best), dtype=np.int16)
    for use, gain in enumerate(rows, start=1):
        better = gain > best
        np.copyto(choice, np.int16(use), where=better)
        np.maximum(best, gain, out=best)
    return best, choice


def ask(ground: Ground, price: np.ndarray) -> Answer:
    """What the units do at a price."""
    uses, alike = len(ground.score), len(ground.usable) == 1
    area, worth = np.zeros(uses), 0.0
    for part in blocks(ground):
        best, choice = choose(ground, price, part)
        usable = ground.usable[:, part]
        own = usable[0] if alike else np.take_along_axis(usable, choice[None, :], axis=0)[0]
        worth += float(np.dot(best, own)) if alike else float(best.sum(dtype=np.float64))
        area += np.bincount(choice, weights=own, minlength=uses)
    return Answer(price, worth, area)


def pays(ground: Ground, price: np.ndarray) -> float:
    """What the demands pay back at a price: the least for a bonus, the most for a charge."""
    bonus, charge = np.maximum(price, 0), np.maximum(-price, 0)
    capped = np.where(charge > 0, ground.high, 0)
    return float(np.dot(bonus, ground.low) - np.dot(charge, capped))


def bound(ground: Ground, price: np.ndarray) -> float:
    """The upper bound a price proves, in double precision, no unit rounded away."""
    total = 0.0
    for part in blocks(ground):
        best = np.full(len(ground.score[0, part]), -math.inf)
        for use, row in enumerate(ground.score):
            np.maximum(
                best, (row[part].astype(float) + price[use]) * ground.row(use)[part], out=best
            )
        total += float(best.sum())
    return total - pays(ground, price)


def spread(ground: Ground) -> float:
    """Range of the scores of open pairs, in points: the scale of the prices."""
    open_ = ground.score > OPEN
    if not open_.any():
        return 1.0
    top = float(ground.score.max())
    low = float(np.min(ground.score, initial=top, where=open_))
    return max(top - low, abs(top), 1e-6)
