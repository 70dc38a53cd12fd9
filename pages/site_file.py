"""Sites from a file or from pasted coordinates: read as the importer does, shown before use."""

import hashlib

import streamlit as st

from geo import casework
from geo.formats import Peek, peek
from geo.intake import Staged, Upload
from geo.zone import Zone
from pages import explain, parts, site_reading, site_state, site_words, uploads

_TYPES = (
    *("zip", "shp", "dbf", "shx", "prj", "cpg", "gpkg", "geojson", "json", "kml", "kmz"),
    *("dxf", "txt", "xlsx", "xls", "csv"),
)


def upload(zone: Zone) -> None:
    """A file, or the parts of a shapefile."""
    words = site_words.words()
    files = st.file_uploader(
        words["file"], list(_TYPES), accept_multiple_files=True, key="site_upload"
    )
    if not files:
        site_state.now().staged = ()
        return
    if not uploads.allowed(files):
        site_state.now().staged = ()
        return
    whole = {one.name: one.getvalue() for one in files}
    first = next((name for name in whole if name.lower().endswith(".shp")), files[0].name)
    _read(zone, Upload(whole if len(files) > 1 else whole[files[0].name], first))


def paste(zone: Zone) -> None:
    """Coordinates in a box; order and zone are told before they are used."""
    words = site_words.words()
    text = st.text_area(
        words["paste"],
        height=150,
        key="site_paste",
        placeholder="4143500.000,41429000.000\n…",
        persist_state="session",
    )
    if not text.strip():
        site_state.now().staged = ()
        return
    _read(zone, Upload(text.encode(), ""))


def _read(zone: Zone, given: Upload) -> None:
    """Read, ask what must be asked, show what was found; the sites go on the map."""
    state, before = site_state.now(), site_state.now().staged
    state.staged = ()
    seen = site_reading.tried(lambda: _peeked(given))
    terms = site_reading.terms(seen) if seen else None
    if terms is None:
        return
    staged = site_reading.staged(zone, given, terms)
    if staged is None:
        return
    _told(staged)
    sites = site_reading.tried(lambda: casework.of_staged(staged))
    state.staged = tuple(sites or ())
    if sites and [one.shape for one in before] != [one.shape for one in sites]:
        bounds = staged.table.total_bounds
        site_state.fly(tuple(float(one) for one in bounds))


def _peeked(given: Upload) -> Peek:
    uploads.begin((hashlib.sha256(given.raw).hexdigest(), given.filename))
    return peek(given.data, given.filename)


def _told(staged: Staged) -> None:
    """What was found: rows, system, and every remark of the reader."""
    words = site_words.words()
    st.success(words["read"].format(count=staged.stored, system=site_reading.system(staged.crs)))
    faults = [
        one for one in staged.issues if one.severity != "info" and not one.code.endswith("_MADE")
    ]
    infos = [one for one in staged.issues if one.severity == "info" and one.code == "AXIS_FOUND"]
    for one in [*infos, *faults][:8]:
        said = explain.beside(one.code, one.message, english=parts.english())
        st.caption(f"{one.row or ''} {one.field} {said}".strip())
