"""How a scenario looks on a map: units of one class put together, in the colour of its use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geo import measure
from layers.style import Ink

_DIGITS = 6  # decimals of a degree on a screen, about 0.1 m
_STRAIGHT_M = 0.5  # corners of a row of cells that lie on a line are one edge
_WEIGHT = -2.5  # the map lays a white line 3 px wider below: half a pixel is left of it
_FILL = 0.66
_FEW = Ink("#C9CED4", "#C9CED4", "#EEEEEE")
CHANGES: Sequence[Ink] = (
    Ink("#1F5FA8", "#0072B2", "#555555"),
    Ink("#E4572E", "#D55E00", "#8A8A8A"),
    Ink("#3E8E41", "#009E73", "#B0B0B0"),
    Ink("#7A3E9D", "#CC79A7", "#707070"),
    Ink("#E0A100", "#F0E442", "#CFCFCF"),
    Ink("#00796B", "#56B4E9", "#9C9C9C"),
)  # of kinds of change, the largest first; the rest share one


@dataclass(frozen=True, slots=True)
class Sheet:
    """Units of one class: their areas in EPSG:4550, what the class is called, its colours."""

    planes: np.ndarray
    label: str
    ink: Ink


def shapes(sheets: Sequence[Sheet], palette: str = "standard") -> dict[str, Any]:
    """Classes as the map draws them, each one shape, with a key. Classes without units are left."""
    there = [one for one in sheets if len(one.planes)]
    drawn = [{"shape": _whole(one.planes), "style": _style(one.ink, palette)} for one in there]
    key = [{"label": one.label, "style": _style(one.ink, palette)} for one in there]
    return {"shapes": drawn, "key": key}


def change(number: int) -> Ink:
    """Colours of the kind of change that comes as `number`, from 0."""
    return CHANGES[number] if number < len(CHANGES) else _FEW


def color(ink: Ink, palette: str) -> str:
    """One of the three colours; `palette` is its address-bar word."""
    return {"safe": ink.safe, "grey": ink.grey}.get(palette, ink.standard)


def _style(ink: Ink, palette: str) -> Mapping[str, Any]:
    found = color(ink, palette)
    return {
        "color": found,
        "stroke": False,
        "weight": _WEIGHT,
        "fill": True,
        "fillColor": found,
        "fillOpacity": _FILL,
        "dashArray": None,
    }


def _whole(planes: np.ndarray) -> Mapping[str, Any]:
    """Units put together, corners on straight edges left out, in degrees as GeoJSON."""
    joined = shapely.simplify(shapely.union_all(planes), _STRAIGHT_M)
    stored = measure.to_stored(joined)
    near = shapely.set_precision(stored, 10.0**-_DIGITS, mode="pointwise")
    found: Mapping[str, Any] = near.__geo_interface__
    return found
