"""管理. Who may sign in, what everybody did, how the machine stands, feedback, news, use."""

from collections.abc import Callable

import streamlit as st

from geo.people import Act
from geo.zone import Zone
from pages import (
    admin_audit,
    admin_health,
    admin_people,
    admin_remarks,
    admin_use,
    ask,
    news_form,
    parts,
    rights,
    tabs,
    who,
)

NEEDS = {
    "people": (Act.PEOPLE,),
    "audit": (Act.AUDIT,),
    "health": (Act.PEOPLE, Act.AUDIT),
    "remarks": (Act.SETTINGS,),
    "news": (Act.SETTINGS,),
    "use": (Act.SETTINGS,),
}
_SIGNED = ("people", "audit")  # where nobody signs in there is nothing to tell of


def offered() -> bool:
    """Whether the visitor may open any part of the page: else it is not in the navigation."""
    return any(rights.may(act) for acts in NEEDS.values() for act in acts)


@parts.told
def page(zone: Zone) -> None:
    """Draw the page: one of its parts."""
    words, held = parts.section("admin"), who.book()
    open_ = [
        name
        for name, acts in NEEDS.items()
        if any(map(rights.may, acts)) and (held is not None or name not in _SIGNED)
    ]
    if not open_:
        rights.require(Act.AUDIT)
    if "aview" not in st.session_state:
        asked = st.query_params.get("aview", "")
        st.session_state["aview"] = asked if asked in open_ else open_[0]
    view = tabs.one_of(words["views"], {name: words[f"view_{name}"] for name in open_}, "aview")
    ask.write("aview", "" if view == open_[0] else view)
    if held is None and view == "health":
        st.info(words["nobody"])
    _draw(zone, view)


def _draw(zone: Zone, view: str) -> None:
    held = who.book()
    draw: dict[str, Callable[[], None]] = {
        "health": lambda: admin_health.draw(zone),
        "remarks": lambda: admin_remarks.draw(zone),
        "news": lambda: news_form.draw(zone),
        "use": admin_use.draw,
    }
    if held is not None:
        draw["people"] = lambda: admin_people.draw(zone, held)
        draw["audit"] = lambda: admin_audit.draw(held)
    draw[view]()
