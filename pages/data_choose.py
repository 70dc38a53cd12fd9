"""How a file is to be taken: which layer, which set, which system, whose columns."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo import intake
from geo.formats import Layer, Peek
from geo.zone import Zone
from pages import data_columns, data_drawing, data_shift, parts

_SYSTEMS = ("", "4490", "4529", "4550", "4528", "4549", "4326", "3857")
_ENCODINGS = ("", "utf-8", "gb18030", "big5")


def draw(zone: Zone, seen: Peek) -> tuple[str, intake.Terms] | None:
    """The choices; None until a layer is chosen where there are several."""
    words = parts.section("store")
    st.text(words["seen"].format(kind=seen.kind.value.upper(), n=len(seen.layers)))
    layer = _layer(seen)
    if layer is None:
        return None
    data_columns.taste(layer)
    one, two, three, four = st.columns(4)
    with one:
        name = _set(zone)
    crs = two.selectbox(words["crs"], _systems(), format_func=_system, key="import_crs")
    encoding = _encoding(three, seen)
    sender = four.text_input(words["sender"], key="import_sender")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        shift = st.selectbox(words["shift"], list(intake.Shift), 0, _shift, width=260)
        swapped = st.toggle(words["swapped"], key="import_swapped")
        aside = st.toggle(words["set_aside"], key="import_aside")
        partition = st.toggle(words["partition"], key="import_partition")
    choice = data_drawing.choice(seen, layer, encoding)
    terms = intake.Terms(
        choice=choice,
        crs=crs,
        swapped=swapped,
        shift=shift or intake.Shift.UNASKED,
        columns=data_columns.draw(layer),
        params=data_shift.draw(),
        set_aside=aside,
        partition=partition,
        sender=sender.strip(),
    )
    return (name, terms) if name else None


def _systems() -> list[str]:
    """The usual systems, and the one just taken from an offer."""
    return list(dict.fromkeys((*_SYSTEMS, st.session_state.get("import_crs", ""))))


def _encoding(where: DeltaGenerator, seen: Peek) -> str:
    words = parts.section("store")
    as_file = f"{words['as_file']} {seen.encoding}"
    known = list(dict.fromkeys((*_ENCODINGS, *seen.encodings)))
    return where.selectbox(
        words["encoding"], known, format_func=lambda one: one or as_file, key="import_encoding"
    )


def _layer(seen: Peek) -> Layer | None:
    """The one layer, or the one the reader picks: never the first by default."""
    if len(seen.layers) == 1:
        return seen.layers[0]
    label = {f"{one.name}（{one.geometry}，{one.count}）": one for one in seen.layers}
    picked = st.selectbox(
        parts.t("store", "layer"), list(label), index=None, placeholder=parts.t("store", "pick")
    )
    return label[picked] if picked else None


def _set(zone: Zone) -> str:
    known = [*zone.catalog.shipped, *zone.catalog.themes, *zone.sets()]
    return str(
        st.selectbox(
            parts.t("store", "as"),
            list(dict.fromkeys(known)),
            index=None,
            format_func=lambda n: f"{zone.catalog.title(n, english=parts.english())} ({n})",
            accept_new_options=True,
            placeholder=parts.t("store", "pick"),
            key="import_set",
        )
        or ""
    )


def _system(epsg: str) -> str:
    if epsg and epsg not in _SYSTEMS:
        return f"EPSG:{epsg}"
    return parts.t("store", f"crs_{epsg or 0}")


def _shift(one: intake.Shift) -> str:
    return parts.t("store", f"shift_{one.value or 'unasked'}")
