"""管理. Who may sign in, what everybody did, and how the machine stands."""

import streamlit as st

from geo.people import Act
from geo.zone import Zone
from pages import admin_audit, admin_health, admin_people, ask, parts, rights, tabs, who

NEEDS = {"people": (Act.PEOPLE,), "audit": (Act.AUDIT,), "health": (Act.PEOPLE, Act.AUDIT)}


def offered() -> bool:
    """Whether the visitor may open any part of the page: else it is not in the navigation."""
    return any(rights.may(act) for acts in NEEDS.values() for act in acts)


@parts.told
def page(zone: Zone) -> None:
    """Draw the page; where nobody signs in there is only health to tell of."""
    words, held = parts.section("admin"), who.book()
    if held is None:
        st.info(words["nobody"])
        admin_health.draw(zone)
        return
    open_ = [name for name, acts in NEEDS.items() if any(map(rights.may, acts))]
    if not open_:
        rights.require(Act.AUDIT)
    if "aview" not in st.session_state:
        asked = st.query_params.get("aview", "")
        st.session_state["aview"] = asked if asked in open_ else open_[0]
    view = tabs.one_of(words["views"], {name: words[f"view_{name}"] for name in open_}, "aview")
    ask.write("aview", "" if view == open_[0] else view)
    if view == "people":
        admin_people.draw(zone, held)
    elif view == "audit":
        admin_audit.draw(held)
    else:
        admin_health.draw(zone)
