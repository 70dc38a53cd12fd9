"""The bureau's columns of 批而未供, for the screen and for the sheet that goes out."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from geo.supply.batch import Row
from geo.zone import Zone
from pages import door, supply_book, supply_words

_TEXTS = ("name", "document", "year", "unit")
_NUMBERS = ("plots", "approved", "parcels", "supplied", "unsupplied")
_WORDS = ("no", "batch", "none", "total", *_TEXTS, *_NUMBERS)


def told(zone: Zone, rows: Sequence[Row], *, english: bool) -> Mapping[str, list[Any]]:
    """Texts, then counts and areas as printed; the last row is the total."""
    word = {key: door.words()["supply"][f"batch_{key}"][english] for key in _WORDS}
    sign = supply_words.sign()
    units = supply_book.names(zone, zone.version, "unit")
    out: dict[str, list[Any]] = {
        word["no"]: [*map(str, range(1, len(rows))), ""],
        word["batch"]: [*(one.batch or word["none"] for one in rows[:-1]), word["total"]],
    }
    for key in _TEXTS:
        out[word[key]] = [str(getattr(one, key)) for one in rows]
    out[word["unit"]] = [units[u][english] if (u := one.unit) in units else u for one in rows]
    for key in _NUMBERS:
        head = word[key] if key in {"plots", "parcels"} else f"{word[key]}（{sign}）"
        out[head] = [f"{getattr(one, key):,}" for one in rows]
    return out


def config(heads: list[str]) -> dict[str, Any]:
    """Widths at which a whole row is seen; long lists of plots are read in the Excel file."""
    text = st.column_config.TextColumn
    widths = (46, 168, 130, 170, 76, 150)
    left = {head: text(width=width) for head, width in zip(heads, widths, strict=False)}
    return left | {head: text(alignment="right", width=106) for head in heads[-5:]}
