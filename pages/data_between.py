"""Overlaps, gaps and slivers of a set that is stored already, each with its place on a map."""

import re

import pandas as pd
import streamlit as st

from geo import intake
from geo.errors import Issue
from geo.model import Boundaries
from geo.zone import Zone
from pages import data_place, data_table, explain, parts

_OTHER = re.compile(r"第 (\d+) 行")


def draw(zone: Zone, name: str) -> None:
    """A button that looks, and what was found at this version of the set."""
    held = zone.boundaries(name)
    if held is None:
        return
    key = (name, held.since)
    if st.button(parts.t("store", "between_look"), key=f"between_{name}"):
        with st.spinner(parts.t("store", "checking"), show_time=True):
            st.session_state["between"] = (key, intake.between_features(held))
    kept = st.session_state.get("between")
    if kept and kept[0] == key:
        _found(zone, held, kept[1])


def _found(zone: Zone, held: Boundaries, found: list[Issue]) -> None:
    words, english = parts.section("store"), parts.english()
    if not found:
        st.success(words["between_none"])
        return
    ids = held.table["id"].tolist()
    rows = [
        {
            parts.t("table", "id"): ids[one.row - 1] if one.row else "",
            words["code"]: one.code,
            words["message"]: explain.beside(one.code, _named(one, ids), english=english),
        }
        for one in found
    ]
    st.caption(words["place_hint"])
    at = data_table.chosen(pd.DataFrame(rows), f"between_{held.name}_{held.since}")
    if at is not None:
        spot = intake.of_issue(intake.rows_of(held), found[at])
        data_place.show(zone, "between", f"{held.name}.{held.since}.{at}", spot, was="other")


def _named(one: Issue, ids: list[str]) -> str:
    """The message, with the id in place of the other feature's number."""
    return _OTHER.sub(lambda found: f" {ids[int(found[1]) - 1]} ", one.message)
