"""How files of a meeting are wanted: language, colours, edition, who made them."""

import streamlit as st

from geo.meeting import Snapshot
from layers.style import Palette
from pages import download, parts, show_words
from pages.show_atlas import AREAS
from pages.show_make import Order
from pages.target_words import safe


def asked(one: Snapshot, story: str, number: int) -> Order:
    """Draw the options; `number` is that under which the story was saved."""
    words = show_words.words()
    st.html(f'<h2 class="thead">{safe(words["options"])}</h2>')

    def choose(name: str, options: list[str]) -> str:
        key = f"show_o_{name}"
        return str(
            st.segmented_control(
                words[f"o_{name}"],
                options,
                default=options[0],
                required=True,
                format_func=lambda each: words[f"o_{name}_{each}"],
                key=key,
            )
        )

    language = choose("lang", ["en", "zh"] if parts.english() else ["zh", "en"])
    palette = Palette(choose("palette", [each.value for each in Palette]))
    edition = choose("edition", [each.value for each in download.editions()])
    st.html(f'<p class="tnote">{safe(words[f"o_note_{edition}"])}</p>')
    maker = st.text_input(words["o_maker"], key="show_o_maker", max_chars=60)
    approval = st.text_input(
        words["o_approval"], key="show_o_approval", max_chars=60, help=words["o_approval_help"]
    )
    areas = choose("areas", [*AREAS])
    hidden = st.checkbox(words["o_hidden"], key="show_o_hidden")
    return Order(
        *(one.number, story, number, language == "en", palette, edition),
        *(maker.strip(), approval.strip(), hidden, _base(), areas),
    )


def _base() -> str:
    """Where the app is, for codes; empty where nobody but this machine could open it."""
    here = str(st.context.url or "").partition("?")[0].rstrip("/").removesuffix("/show")
    return "" if "://127.0.0.1" in here or "://localhost" in here else here


def said(order: Order) -> dict[str, str]:
    """The same for the player, as its address says it."""
    return {
        "lang": "en" if order.english else "zh",
        "palette": order.palette.value,
        "edition": order.edition,
        "maker": order.maker,
        "approval": order.approval,
    }
