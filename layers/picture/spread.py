"""Spread: point symbols that would cover one another move apart; a thin line leads back.

Symbols move by at most a little more than their own size, the same way every time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from layers.picture.paint import MANY, SYMBOL
from layers.picture.paper import Box
from layers.picture.parts import Part
from layers.picture.sheet import Pen, Sheet, circle

_CROWD = 600  # symbols; beyond, there is no room to move to
_ROUNDS = 250
_NEAR, _FARTHEST = 1.13, 2.2  # of a symbol's width: how close two may stand, how far one may go
_TOLD = 0.3  # of its width: a symbol that moved farther gets a line


@dataclass(frozen=True, slots=True)
class Leader:
    """From where a thing is to where its symbol stands, in mm."""

    start: tuple[float, float]
    end: tuple[float, float]
    ink: str


def spread(sheet: Sheet, parts: Sequence[Part], box: Box) -> tuple[list[Part], list[Leader]]:
    """Parts with symbols moved apart and into the frame, and lines back for those that went far."""
    numbers = [i for i, part in enumerate(parts) if _symbols(part)]
    true = [shapely.get_coordinates(parts[i].shapes) for i in numbers]
    if not 0 < sum(map(len, true)) <= _CROWD:
        return list(parts), []
    width = 2 * sheet.px(SYMBOL)
    start = np.concatenate(true)
    inner = box.grown(-0.6 * width)
    low, high = (inner.left, inner.bottom), (inner.right, inner.top)
    end = np.clip(_apart(start, width), low, high)
    out, leaders, first = list(parts), list[Leader](), 0
    for i, places in zip(numbers, true, strict=True):
        moved = end[first : first + len(places)]
        out[i] = replace(parts[i], shapes=shapely.points(moved))
        far = np.hypot(*(moved - places).T) > _TOLD * width
        leaders += [
            Leader((float(a[0]), float(a[1])), (float(b[0]), float(b[1])), parts[i].ink)
            for a, b in zip(places[far], moved[far], strict=True)
        ]
        first += len(places)
    return out, leaders


def draw(sheet: Sheet, leaders: Sequence[Leader]) -> None:
    """The lines back, with a dot where the thing really is."""
    for one in leaders:
        dot = circle(one.start, sheet.px(1.8))
        sheet.line([one.start, one.end], Pen("#FFFFFF", 2.6), 49)
        sheet.line([one.start, one.end], Pen(one.ink, 1.0), 49.1)
        sheet.paths([dot], Pen("#FFFFFF", 1.0, fill=one.ink), 61)


def _symbols(part: Part) -> bool:
    single = part.dimension == 0 and len(part.shapes) <= MANY
    return (
        single
        and part.style.symbol != "dot"
        and bool(np.all(shapely.get_type_id(part.shapes) == 0))
    )


def _apart(start: np.ndarray, width: float) -> np.ndarray:
    """Push pairs apart that stand too close, and pull back what went too far."""
    at = start.copy()
    turn = np.arange(len(at)) * 2.399963  # the golden angle, for symbols on one spot
    at += 1e-3 * np.column_stack([np.cos(turn), np.sin(turn)])
    for _ in range(_ROUNDS):
        apart = at[:, None, :] - at[None, :, :]
        distance = np.hypot(apart[..., 0], apart[..., 1])
        np.fill_diagonal(distance, np.inf)
        missing = np.clip(_NEAR * width - distance, 0, None)
        if not missing.any():
            break
        at = at + (apart / distance[..., None] * missing[..., None]).sum(axis=1) * 0.45
        gone = at - start
        length = np.hypot(gone[:, 0], gone[:, 1])
        over = np.maximum(length / (_FARTHEST * width), 1.0)
        at = start + gone / over[:, None]
    still = np.hypot(*(at - start).T) < 0.01  # back on its spot but for the first tiny push
    at[still] = start[still]
    return at
