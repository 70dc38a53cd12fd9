"""How a file is to be taken: which layer, which set, which system, whose columns."""

import pandas as pd
import streamlit as st

from geo import intake
from geo.formats import Choice, Layer, Peek
from geo.zone import Zone
from pages import data_columns, parts

_SYSTEMS = ("", "4490", "4529", "4550", "4528", "4549", "4326", "3857")
_ENCODINGS = ("", "utf-8", "gb18030", "big5")


def draw(zone: Zone, seen: Peek) -> tuple[str, intake.Terms] | None:
    """The choices; None until a layer is chosen where there are several."""
    words = parts.section("store")
    st.text(words["seen"].format(kind=seen.kind.value.upper(), n=len(seen.layers)))
    layer = _layer(seen)
    if layer is None:
        return None
    _taste(layer)
    one, two, three, four = st.columns(4)
    with one:
        name = _set(zone)
    with two:
        crs = st.selectbox(words["crs"], _SYSTEMS, format_func=_system, key="import_crs")
    with three:
        encoding = st.selectbox(
            words["encoding"],
            list(dict.fromkeys((*_ENCODINGS, *seen.encodings))),
            format_func=lambda e: e or f"{words['as_file']} {seen.encoding}",
            key="import_encoding",
        )
    with four:
        sender = st.text_input(words["sender"], key="import_sender")
    with st.container(horizontal=True):
        aside = st.toggle(words["set_aside"], key="import_aside")
        partition = st.toggle(words["partition"], key="import_partition")
        shift = st.selectbox(words["shift"], list(intake.Shift), 0, _shift, width=260)
    columns = data_columns.draw(layer)
    if not name:
        return None
    choice = Choice(layer=layer.name if len(seen.layers) > 1 else "", encoding=encoding)
    return name, intake.Terms(
        choice=choice,
        crs=crs,
        shift=shift or intake.Shift.UNASKED,
        columns=columns,
        set_aside=aside,
        partition=partition,
        sender=sender.strip(),
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


def _taste(layer: Layer) -> None:
    if layer.sample:
        st.caption(parts.t("store", "taste"))
        st.dataframe(pd.DataFrame([dict(row) for row in layer.sample]), hide_index=True)


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
    return parts.t("store", f"crs_{epsg or 0}")


def _shift(one: intake.Shift) -> str:
    return parts.t("store", f"shift_{one.value or 'unasked'}")
