"""状态变更. Only moves that the rules allow are offered, with the fields and papers they need."""

from collections.abc import Sequence

import streamlit as st

from geo.errors import DataError
from geo.ledger import book, supply_rules
from geo.model import Event
from geo.supply import Draft, Move, Parcel
from geo.zone import Zone
from pages import parts, supply_input, supply_words
from pages.supply_form import Form
from pages.target_words import safe


def show(zone: Zone, parcel: Parcel) -> None:
    """Draw the form."""
    words, form = parts.section("supply"), Form("move", (parcel.id,))
    moves = {move.end: move for move in supply_rules().allowed(parcel.status)}
    kept = form.value("to")
    options = list(moves) + ([kept] if kept and kept not in moves else [])
    to = st.selectbox(
        words["move_to"],
        options,
        index=None,
        format_func=lambda end: _named(moves.get(end), end),
        key=form.key("to"),
        placeholder=words["pick"],
    )
    move = moves.get(to) if to else None
    if to and move is None:
        st.warning(words["move_shut"].format(status=supply_words.status(parcel.status)))
    keys = _fields(move, parcel, form) if move else []
    if move:
        _notes(move)
        for key in keys:
            supply_input.draw(form, key, parcel, needed=True)
    form.papers(needed=bool(move and move.paper))

    def make(draft: Draft) -> Sequence[Event]:
        return [_event(zone, form, draft, keys)]

    form.save_button(zone, make, disabled=to is None)


def _event(zone: Zone, form: Form, draft: Draft, keys: list[str]) -> Event:
    """The move on its day, from what the parcel is on that day."""
    id_, to = form.ids[0], str(form.value("to"))
    parcel = book(zone).supply.parcel(id_, draft.on)
    if parcel is None:
        raise DataError(f"宗地 {id_} 在 {draft.on} 尚未入账，请改生效日期", "DAY")
    return draft.moved(parcel, to, supply_input.changed(form, keys, parcel))


def _fields(move: Move, parcel: Parcel, form: Form) -> list[str]:
    """What the move needs and what the way of supply adds to it; what is not known first."""
    rules = supply_rules()
    keys = list(move.needs)
    if rules.statuses[move.end].phase == "supplied" and "method" in keys:
        said = form.value("f_method") or parcel.fields.get("method")
        method = rules.methods.get(str(said))
        keys += [key for key in (method.needs if method else ()) if key not in keys]
    return sorted(keys, key=lambda key: key in parcel.fields)


def _named(move: Move | None, end: str) -> str:
    name = supply_words.status(end)
    return f"{name}（{parts.say(move.name, move.name_en)}）" if move else name


def _notes(move: Move) -> None:
    words = parts.section("supply")
    lines = [words["basis"].format(text=move.basis)] if move.basis else []
    lines += [move.note] if move.note and not parts.english() else []
    st.html("".join(f'<p class="tnote">{safe(line)}</p>' for line in lines))
