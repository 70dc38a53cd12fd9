"""What else was found, as a list to choose from."""

from collections.abc import Sequence

import streamlit as st

from geo.model import Hit
from pages import parts

_LISTED = 14  # further hits shown as buttons


def draw(hits: Sequence[Hit]) -> None:
    """A button for each; the chosen one becomes the feature shown in full."""
    if not hits:
        return
    with st.container(key="card_others", gap="xxsmall"):
        for hit in hits[:_LISTED]:
            st.button(
                parts.plain(
                    f"{parts.say(hit.name, hit.name_en)} · {parts.say(hit.kind, hit.kind_en)}"
                ),
                key=f"other_{hit.set}_{hit.id}",
                type="tertiary",
                on_click=_choose,
                args=(hit.set, hit.id),
            )
        if len(hits) > _LISTED:
            st.html(f'<div class="zc-sub">+ {len(hits) - _LISTED}</div>')


def _choose(name: str, id_: str) -> None:
    st.session_state["main"] = (name, id_)
