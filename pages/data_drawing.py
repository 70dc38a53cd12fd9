"""What only a drawing or a coordinate file leaves open: one block, and its units."""

import streamlit as st

from geo.formats import Choice, Kind, Layer, Peek
from pages import parts

_BLOCKS = "DXF_BLOCKS"
_UNITS = {Kind.DXF: ("", "m", "cm", "mm", "km"), Kind.TXT: ("", "ha", "m2", "mu")}


def choice(seen: Peek, layer: Layer, encoding: str) -> Choice:
    """What is chosen of a file: the layer where there are several, and what its kind leaves open.

    A block that is chosen is taken without the rest of the drawing; units are those of a
    drawing's coordinates, or of the areas written in a coordinate file.
    """
    named = layer.name if len(seen.layers) > 1 else ""
    block, units = "", ""
    if seen.kind in _UNITS:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            block, units = _block(seen), _unit(seen.kind)
    return Choice(layer=named, encoding=encoding, block=block, units=units)


def _block(seen: Peek) -> str:
    """One of the blocks that the drawing inserts; empty is the whole drawing."""
    found = next((one.value for one in seen.issues if one.code == _BLOCKS), "")
    if not found:
        return ""
    whole, names = parts.t("store", "drawing_whole"), ["", *found.split("\n")]
    label = parts.t("store", "drawing_block")
    return st.selectbox(label, names, format_func=lambda one: one or whole, width=260) or ""


def _unit(kind: Kind) -> str:
    """The unit, where what the file says of it is not to be believed."""
    areas = kind is Kind.TXT
    label = parts.t("store", "txt_units" if areas else "drawing_units")
    return st.selectbox(label, _UNITS[kind], format_func=_named, width=260) or ""


def _named(unit: str) -> str:
    return parts.t("store", f"units_{unit or 'file'}")
