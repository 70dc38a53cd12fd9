"""Letters of classes written on areas, so that a tint can be read without its colours.

A letter stands in every area that is large enough for it. Where areas are smaller, it stands
once for a patch of ground that one class fills nearly alone.
"""

from collections.abc import Iterator, Sequence

import pandas as pd
import shapely

from geo import measure
from layers.picture.paint import readable
from layers.picture.paper import Box
from layers.picture.parts import Part
from layers.picture.placement import Board, Placed
from layers.picture.sheet import Letters, Sheet
from layers.style import Palette

SIZE = 9.0  # px
_PATCHES = (30.0, 22.0, 15.0)  # sides of a patch, px, tried in turn
_APART = 26.0  # px between equal letters
_ALONE = 0.65  # share of the drawn area of a patch that its class has at least
_FULL = 0.4  # share of the patch that is drawn at all
_MOST = 4_000  # letters on one map
_Z = 64.0


def write(sheet: Sheet, board: Board, parts: Sequence[Part], palette: Palette) -> list[Placed]:
    """Write the letters of tinted areas: always in grey, in colour where the tint asks for it."""
    asked = [p for p in parts if p.dimension == 2 and p.letter and _wants(p, palette)]
    out = list[Placed]()
    spots = [spot for part in asked for spot in _inside(sheet, part)]
    for side in _PATCHES if asked else ():
        spots += list(_patches(asked, sheet.px(side)))
    near = sheet.px(_APART)
    for letter, ink, (x, y) in spots[: 4 * _MOST]:
        look = Letters(SIZE, readable(ink), heavy=False)
        wide, size = sheet.wide(letter, look), sheet.px(SIZE)
        box = Box(x - wide / 2, y - size / 2, x + wide / 2, y + size / 2)
        again = box.grown(near)
        if any(one.text == letter and one.box.meets(again) for one in out):
            continue
        if len(out) < _MOST and board.free(box) and board.clear(box):
            board.taken.append(box)
            sheet.text((box.left, y), letter, look, _Z)
            out.append(Placed(letter, box))
    return out


def _wants(part: Part, palette: Palette) -> bool:
    tint = part.layer.tint
    return tint is not None and (palette is Palette.GREY or tint.letters)


_Spot = tuple[str, str, tuple[float, float]]


def _inside(sheet: Sheet, part: Part) -> Iterator[_Spot]:
    """Areas that hold their letter: its box around an inner point lies within."""
    look = Letters(SIZE)
    half_w, half_h = sheet.wide(part.letter, look) / 2, sheet.px(SIZE) / 2
    edges = shapely.bounds(part.shapes)
    roomy = (edges[:, 2] - edges[:, 0] > 2 * half_w) & (edges[:, 3] - edges[:, 1] > 2 * half_h)
    for shape in part.shapes[roomy]:
        middle = shapely.centroid(shape)
        if not shapely.contains(shape, middle):
            middle = shapely.point_on_surface(shape)
        x, y = float(middle.x), float(middle.y)
        if shapely.contains(shape, shapely.box(x - half_w, y - half_h, x + half_w, y + half_h)):
            yield part.letter, part.ink, (x, y)


def _patches(parts: Sequence[Part], side: float) -> Iterator[_Spot]:
    """Patches of ground filled nearly alone by one class, largest share first."""
    pieces = []
    for number, part in enumerate(parts):
        middles = shapely.get_coordinates(shapely.centroid(part.shapes))
        pieces.append(
            pd.DataFrame(
                {
                    "part": number,
                    "x": middles[:, 0],
                    "y": middles[:, 1],
                    "mm2": measure.plane_areas(part.shapes),
                }
            )
        )
    spots = pd.concat(pieces, ignore_index=True)
    spots["column"], spots["row"] = spots["x"] // side, spots["y"] // side
    spots["wx"], spots["wy"] = spots["x"] * spots["mm2"], spots["y"] * spots["mm2"]
    sums = spots.groupby(["column", "row", "part"], as_index=False)[["mm2", "wx", "wy"]].sum()
    total = sums.groupby(["column", "row"])["mm2"].transform("sum")
    alone = (sums["mm2"] >= _ALONE * total) & (sums["mm2"] >= _FULL * side * side)
    best = sums[alone & (sums["mm2"] > 0)].sort_values(["mm2", "column", "row"], ascending=False)
    x, y = (best["wx"] / best["mm2"]).to_numpy(), (best["wy"] / best["mm2"]).to_numpy()
    for number, left, up in zip(best["part"].to_numpy(), x, y, strict=True):
        yield parts[number].letter, parts[number].ink, (float(left), float(up))
