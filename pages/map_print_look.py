"""What a map shows, gathered while its page is drawn: making a picture then asks no visit."""

import gzip
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from geo.errors import DataError
from geo.meeting import Look
from geo.model import Seal
from geo.units import AreaUnit, format_area, format_length
from geo.zone import Zone
from layers.style import Palette
from layers.tint import Tint
from pages import map_print_same, parts, seal, show_look, show_source, supply_book, tints, tree
from pages.show_look import Shown


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """One map as it is now.

    Parameters
    ----------
    rows
        Rows of the layer tree that are on, each with its group, kind of drawing and label.
    codes
        Numbers of the classes of the tint, in the order of its set; 255 for none.
    measured
        Closed or not, points, and what was measured in words; None for nothing.
    narrow
        Set → ids that a filter leaves on the map.
    visitor
        For whom it was taken, see `pages.map_print_same`.
    """

    look: Look
    rows: tuple[Mapping[str, Any], ...]
    tint: Tint | None
    codes: bytes
    measured: tuple[bool, tuple[tuple[float, float], ...], str] | None
    day: date
    base: str
    seal: Seal
    palette: Palette
    english: bool
    filtered: bool
    narrow: Mapping[str, Collection[str]]
    visitor: str


def taken(zone: Zone, shown: Shown) -> Taken:
    """What a map shows. Raises `DataError` PRINT_TINT where its colouring is no longer kept."""
    english, told = parts.english(), shown.told
    look = show_look.look(shown, shown.tint.set if shown.tint else "")
    seen = told.get("seen")
    look = replace(look, extent=(seen[0], seen[1], seen[2], seen[3])) if seen else look
    faint = {group for group, share in look.opacity.items() if share <= 0}
    listed = tree.rows(tree.dated(), english=english)
    rows = tuple(one for one in listed if one["name"] in look.on and one["group"] not in faint)
    return Taken(
        look,
        rows,
        shown.tint,
        _codes(shown.tint) if shown.tint else b"",
        _measured(told.get("sketch"), parts.unit(), english=english),
        show_source.day(shown.key) or supply_book.today(),
        str(told.get("base", "own")),
        seal.of(zone),
        Palette(st.session_state.get("palette", Palette.STANDARD)),
        english,
        show_source.narrowed(shown.key),
        shown.drawn.get("narrow", {}),
        map_print_same.visitor(),
    )


def _codes(tint: Tint) -> bytes:
    packed = tints.body(tint.address.removeprefix("tint/").removesuffix(".bytes"))
    if packed is None:
        raise DataError(map_print_same.LOST, "PRINT_TINT")
    return gzip.decompress(packed)


def _measured(
    sketch: Mapping[str, Any] | None, unit: AreaUnit, *, english: bool
) -> tuple[bool, tuple[tuple[float, float], ...], str] | None:
    """A measured shape with its size in words, as the map told it."""
    if not sketch:
        return None
    size = sketch["area_m2"]
    text = format_length(float(sketch["length_m"]), english=english)
    if size:
        text = format_area(float(size), unit, english=english)
    points = tuple((float(x), float(y)) for x, y in sketch["points"])
    return bool(sketch["closed"]), points, text
