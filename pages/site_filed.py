"""Filed cases as rows, and which of them the reader asked for."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from geo.casework import Case
from geo.site import Verdict
from pages import site_words


def fits(one: Case) -> bool:
    """Whether a case is among those asked for."""
    state = st.session_state
    text = str(state.get("site_a_parcel") or "").strip()
    days: Sequence[date] = state.get("site_a_days") or ()
    site = one.row["site"]
    where = (*one.parcels, site["id"], site["name"], one.number)
    kinds = [Verdict[name].value for name in state.get("site_a_verdict") or ()]
    return (
        (not text or any(text.casefold() in part.casefold() for part in where))
        and (not state.get("site_a_by") or one.by in state["site_a_by"])
        and (not days or days[0] <= one.on <= days[-1])
        and (not kinds or one.row["verdict"] in kinds)
    )


def row(one: Case) -> dict[str, str]:
    """A case as a row of the list."""
    words = site_words.words()
    return {
        words["number"]: one.number,
        words["on"]: one.on.isoformat(),
        words["site"]: one.row["site"]["name"],
        words["verdict"]: site_words.named(Verdict(one.row["verdict"])),
        words["as_of"]: one.row["as_of"],
        words["by"]: one.by,
        words["purpose"]: one.purpose,
        words["disputes"]: str(len(one.disputes) or ""),
    }
