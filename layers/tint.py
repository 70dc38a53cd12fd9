"""A set coloured by what a page asks, in place of its kinds: a class of each feature.

The browser gets one byte per feature, in the order of the set's table, at an address made of
their digest; shapes stay as they are. What a class is called, its colours and its letter
travel beside. `NONE` is a feature that is not there: not drawn, not named, not counted.
"""

import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from geo.errors import DataError
from layers import cells
from layers.cells import Units
from layers.style import Ink

NONE = 255


@dataclass(frozen=True, slots=True)
class TintClass:
    """One class: key, name, colours, and the letter that says the same in grey.

    `symbol` (circle, square, diamond, triangle) replaces that of a set drawn as points.
    `letter_en` stands for `letter` in English, where there is one.
    """

    key: str
    label: str
    label_en: str
    ink: Ink
    letter: str = ""
    symbol: str = ""
    letter_en: str = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """What the classes of a tint are, under which title; `letters` writes them on the shapes.

    On grey they are written in any case. `note` stands below the classes.
    """

    title: str
    title_en: str
    classes: tuple[TintClass, ...]
    note: str = ""
    note_en: str = ""
    letters: bool = False

    def codes(self, ids: Iterable[str], keys: Mapping[str, str]) -> list[int | None]:
        """Number of the class of each id, None where `keys` names none.

        Raises `DataError` when `keys` names a class the legend does not have.
        """
        order = {one.key: i for i, one in enumerate(self.classes)}
        unknown = sorted(set(keys.values()) - set(order))
        if unknown:
            raise DataError(
                f"着色类别 {'、'.join(unknown)} 不在图例中，请检查图例设置", "TINT_CLASS"
            )
        return [order[keys[id_]] if id_ in keys else None for id_ in ids]


@dataclass(frozen=True, slots=True)
class Tint:
    """A colouring of one set as stored at version `since`.

    Parameters
    ----------
    address
        Where the packed codes are, relative to the app.
    counts
        Features of each class of the legend, in its order.
    texts
        What stands beside the counts, such as areas in the reader's unit; may be empty.
    units
        What is coloured, where it is no stored set.
    """

    set: str
    since: int
    address: str
    legend: Legend
    counts: tuple[int, ...]
    texts: tuple[str, ...] = ()
    units: Units | None = None


def packed(codes: Sequence[int | None]) -> bytes:
    """One byte per feature, gzipped; equal codes have equal bytes."""
    wrong = [code for code in codes if code is not None and not 0 <= code < NONE]
    if wrong:
        raise _code(wrong[0])
    return gzip.compress(bytes(NONE if code is None else code for code in codes), 6, mtime=0)


def packed_array(codes: np.ndarray) -> bytes:
    """The same of (n,) numbers of classes, -1 for a feature that is not there."""
    wrong = codes[(codes < -1) | (codes >= NONE)]
    if wrong.size:
        raise _code(int(wrong[0]))
    return gzip.compress(np.where(codes < 0, NONE, codes).astype(np.uint8).tobytes(), 6, mtime=0)


def _code(wrong: int) -> DataError:
    return DataError(f"着色类别编号 {wrong} 应在 0 至 {NONE - 1} 之间", "TINT_CODE")


def counted(codes: Sequence[int | None], legend: Legend) -> tuple[int, ...]:
    """Features of each class of a legend."""
    counts = [0] * len(legend.classes)
    for code in codes:
        if code is not None:
            counts[code] += 1
    return tuple(counts)


def told(tint: Tint, *, english: bool) -> dict[str, Any]:
    """A tint as JSON for the browser, in one language."""
    legend = tint.legend
    texts = tint.texts or ("",) * len(legend.classes)
    rows = zip(legend.classes, tint.counts, texts, strict=True)
    own = {"own": cells.told(tint.units, english=english)} if tint.units else {}
    return own | {
        "set": tint.set,
        "since": tint.since,
        "url": tint.address,
        "title": legend.title_en if english else legend.title,
        "note": legend.note_en if english else legend.note,
        "letters": legend.letters,
        "classes": [_class(one, count, text, english=english) for one, count, text in rows],
    }


def _class(one: TintClass, count: int, text: str, *, english: bool) -> dict[str, Any]:
    return {
        "key": one.key,
        "label": one.label_en if english else one.label,
        "ink": asdict(one.ink),
        "letter": one.letter_en if english and one.letter_en else one.letter,
        "symbol": one.symbol,
        "count": count,
        "text": text,
    }
