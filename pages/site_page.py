"""选址核查. Ask whether land can be used; the verdict first, then why, then a way forward."""

import streamlit as st

from geo.zone import Zone
from pages import (
    draft_offer,
    parts,
    site_address,
    site_answer,
    site_archive,
    site_ask,
    site_compare,
    site_draft,
    site_find,
    site_found,
    site_map,
    site_office,
    site_state,
)
from pages.target_words import safe


@parts.told
def page(zone: Zone) -> None:
    """Draw the page; what the address asks is taken up here."""
    site_address.take_up()
    st.html(f'<h1 class="sr">{safe(parts.t("app", "site"))}</h1>')
    body(zone)


@st.fragment
@parts.told
def body(zone: Zone) -> None:
    """All of it; a click reruns only this."""
    if said := st.session_state.pop("site_said", ""):
        st.toast(said)
    site_map.listen(zone)
    site_draft.keep(zone.version)
    draft_offer.show(site_draft.offer())
    with st.container(key="zs_split", horizontal=True, gap="small"):
        with st.container(key="zs_left"):
            view = _view()
            shown = {"ask": site_ask, "find": site_find, "office": site_office}
            if view in shown:
                shown[view].draw(zone)
            else:
                site_archive.aside(zone)
        if view == "archive":
            with st.container(key="zs_wide"):
                _wide(zone)
        else:
            site_map.show(zone, view)
            with st.container(key="zs_right"):
                if view == "find":
                    site_found.results(zone)
                else:
                    site_answer.draw(zone)
    site_address.write(view)


def _wide(zone: Zone) -> None:
    if site_state.now().compared:
        site_compare.draw(zone)
    else:
        site_archive.draw(zone)


def _view() -> str:
    words = parts.section("site")
    found = st.segmented_control(
        words["views"],
        site_state.VIEWS,
        required=True,
        format_func=lambda one: words[f"view_{one}"],
        key="site_view",
        label_visibility="collapsed",
    )
    return str(found or site_state.VIEWS[0])
