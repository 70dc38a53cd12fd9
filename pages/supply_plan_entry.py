"""编制计划. One line of a year's plan: use, quarter, area; a later line replaces the earlier."""

from collections.abc import Sequence

import streamlit as st

from geo.errors import DataError
from geo.ledger import supply_rules
from geo.model import Event
from geo.people import Act
from geo.supply import Draft
from geo.supply.cells import canonical, typed
from geo.supply.quota import QUARTERS, Line, planned
from geo.zone import Zone
from pages import parts, rights, supply_words
from pages.supply_form import Form


def button(zone: Zone, year: int) -> None:
    """The button that opens the form."""
    words = parts.section("supply")
    title, how = words["plan_enter"].format(year=year), rights.shut(Act.APPROVE)
    with st.popover(title, key="splan_enter", **how):
        form = Form("plan", (f"plan-{year}",), Act.APPROVE)
        firsts = [code for code in supply_rules().uses if len(code) == 2]
        st.selectbox(
            words["by_use"], firsts, format_func=supply_words.use, key=form.key("use"), index=None,
            placeholder=words["pick"],
        )  # fmt: skip
        st.segmented_control(
            words["quarter_head"],
            QUARTERS,
            default=1,
            required=True,
            format_func=lambda one: words["quarter"].format(number=one),
            key=form.key("quarter"),
        )
        st.text_input(
            f"{words['col_area']} /㎡", key=form.key("area"), placeholder=words["area_hint"]
        )
        st.text_input(words["document_free"], key=form.key("document"))
        st.text_area(words["reason"], key=form.key("reason"), height=68)

        def make(draft: Draft) -> Sequence[Event]:
            line = Line(str(form.value("use") or ""), int(form.value("quarter") or 0), _m2(form))
            return [planned(draft, year, line)]

        form.save_button(zone, make)


def _m2(form: Form) -> float:
    rules = supply_rules()
    cell = typed(rules, "area_m2", form.value("area") or None)
    if cell is None:
        raise DataError("请填写计划面积，可带单位，如 20 亩", "AREA_EMPTY")
    found = canonical(rules.fields["area_m2"], cell, rules)
    return float(found) if isinstance(found, int | float) else 0.0
