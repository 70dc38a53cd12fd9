"""Live totals of a draft: what is asked, what is open, and at once whether it can be."""

import math

import streamlit as st

from geo.scenario import Definition, Prepared, paint
from geo.scenario.default import tolerance_pct
from geo.zone import Zone
from pages import parts, scenario_book, scenario_room, scenario_words
from pages.target_words import safe


def show(zone: Zone, draft: Definition, bare: Prepared | None) -> None:
    """Draw them; nothing where the inputs do not do yet. `bare` is the draft without locks."""
    if bare is None:
        return
    wrong = sum(len(one.units) for one in paint.conflicts(bare, draft.locks))
    wrong += len(paint.strays(bare, draft.locks))
    if wrong:
        told = scenario_words.words()["locks_wrong"].format(number=wrong)
        st.html(f'<div class="srefused" role="alert">{safe(told)}</div>')
    else:
        _totals(scenario_book.prepared(zone, draft) if draft.locks else bare)


def _totals(prepared: Prepared) -> None:
    words, room = scenario_words.words(), scenario_room.room(prepared)
    low = high = 0.0
    for one in prepared.definition.demands:
        least, most = one.band_mu(tolerance_pct())
        low, high = low + least, high + most
    least_text = scenario_words.of_mu(low)
    most_text = words["no_most"] if math.isinf(high) else scenario_words.of_mu(high)
    cells = [
        (words["asked_all"], least_text, words["up_to"].format(area=most_text)),
        (words["open_any"], scenario_words.size(room.any_m2), words["open_note"]),
        (words["land_all"], scenario_words.size(room.all_m2), _units(prepared)),
    ]
    st.html(scenario_words.figures(cells))
    told = scenario_book.explained(prepared)
    if told:
        lines = "".join(f"<li>{safe(parts.say(one.text, one.text_en))}</li>" for one in told)
        head = f"<b>{safe(words['cannot'])}</b>"
        st.html(f'<div class="srefused" role="alert">{head}<ul>{lines}</ul></div>')
    else:
        st.html(f'<p class="cgood">{safe(words["can"])}</p>')


def _units(prepared: Prepared) -> str:
    text = scenario_words.words()["units_number"]
    return text.format(number=f"{len(prepared.land):,}")


def by_use(prepared: Prepared) -> None:
    """Land open to each use."""
    words, room = scenario_words.words(), scenario_room.room(prepared)
    rows = "".join(
        f"<tr><td>{scenario_words.swatch(scenario_words.ink(label.code))}"
        f"{safe(scenario_words.use(label))}</td><td>{safe(scenario_words.size(m2))}</td></tr>"
        for label, m2 in zip(prepared.labels, room.open_m2, strict=True)
    )
    heads = f"<th>{safe(words['col_use'])}</th><th>{safe(words['open_use'])}</th>"
    st.html(f'<table class="ctab"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>')
