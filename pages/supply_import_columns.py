"""What each column of a sheet is taken for; the reader may say otherwise."""

import streamlit as st

from geo.ledger import DryRun, headings, supply_rules
from pages import parts


def draw(run: DryRun, file_id: str) -> None:
    """What each heading is taken for; the reader may say otherwise."""
    words = parts.section("supply")
    taken = sum(bool(one.key) for one in run.columns)
    label = words["columns"].format(taken=taken, number=len(run.columns))
    options = ["", *headings.ROW, *supply_rules().fields]
    with st.expander(label, key="si_columns"):
        said = dict[str, str]()
        cells = st.columns(3)
        for at, one in enumerate(run.columns):
            said[one.heading] = cells[at % 3].selectbox(
                parts.plain(one.heading),
                options,
                options.index(one.key),
                format_func=lambda key: headings.title(key) if key else words["skip"],
                key=f"si_col_{file_id}_{at}",
            )
        changed = {one.heading: said[one.heading] for one in run.columns} != {
            one.heading: one.key for one in run.columns
        }
        if changed:
            st.button(words["columns_apply"], key="si_apply", on_click=_say, args=(file_id, said))


def _say(file_id: str, said: dict[str, str]) -> None:
    st.session_state[f"si_said_{file_id}"] = said
