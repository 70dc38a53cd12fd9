"""Which present class may become which use, why, and the scenario's own exceptions."""

from typing import Any

import streamlit as st

from geo.scenario import Definition
from geo.scenario.closed import rules
from geo.scenario.land import counted
from pages import parts, scenario_book, scenario_form, scenario_state, scenario_words
from pages.target_words import safe


def show(draft: Definition) -> None:
    """Draw the matrix, the reasons, and the form of an exception."""
    words = scenario_words.words()
    own = {(one.start, one.use): one.allowed for one in draft.changes}
    heads = "".join(f"<th>{safe(one.code)} {safe(one.name)}</th>" for one in draft.uses)
    rows, reasons = "", dict[str, None]()
    for kind in counted().classes:
        cells = ""
        for use in draft.uses:
            step = rules().step(kind.name, use.code)
            allowed = own.get((kind.id, use.id), step.allowed)
            mark = words["may" if allowed else "may_not"]
            mark += words["own"] if (kind.id, use.id) in own else ""
            cells += f'<td class="{"yes" if allowed else "no"}">{safe(mark)}</td>'
            why = f"{kind.name} → {use.code}: {step.reason}"
            reasons[why + (f"（{step.basis}）" if step.basis else "")] = None
        rows += f"<tr><td>{safe(parts.say(kind.name, kind.name_en))}</td>{cells}</tr>"
    st.html(
        f'<h3 class="tsub">{safe(words["conversion"])}</h3>'
        f'<table class="ctab"><thead><tr><th>{safe(words["present_class"])}</th>{heads}</tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )
    with st.expander(words["reasons"]):
        st.html("".join(f'<p class="tnote">{safe(one)}</p>' for one in reasons))
    _exception(draft)


def _exception(draft: Definition) -> None:
    words = scenario_words.words()
    with st.popover(words["exception"], key="c_exception"):
        classes = {one.id: one for one in counted().classes}
        named: Any = {id_: parts.say(one.name, one.name_en) for id_, one in classes.items()}
        start, use = scenario_form.key("x_start"), scenario_form.key("x_use")
        may, why = scenario_form.key("x_may"), scenario_form.key("x_why")
        st.selectbox(words["present_class"], list(classes), format_func=named.get, key=start)
        st.selectbox(words["col_use"], [one.id for one in draft.uses], key=use)
        st.toggle(words["may"], key=may)
        st.text_input(words["reason"], key=why, max_chars=120)

        def act() -> None:
            said = st.session_state
            new = {"start": said[start], "use": said[use], "allowed": said[may]}
            new |= {"reason": said[why].strip()}
            scenario_state.change(lambda old: added(old, new))

        st.button(words["add"], key=scenario_form.key("x_go"), on_click=act)


def added(draft: Definition, new: dict[str, Any]) -> Definition:
    """The draft with one more exception, in place of another for the same pair."""
    pair = (new["start"], new["use"])
    held = [one for one in draft.changes if (one.start, one.use) != pair]
    return scenario_book.changed(
        draft, changes=[*(one.model_dump(mode="json") for one in held), new]
    )
