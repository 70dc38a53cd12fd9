"""The history of one set: every version, what changed between two, and the way back."""

import pandas as pd
import streamlit as st

from geo import intake
from geo.chronicle import CHINA
from geo.model import Event, SetSummary
from geo.people import Act
from geo.zone import SYSTEM, Zone
from pages import data_changes, parts, rights


def draw(zone: Zone, one: SetSummary) -> None:
    """Versions as a table; with two or more, a comparison and a way back."""
    st.markdown(f"**{parts.t('store', 'history')}**")
    past = zone.history(one.name)
    rows = [
        {
            parts.t("data", "since"): f"v{since}",
            parts.t("store", "when"): f"{event.at.astimezone(CHINA):%Y-%m-%d %H:%M}",
            parts.t("store", "who"): _who(event.by),
            parts.t("store", "reason"): _why(event),
            parts.t("store", "document"): event.document,
        }
        for since, event in reversed(past)
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)
    versions = sorted({since for since, _ in past})
    if len(versions) < 2:
        st.caption(parts.t("store", "one_version"))
        return
    _compare(zone, one.name, versions)


def _compare(zone: Zone, name: str, versions: list[int]) -> None:
    label = "v{}".format
    with st.container(horizontal=True, vertical_alignment="bottom"):
        old = st.selectbox(
            parts.t("store", "from"), versions[:-1], len(versions) - 2, label, key=f"old_{name}"
        )
        later = [v for v in versions if v > old]
        new = st.selectbox(parts.t("store", "to"), later, len(later) - 1, label, key=f"new_{name}")
    changes = zone.diff(name, old, new)
    before, after = zone.existing(name, old), zone.existing(name, new)
    data_changes.draw(zone, changes, before, after)
    with st.expander(parts.t("store", "restore")):
        reason = st.text_input(parts.t("store", "reason"), key=f"why_{name}")
        asked = parts.t("store", "restore_to").format(old)
        how = rights.shut(Act.DATA, disabled=not reason.strip())
        if st.button(asked, key=f"back_{name}", **how):
            intake.restore(zone, name, old, by=parts.user(), reason=reason)
            st.toast(parts.t("store", "restored"))
            st.rerun()


def _who(by: str) -> str:
    return parts.t("store", "system") if by == SYSTEM else by


def _why(event: Event) -> str:
    return parts.t("store", "shipped") if event.by == SYSTEM else event.reason
