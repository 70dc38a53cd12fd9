"""The ledger as an Excel file: what the filter shows, in the office's own columns and order."""

from functools import partial

import streamlit as st

from geo.edition import Edition
from geo.errors import GeoError
from geo.ledger import form
from geo.people import Act
from geo.zone import Zone
from layers import sheet
from pages import download, parts, rights, seal, supply_filter, uploads
from pages.supply_book import Snapshot
from pages.target_words import safe


def draw(zone: Zone, now: Snapshot) -> None:
    """Edition, what goes out, and the office's form."""
    words = parts.section("supply")
    rows = supply_filter.chosen(zone, now.table)
    text = words["export_what"].format(
        number=f"{len(rows):,}", total=f"{len(now.table):,}", day=now.day
    )
    st.html(f'<p class="tnote">{safe(text)}</p>')
    edition = Edition(
        st.segmented_control(
            words["edition"],
            download.editions(),
            default=download.editions()[0],
            required=True,
            format_func=lambda one: words[f"edition_name_{one.value}"],
            key="sx_edition",
        )
        or Edition.INTERNAL
    )
    st.html(f'<p class="tnote">{safe(words[f"edition_{edition.value}"])}</p>')
    download.button(
        words["export_take"],
        partial(_made, zone, now, list(rows["id"]), edition),
        f"supply_{now.day:%Y%m%d}_{edition.value}.xlsx",
        key="sx_take",
        edition=edition,
        type="primary",
        disabled=rows.empty,
        told={"sets": ["parcel"], "rows": len(rows), "day": now.day.isoformat()},
    )
    _form(zone)


def _made(zone: Zone, now: Snapshot, ids: list[str], edition: Edition) -> bytes:
    columns = form.written(zone, form.form(zone), moment=now.moment, ids=ids, edition=edition)
    title = ("示例 · " if zone.example else "") + "供应台账"
    about = form.about(zone, now.moment, edition)
    about = {**about, **seal.of(zone, now.moment.known).rows()}
    return sheet.workbook(title, columns, about)


def _form(zone: Zone) -> None:
    """The headings that go out, and how an office gives its own."""
    words = parts.section("supply")
    st.html(f'<h3 class="tsub">{safe(words["form"])}</h3>')
    heads = "　".join(one.heading for one in form.form(zone))
    st.html(f'<p class="tnote">{safe(heads)}</p>')
    turn = st.session_state.get("sx_turn", 0)
    file = st.file_uploader(words["form_file"], ["xlsx", "xls", "csv"], key=f"sx_form_{turn}")
    if file is not None and uploads.allowed([file]):
        st.button(
            words["form_keep"],
            key="sx_keep",
            **rights.shut(Act.SETTINGS),
            on_click=_keep,
            args=(zone, file.getvalue(), file.name),
        )
    if refused := st.session_state.pop("sx_refused", None):
        parts.refused(refused)


def _keep(zone: Zone, data: bytes, name: str) -> None:
    try:
        form.keep(zone, data, name, by=parts.user())
    except GeoError as error:
        st.session_state["sx_refused"] = error
        return
    st.session_state["sx_turn"] = st.session_state.get("sx_turn", 0) + 1
    st.session_state["supply_said"] = parts.t("supply", "form_kept")
