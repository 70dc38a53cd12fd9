"""Which parcels are chosen: one choice for the table, the map and every page, in the address."""

from collections.abc import Iterable

import streamlit as st

from geo.zone import Zone
from pages import ask, link, parts
from pages.found import answer
from pages.supply_map import SET


def ids(zone: Zone) -> tuple[str, ...]:
    """Ids of the parcels chosen, also of those that are not drawn."""
    ask.arrive()
    asked = st.session_state.get("asked") or {}
    if asked.get("kind") == "lit" and not asked.get("clause"):
        pairs = [*asked.get("pairs", ()), *link.pairs(asked.get("sel", ""))]
    else:
        found = answer(zone)
        pairs = list(found.chosen) if found else []
    return tuple(dict.fromkeys(id_ for name, id_ in pairs if name == SET))


def choose(chosen: Iterable[str], *, fly: bool = True) -> None:
    """Choose these parcels, and go to them on the map."""
    ask.choose([(SET, id_) for id_ in chosen], fly=fly)


def settle(chosen: Iterable[str]) -> None:
    """Write the choice into the address."""
    ask.settle([(SET, id_) for id_ in chosen])


def close() -> None:
    """The button that lets go of what is chosen."""
    st.button(
        "✕",
        key="sp_close",
        type="tertiary",
        help=parts.t("supply", "close"),
        on_click=choose,
        args=((),),
    )
