"""The line above the list: how many parcels, how much, and each stage's part of it."""

import pandas as pd
import streamlit as st

from geo.ledger import supply_rules
from geo.supply import totals
from layers import supply_look
from pages import address, parts, supply_words
from pages.target_words import safe


def show(rows: pd.DataFrame, whole: int) -> None:
    """Draw the line; parts add up to the total as printed."""
    words = parts.section("supply")
    found = totals.totals(rows, "status", parts.unit(), list(supply_rules().statuses))
    all_ = found.whole
    blank = words["blank_areas"].format(number=all_.blank) if all_.blank else ""
    of = words["of"].format(total=f"{whole:,}") if all_.count != whole else ""
    head = (
        f'<div class="ssum"><b>{all_.count:,}</b> {safe(words["parcels"])}{safe(of)}'
        f" <b>{all_.shown:,f}</b> {safe(supply_words.sign())} <small>{safe(blank)}</small></div>"
    )
    bars = "".join(_part(row, float(all_.shown)) for row in found.rows)
    st.html(f'<div class="ssums">{head}<ul class="sparts">{bars}</ul></div>')


def badge(status: str) -> str:
    """Letter of a stage on its colour."""
    fill = supply_look.color(status, address.palette())
    ink = supply_look.letter_color(fill)
    letter = safe(supply_words.letter(status))
    return f'<i class="sbadge" style="background:{fill};color:{ink}">{letter}</i>'


def _part(row: totals.Total, whole: float) -> str:
    fill = supply_look.color(row.key, address.palette())
    share = 100 * float(row.shown) / whole if whole else 0
    return (
        f"<li>{badge(row.key)}<span>{safe(supply_words.status(row.key))}</span>"
        f" <b>{row.count:,}</b><small>{row.shown:,f}</small>"
        f'<u style="width:{share:.1f}%;background:{fill}"></u></li>'
    )
