"""撤回. Nothing is deleted: a later entry takes an earlier one back, and says why."""

from collections.abc import Collection, Sequence

import streamlit as st

from geo.ledger import book
from geo.model import Event
from geo.supply import Draft, Parcel, Step
from geo.zone import Zone
from pages import parts, supply_history
from pages.supply_form import Form
from pages.target_words import safe

_LINEAGE = ("split", "merged", "renumbered")


def show(zone: Zone, parcel: Parcel) -> None:
    """Draw the form."""
    words = parts.section("supply")
    standing = {one.entry.number: one for one in _standing(zone, parcel.id)}
    picked = st.selectbox(
        words["undo_what"],
        list(standing),
        format_func=lambda number: _named(standing[number]),
        key=Form("undo", (parcel.id,)).key("which"),
    )
    pairs = together(zone, standing[picked]) if picked else []
    form = Form("undo", tuple(dict.fromkeys([parcel.id, *(id_ for id_, _ in pairs)])))
    if len(pairs) > 1:
        ids = "、".join(id_ for id_, _ in pairs)
        st.html(f'<p class="tnote">{safe(words["undo_together"].format(ids=ids))}</p>')
    st.html(f'<p class="tnote">{safe(words["undo_note"])}</p>')
    st.text_input(words["document_free"], key=form.key("document"))
    st.text_area(words["reason"], key=form.key("reason"), height=68)

    def make(draft: Draft) -> Sequence[Event]:
        return [draft.withdrawn(id_, number) for id_, number in pairs]

    form.save_button(zone, make, disabled=not pairs)


def _standing(zone: Zone, id_: str) -> list[Step]:
    """Entries that stand, the latest recorded first; the first of all is what it entered by."""
    steps = [one for one in book(zone).supply.history(id_) if one.after is not None]
    return sorted(steps, key=lambda one: -one.entry.number)


def together(zone: Zone, step: Step) -> list[tuple[str, int]]:
    """Parcel and number of all entries that must go together: both sides of a lineage."""
    ledger, entry = book(zone).supply, step.entry
    id_ = entry.event.subject.partition("/")[2]
    first = ledger.parcel(id_)
    if first is None or not _linked(step, None):
        return [(id_, entry.number)]
    near = {id_, *(first.parents if entry.event.verb == "entered" else first.children)}
    for other in list(near):
        parcel = ledger.parcel(other)
        if parcel is not None:
            near |= {*(parcel.children if entry.event.verb == "entered" else parcel.parents)}
    return [
        (one, other.entry.number)
        for one in sorted(near)
        for other in ledger.history(one)
        if other.after is not None and other.entry.on == entry.on and _linked(other, near)
    ]


def _linked(step: Step, near: Collection[str] | None) -> bool:
    """Whether an entry is one side of a lineage, with others among `near` if given."""
    event = step.entry.event
    if event.verb in _LINEAGE:
        into = event.data["into"]
        others = [into] if isinstance(into, str) else list(into)
    else:
        others = list(event.data.get("from", ())) if event.verb == "entered" else []
    return bool(others) and (near is None or bool(set(others) & set(near)))


def _named(step: Step) -> str:
    return f"#{step.entry.number} · {step.entry.on} · {supply_history.what(step)}"
