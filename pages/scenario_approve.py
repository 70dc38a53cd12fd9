"""A scenario becomes the year's plan of supply: the difference is seen first, then written."""

import streamlit as st

from geo import scenario
from geo.people import Act
from geo.scenario import Approver, Preview
from geo.zone import Zone
from pages import parts, rights, scenario_state, scenario_words, supply_book, supply_words
from pages.scenario_book import Found
from pages.target_words import safe


def show(zone: Zone, found: Found) -> None:
    """Draw year and quarter, the difference, and the button that writes it."""
    words, kept = scenario_words.words(), found.kept
    st.html(f'<h3 class="tsub">{safe(words["approve"])}</h3>')
    if kept.approved is not None:
        st.html(f'<p class="cgood">{safe(words["approved"].format(year=kept.approved))}</p>')
        return
    years = list(kept.definition.periods) or [supply_book.today().year + i for i in range(3)]
    with st.container(key="capprove", horizontal=True, gap="small"):
        year = st.selectbox(words["year"], years, key=f"c_year_{kept.id}")
        quarter = st.selectbox(words["quarter"], (1, 2, 3, 4), 3, key=f"c_quarter_{kept.id}")
        st.text_input(words["document"], key=f"c_paper_{kept.id}", max_chars=120)
    shown = scenario.preview(zone, kept.id, int(year), int(quarter))
    st.html(_difference(shown))

    def act() -> str:
        paper = str(st.session_state[f"c_paper_{kept.id}"])
        scenario.approve(zone, shown, Approver(parts.user(), paper))
        return words["approved"].format(year=shown.year)

    st.button(
        words["approve_go"],
        key=f"c_approve_{kept.id}",
        **rights.shut(Act.APPROVE),
        on_click=scenario_state.attempt,
        args=(act,),
    )


def _difference(shown: Preview) -> str:
    words = scenario_words.words()
    keys = ("use", "plan_now", "plan_after", "plan_change")
    heads = "".join(f"<th>{safe(words[f'h_{key}'])}</th>" for key in keys)
    rows = ""
    for one in shown.steps:
        was = supply_words.size(one.old_m2)
        off = one.new_m2 - (one.old_m2 or 0.0)
        sign = "▲ " if off > 0 else "▼ " if off < 0 else ""
        rows += (
            f"<tr><td>{safe(supply_words.use(one.use))}</td><td>{safe(was)}</td>"
            f"<td>{safe(supply_words.size(one.new_m2))}</td>"
            f"<td>{sign}{safe(supply_words.size(abs(off)))}</td></tr>"
        )
    rest = words["plan_rest"].format(number=len(shown.untouched))
    return (
        f'<table class="ctab"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f'<p class="tnote">{safe(rest)}</p>'
    )
