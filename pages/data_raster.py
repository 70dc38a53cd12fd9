"""Bringing a raster in: what it is to be, what was found in it, the papers, confirm."""

import streamlit as st

from geo import intake, rasters
from geo.errors import GeoError
from geo.formats import Peek
from geo.zone import Zone
from pages import data_papers, explain, parts

_NAMES = ("dem", "landcover")


def draw(zone: Zone, upload: intake.Upload, seen: Peek) -> None:
    """The steps of a raster; nothing is written before it is confirmed."""
    words = parts.section("store")
    st.text(words["seen_raster"].format(kind=seen.kind.value.upper()))
    one, two, three = st.columns(3)
    name = one.selectbox(
        words["as"],
        _NAMES,
        index=None,
        format_func=lambda n: f"{zone.catalog.title(n, english=parts.english())} ({n})",
        accept_new_options=True,
        placeholder=words["pick"],
        key="raster_as",
    )
    classes = two.toggle(words["raster_classes"], value=name == "landcover", key=f"classes_{name}")
    unit = three.text_input(words["raster_unit"], value="" if classes else "m", key="raster_unit")
    if not name:
        return
    wanted = rasters.Wanted(name, classes=classes, unit=unit.strip())
    try:
        coming = rasters.look(zone, upload.raw, upload.filename, wanted)
    except GeoError as error:
        parts.refused(error)
        return
    for issue in coming.issues:
        st.text(explain.beside(issue.code, issue.message, english=parts.english()))
    _facts(coming)
    papers = data_papers.draw(upload.filename)
    if papers:
        version = rasters.put(zone, coming, papers, by=parts.user())
        st.session_state["imported"] = {"name": name, "version": version}
        st.session_state.pop("seen", None)
        st.rerun()


def _facts(coming: rasters.Coming) -> None:
    """What was found in the file, in the reader's words."""
    words, facts = parts.section("store"), coming.facts
    wide, high = facts["size"]
    rows = {
        words["raster_size"]: f"{wide:,} × {high:,}",
        words["raster_step"]: f"{facts['step']:g}",
        words["crs"]: str(facts["crs"]),
        words["raster_range"]: f"{facts['min']:.1f} – {facts['max']:.1f}",
        words["raster_gaps"]: f"{facts['gaps']:,}",
    }
    st.dataframe({key: [value] for key, value in rows.items()}, hide_index=True)
