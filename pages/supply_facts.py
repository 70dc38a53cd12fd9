"""What is known of a parcel, by group, each value with its unit and the entry it comes from."""

from collections.abc import Mapping

import streamlit as st

from geo.chronicle import Entry
from geo.ledger import Moment, book, supply_rules
from geo.supply import Parcel
from geo.zone import Zone
from pages import parts, supply_values, supply_words
from pages.target_words import safe

_GROUPS = ("identity", "approval", "condition", "supply", "agreed", "actual")


def show(zone: Zone, parcel: Parcel, moment: Moment) -> None:
    """Draw the facts; what is not known is left out and said to be so at the end."""
    words, rules = parts.section("supply"), supply_rules()
    origin = origins(zone, parcel.id, moment)
    blocks = []
    for group in _GROUPS:
        keys = [
            key for key, one in rules.fields.items() if one.group == group and key in parcel.fields
        ]
        if keys:
            rows = "".join(_row(key, parcel, origin.get(key)) for key in keys)
            name = safe(words[f"group_{group}"])
            blocks.append(f'<h3 class="tsub">{name}</h3><dl class="sfacts">{rows}</dl>')
    unknown = sum(key not in parcel.fields for key in rules.fields)
    blocks.append(f'<p class="tnote">{safe(words["unknown"].format(number=unknown))}</p>')
    st.html("".join(blocks))


def origins(zone: Zone, id_: str, moment: Moment) -> Mapping[str, Entry]:
    """The entry that each value comes from."""
    found = dict[str, Entry]()
    for step in book(zone).supply.history(id_, moment.known):
        if step.after is None or (moment.as_of and step.entry.on > moment.as_of):
            continue
        for key in step.entry.event.data.get("fields", {}):
            found[key] = step.entry
    return found


def _row(key: str, parcel: Parcel, entry: Entry | None) -> str:
    value = supply_values.value(key, parcel.fields[key])
    source = f"<small>{entry.on} · #{entry.number}</small>" if entry else ""
    return f"<dt>{safe(supply_words.field(key))}</dt><dd>{safe(value)}{source}</dd>"
