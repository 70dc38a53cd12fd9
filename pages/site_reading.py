"""How a file of sites is to be read: layer, system, encoding, axes; guessed only aloud."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from geo import casework
from geo.errors import GeoError
from geo.formats import Peek
from geo.intake import Staged, Terms, Upload
from geo.zone import Zone
from pages import data_columns, data_drawing, data_offer, parts, site_words

T = TypeVar("T")
_SYSTEMS = ("4490", "4529", "4550", "4528", "4549", "4326")
_ENCODINGS = ("", "utf-8", "gb18030", "big5")
_SWAPPED = " swapped"


def tried(make: Callable[[], T]) -> T | None:
    """What was asked for; a refusal is told here, with the systems that would fit."""
    try:
        return make()
    except GeoError as error:
        parts.refused(error)
        data_offer.draw(error.issues)
        return None


def terms(seen: Peek) -> Terms | None:
    """The choices; None until a layer is chosen where there are several."""
    words, named = parts.section("store"), {}
    for one in seen.layers:
        named[f"{one.name}（{one.geometry}，{one.count}）"] = one
    layer = seen.layers[0]
    if len(named) > 1:
        label = st.selectbox(words["layer"], list(named), index=None, placeholder=words["pick"])
        if not label:
            return None
        layer = named[label]
    with st.expander(site_words.words()["how_read"]):
        known = list(dict.fromkeys(("", *_SYSTEMS, st.session_state.get("import_crs", ""))))
        crs = st.selectbox(words["crs"], known, format_func=system, key="import_crs")
        encoding = st.selectbox(words["encoding"], _ENCODINGS, format_func=_encoding)
        swapped = st.toggle(words["swapped"], key="import_swapped")
        choice = data_drawing.choice(seen, layer, encoding)
        data_columns.taste(layer)
    return Terms(choice=choice, crs=crs, swapped=swapped)


def system(epsg: str) -> str:
    """A system by its usual name."""
    code = epsg.removeprefix("EPSG:")
    if not code:
        return site_words.words()["by_file"]
    return parts.t("store", f"crs_{code}") if code in _SYSTEMS else epsg


def _encoding(name: str) -> str:
    return name or site_words.words()["by_file"]


def staged(zone: Zone, given: Upload, asked: Terms) -> Staged | None:
    """The file as it would be asked; where it names no system and only one fits, that one."""
    try:
        return casework.staged(zone, given, asked)
    except GeoError as error:
        offers = [one for one in error.issues if one.code == "CRS_GUESS"]
        if error.code != "CRS_MISSING" or len(offers) != 1:
            parts.refused(error)
            data_offer.draw(error.issues)
            return None
    value = offers[0].value
    code = value.removesuffix(_SWAPPED).removeprefix("EPSG:")
    st.info(site_words.settled("guessed", system=system(code)))
    sure = replace(asked, crs=code, swapped=value.endswith(_SWAPPED))
    return tried(lambda: casework.staged(zone, given, sure))
