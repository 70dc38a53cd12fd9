"""What the reader asks of the site page, kept for the visit; a case is named in the address."""

import time
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from geo.site import Site

VIEWS = ("ask", "find", "archive", "office")
WAYS = ("draw", "pick", "file", "paste")


@dataclass(slots=True)
class State:
    """What is drawn and picked, which cases are open, what is lit on the map.

    Parameters
    ----------
    areas, turn
        Areas drawn, as rings of lon/lat; the turn is new whenever the page changed them.
    like
        Parcels whose registered shape the drawn one amends.
    cases, case
        Cases open, and the one shown.
    lit
        Rule that is shown on the map, or empty; `cut` a cut shown there.
    """

    areas: list[Any] = field(default_factory=list)
    turn: str = "0"
    like: tuple[str, ...] = ()
    staged: tuple[Site, ...] = ()
    cases: tuple[str, ...] = ()
    case: str = ""
    lit: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    cut: Any = None
    fly: dict[str, Any] | None = None
    compared: tuple[str, ...] = ()
    found: Any = None
    wrote: str = ""
    seen: str = ""


def now() -> State:
    """The state of this visit."""
    state: State = st.session_state.setdefault("site_state", State())
    return state


def draw(areas: list[Any], like: tuple[str, ...] = ()) -> None:
    """Make these the areas drawn; the map takes them over."""
    state = now()
    state.areas, state.like, state.turn = areas, like, str(time.time_ns())


def show(case: str, cases: tuple[str, ...] = ()) -> None:
    """Open a case, alone or as one of several."""
    state = now()
    state.case, state.cases = case, cases or ((case,) if case else ())
    state.lit, state.cut, state.chosen, state.compared = "", None, (), ()


def fly(bounds: tuple[float, ...] | None) -> None:
    """Send the map to a place, once."""
    if bounds:
        now().fly = {"nonce": str(time.time_ns()), "bounds": list(bounds)}


def light(rule: str, chosen: tuple[tuple[str, str], ...], bounds: tuple[float, ...] | None) -> None:
    """Show what a rule hit, and go there."""
    state = now()
    state.lit, state.chosen, state.cut = rule, chosen, None
    fly(bounds)
