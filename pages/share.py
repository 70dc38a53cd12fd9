"""链接: the view as it is now under a short link, with its QR code; one dialog for all maps."""

import streamlit as st

from geo.errors import GeoError
from geo.views import View
from layers.show import code
from pages import album, board, bookmarks, parts, who
from pages.show_look import Shown


def opened(shown: Shown) -> None:
    """Draw the dialog that the toolbar or the panel of this map just asked for, if any."""
    for what, draw in (("link", offer), ("bookmarks", bookmarks.offer)):
        told = st.session_state.get(f"opened_{what}")
        if told and told.get("key") == shown.key:
            del st.session_state[f"opened_{what}"]
            draw(album.taken(told["shown"]))


def offer(view: View) -> None:
    """The short link, its QR code, and a name to keep it under."""

    @st.dialog(parts.t("share", "title"), width="medium")
    @parts.told
    def dialog() -> None:
        words = parts.section("share")
        try:
            id_ = album.needed().keep(board.visit(), view, who.now())
        except GeoError as error:
            parts.refused(error)
            return
        short = album.address(id_)
        with st.container(key="share", horizontal=True, gap="medium"):
            with st.container(key="share_code", width=190):
                st.image(picture(short), width=180)
            with st.container(gap="small"):
                st.code(short, language=None, wrap_lines=True)
                st.caption(words["note"])
                if view.sketch:
                    st.caption(words["with_sketch"])
                bookmarks.add(view)

    dialog()


def picture(text: str) -> str:
    """A QR code as SVG, black on white."""
    made = code.squares(text)
    side = made["side"]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="360" '
        f'height="360" shape-rendering="crispEdges"><rect width="{side}" height="{side}" '
        f'fill="#fff"/><path d="{made["path"]}" fill="#000"/></svg>'
    )
