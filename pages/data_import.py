"""Bringing a file in, step by step: choose, judge, see the checks, see what changes, confirm."""

import hashlib
from collections.abc import Callable
from typing import cast

import streamlit as st

from geo import intake
from geo.errors import GeoError
from geo.formats import Kind, Peek, peek
from geo.zone import Zone
from pages import data_checks, data_choose, data_confirm, data_offer, data_raster, parts, uploads

_TYPES = (
    *("zip", "shp", "dbf", "shx", "prj", "cpg", "gpkg", "geojson", "json", "kml", "kmz", "dxf"),
    *("txt", "xlsx", "xls", "csv", "tif", "tiff"),
)


def draw(zone: Zone) -> None:
    """The steps that can be taken with what is known so far."""
    done = st.session_state.pop("imported", None)
    if done:
        st.success(parts.t("store", "imported").format(**done))
    upload = _upload()
    if upload is None:
        st.info(parts.t("store", "upload_hint"))
        return
    seen = _seen(upload)
    if seen and seen.kind is Kind.TIFF:
        data_raster.draw(zone, upload, seen)
        return
    terms = data_choose.draw(zone, seen) if seen else None
    if seen is None or terms is None:
        return
    name, how = terms
    with st.spinner(parts.t("store", "checking"), show_time=True):
        staged = _staged(zone, upload, name, how)
    if staged is None:
        return
    data_checks.draw(zone, staged)
    if staged.accepted:
        data_confirm.draw(zone, staged)


def _upload() -> intake.Upload | None:
    left, right = st.columns([3, 2], gap="medium")
    with left:
        files = st.file_uploader(
            parts.t("store", "upload"),
            list(_TYPES),
            accept_multiple_files=True,
            key="import_files",
            help=parts.t("store", "upload_limits"),
        )
    with right:
        pasted = st.text_area(parts.t("store", "paste"), height=110, key="import_paste")
    if not uploads.allowed(files or ()):
        return None
    if files and len(files) == 1:
        return intake.Upload(files[0].getvalue(), files[0].name)
    if files:
        whole = {file.name: file.getvalue() for file in files}
        return intake.Upload(whole, next((n for n in whole if n.lower().endswith(".shp")), ""))
    return intake.Upload(pasted.encode(), "") if pasted.strip() else None


def _seen(upload: intake.Upload) -> Peek | None:
    """What the file is; a refusal is told here and the page stays."""
    key = (upload.raw, upload.filename)
    return cast(Peek | None, _kept("seen", key, lambda: _peeked(upload)))


def _peeked(upload: intake.Upload) -> Peek:
    uploads.begin((hashlib.sha256(upload.raw).hexdigest(), upload.filename))
    return peek(upload.data, upload.filename)


def _staged(
    zone: Zone, upload: intake.Upload, name: str, how: intake.Terms
) -> intake.Staged | None:
    key = (upload.raw, upload.filename, name, repr(how), hash(how.params), zone.version)
    made = _kept("staged", key, lambda: intake.stage(zone, upload, name, how))
    return cast(intake.Staged | None, made)


def _kept(slot: str, key: object, make: Callable[[], object]) -> object:
    """An answer kept in the session while its question stays the same; a refusal is told."""
    kept = st.session_state.get(slot)
    if kept and kept[0] == key:
        return kept[1]
    try:
        made = make()
    except GeoError as error:
        parts.refused(error)
        data_offer.draw(error.issues)
        return None
    st.session_state[slot] = (key, made)
    return made
