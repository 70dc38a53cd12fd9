"""打印与图片: the map as it is now on a sheet; one dialog for all pages."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from geo.edition import Edition
from geo.errors import GeoError
from geo.zone import Zone
from layers.picture import Grid, Kind
from pages import download, map_print_look, map_print_same, map_print_scene, parts
from pages.map_print_look import Taken
from pages.map_print_sheet import Asked
from pages.show_look import Shown

_PAGES = ("a4", "a4-tall", "a3", "a3-tall")
_SCALES = (0, 500, 1_000, 2_000, 5_000, 10_000, 25_000, 50_000, 100_000)
_MADE = "print_made"


def opened(zone: Zone, shown: Shown) -> None:
    """Draw the dialog, if the button of this map was just pressed."""
    told = st.session_state.get("opened_print")
    if told and told.get("key") == shown.key:
        del st.session_state["opened_print"]
        st.session_state.pop(_MADE, None)
        offer(zone, map_print_look.taken(zone, replace(shown, told=told["shown"])))


def offer(zone: Zone, taken: Taken) -> None:
    """Ask how the picture is wanted, draw it, and give it away."""

    @st.dialog(parts.t("print", "title"), width="large")
    @parts.told
    def dialog(zone: Zone) -> None:
        map_print_same.check_visitor(taken.visitor)
        words = parts.section("print")
        st.caption(words["note"])
        asked = _asked(words)
        if asked.public:
            st.caption(words["public_note"])
        if st.button(words["make"], type="primary", key="print_make"):
            _make(zone, taken, asked)
        _given(words, taken, asked)

    dialog(zone)  # an argument, so that a rerun of it sees what the visitor may see then


def _asked(words: Mapping[str, str]) -> Asked:
    """The form."""

    def choose(name: str, options: tuple[str, ...], said: Callable[[str], str]) -> str:
        found = st.selectbox(words[name], options, format_func=said, key=f"print_{name}")
        return str(found)

    usual = parts.t("app", "title")
    heading = st.text_input(words["heading"], usual, key="print_heading", max_chars=60)
    with st.container(horizontal=True, gap="small", key="print_row"):
        kind = choose("kind", ("pdf", "png", "svg"), lambda one: words[f"kind_{one}"])
        page = choose("page", _PAGES, lambda one: words[f"page_{one.replace('-', '_')}"])
        named = {str(one): f"1:{one:,}" if one else words["scale_seen"] for one in _SCALES}
        scale = int(choose("scale", tuple(named), named.__getitem__))
        net = choose("net", tuple(Grid), lambda one: words[f"net_{one}"])
        editions = tuple(one.value for one in download.editions())
        edition = choose("edition", editions, lambda one: words[f"edition_{one}"])
    with st.container(horizontal=True, gap="small", key="print_names"):
        maker = st.text_input(words["maker"], key="print_maker", max_chars=60)
        approval = st.text_input(words["approval"], key="print_approval", max_chars=60)
    public = edition == Edition.PUBLIC
    sheet = Kind(kind), page, scale or None, Grid(net), public
    return Asked(heading.strip(), *sheet, maker.strip(), approval.strip())


def _make(zone: Zone, taken: Taken, asked: Asked) -> None:
    """Draw the file and a small picture of it; a refusal is told in place."""
    st.session_state.pop(_MADE, None)
    try:
        with st.spinner(parts.t("print", "making")):
            st.session_state[_MADE] = asked, *map_print_scene.drawn(zone, taken, asked)
    except GeoError as error:
        parts.refused(error)


def _given(words: Mapping[str, str], taken: Taken, asked: Asked) -> None:
    """The file that was drawn, while it is still what the form asks for."""
    made = st.session_state.get(_MADE)
    if made is None or made[0] != asked:
        return
    _, body, small, sets = made
    edition = Edition.PUBLIC if asked.public else Edition.INTERNAL
    mark = "_public" if asked.public else ""
    name = f"map_{taken.day:%Y%m%d}{mark}.{asked.kind.value}"
    label = f"{words['take']} {parts.plain(name)}"
    told = {"sets": sets, "page": asked.page, "scale": asked.scale}
    still = partial(map_print_same.given, taken.visitor, body)
    download.button(label, still, name, key="print_take", edition=edition, told=told)
    st.image(small, width="stretch")
