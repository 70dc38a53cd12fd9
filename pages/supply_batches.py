"""批而未供. Approved less supplied per batch, year and unit, in the bureau's form, as a sheet."""

import pandas as pd
import streamlit as st

from geo.edition import Edition
from geo.ledger import form, reckon
from geo.supply.batch import Sheet
from geo.supply.unsupplied import Basis, Unsupplied
from geo.zone import Zone
from layers import sheet
from pages import download, parts, seal, supply_batch_columns, supply_words
from pages.supply_book import Snapshot
from pages.target_words import safe


def show(zone: Zone, now: Snapshot) -> None:
    """Draw the table and the button that takes it away."""
    words = parts.section("supply")
    found = reckon.unsold(zone, now.moment)
    if found.table.empty:
        st.info(words["batches_none"])
        return
    told = reckon.unsold_sheet(zone, now.moment, parts.unit())
    st.html(_head(told, found))
    rows = [*told.rows, told.total]
    frame = pd.DataFrame(supply_batch_columns.told(zone, rows, english=parts.english()))
    st.dataframe(
        frame,
        hide_index=True,
        height=min(38 + 33 * len(frame), 560),
        row_height=33,
        column_config=supply_batch_columns.config(list(frame.columns)),
        alt=words["view_batches"],
    )
    notes = [words[f"basis_{found.basis.value}"], words["batches_note"]]
    notes += [words["sliver"].format(area=supply_words.size(told.total.sliver_m2))]
    notes += [words["blank_areas"].format(number=told.total.blank)] if told.total.blank else []
    st.html("".join(f'<p class="tnote">{safe(note)}</p>' for note in notes))
    _outside(found)
    about = {**form.about(zone, now.moment, Edition.INTERNAL)}
    about |= seal.of(zone, now.moment.known).rows()
    title = ("示例 · " if zone.example else "") + "批而未供"
    download.button(
        words["xlsx"],
        lambda: sheet.workbook(title, supply_batch_columns.told(zone, rows, english=False), about),
        f"unsupplied_{now.day:%Y%m%d}.xlsx",
        key="sb_xlsx",
        told={"sets": ["parcel"], "rows": len(rows), "day": now.day.isoformat()},
    )


def _head(told: Sheet, found: Unsupplied) -> str:
    words, total, sign = parts.section("supply"), told.total, supply_words.sign()
    share = f"{100 * total.areas_m2[1] / total.areas_m2[0]:.1f}%" if total.areas_m2[0] else "—"
    cells = [
        (words["batch_approved"], f"{total.approved:,f} {sign}"),
        (words["batch_supplied"], f"{total.supplied:,f} {sign}"),
        (words["batch_unsupplied"], f"{total.unsupplied:,f} {sign}"),
        (words["batch_share"], share),
    ]
    basis = words["basis_short_shape" if found.basis is Basis.SHAPE else "basis_short_registered"]
    inner = "".join(f"<div><dt>{safe(n)}</dt><dd><b>{safe(v)}</b></dd></div>" for n, v in cells)
    inner += f"<div><dt>{safe(words['basis_head'])}</dt><dd><b>{safe(basis)}</b></dd></div>"
    return f'<dl class="tfigures">{inner}</dl>'


def _outside(found: Unsupplied) -> None:
    """Supplied outside every approved plot: told, not counted."""
    if found.outside.empty:
        return
    words = parts.section("supply")
    text = words["outside"].format(
        number=len(found.outside), area=supply_words.size(float(found.outside["area_m2"].sum()))
    )
    st.html(f'<p class="tnote">{safe(text)}</p>')
