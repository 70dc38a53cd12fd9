"""The office's own numbers for site checks: blank until somebody says one, with a reason."""

from typing import Any

import pandas as pd
import streamlit as st

from geo import casework
from geo.errors import GeoError
from geo.people import Act
from geo.site import Settings
from geo.zone import Zone
from pages import parts, rights, site_contacts, site_words


def draw(zone: Zone) -> None:
    """Parameters, what stays usable, what is left out; one form, one reason."""
    words, held, rules = site_words.words(), casework.settings(zone), casework.rules()
    st.caption(words["office_note"])
    with st.form("site_office"):
        said: dict[str, float | None] = {}
        for id_, one in rules.parameters.items():
            unit = parts.say(one.unit, one.unit_en)
            label = parts.say(one.title, one.title_en) + (f" / {unit}" if unit else "")
            said[id_] = st.number_input(
                label,
                min_value=float(one.low),
                max_value=one.high,
                value=held.parameters.get(id_),
                placeholder=words["blank"],
                key=f"site_p_{id_}_{zone.version}",
            )
        with st.expander(words["office_rules"]):
            table = _rules(held)
        reason = st.text_input(words["reason"], max_chars=200)
        document = st.text_input(words["document"], max_chars=100)
        how = rights.shut(Act.SETTINGS)
        keep = st.form_submit_button(words["keep"], type="primary", **how)
    site_contacts.draw(zone)
    if keep:
        parameters = {id_: value for id_, value in said.items() if value is not None}
        _keep(zone, _settings(parameters, table), reason, document)


def _rules(held: Settings) -> pd.DataFrame:
    """For each rule, percent that stays usable and why it is left out, if it is."""
    words = site_words.words()
    rows = [
        {
            "rule": one.id,
            "title": parts.say(one.title, one.title_en),
            "usable": held.usable.get(one.id),
            "left_out": held.left_out.get(one.id, ""),
        }
        for one in casework.rules().rules
    ]
    columns: dict[str, Any] = {
        "rule": None,
        "title": st.column_config.TextColumn(words["change_rule"], disabled=True, width=190),
        "usable": st.column_config.NumberColumn(
            words["usable"], min_value=0, max_value=100, width=90
        ),
        "left_out": st.column_config.TextColumn(words["why_left_out"], width=150),
    }
    frame = pd.DataFrame(rows).astype({"usable": float})
    return st.data_editor(
        frame,
        hide_index=True,
        height=260,
        column_config=columns,
        key="site_office_rules",
        placeholder="—",
    )


def _settings(parameters: dict[str, float], table: pd.DataFrame) -> Settings:
    usable = table.dropna(subset=["usable"])
    out = {
        str(rule): str(why).strip()
        for rule, why in zip(table["rule"], table["left_out"], strict=True)
        if why and str(why).strip()
    }
    percents = zip(usable["rule"], usable["usable"], strict=True)
    return Settings(parameters, {str(rule): float(one) for rule, one in percents}, out)


def _keep(zone: Zone, said: Settings, reason: str, document: str) -> None:
    try:
        casework.decide(zone, said, by=parts.user(), reason=reason, document=document)
    except GeoError as error:
        parts.refused(error)
        return
    st.session_state["site_said"] = site_words.words()["kept"]
    st.rerun(scope="fragment")
