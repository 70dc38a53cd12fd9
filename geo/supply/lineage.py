"""Split, merge and renumber: the events of all parcels concerned, to be recorded in one write.

The parcels are given as of the day. Children take the stage and the fields of their parents;
amounts that add up (area, prices, investment) are never guessed: they come with the child, or,
when parcels merge, as the sum where every parent has one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import fsum
from typing import Any

from geo.errors import LedgerError
from geo.model import Event
from geo.supply.entry import Draft, Given
from geo.supply.values import Field, Parcel, Value


def split(draft: Draft, parcel: Parcel, into: Mapping[str, Given]) -> list[Event]:
    """A parcel becomes several; `into` gives each new id at least its area.

    Values that no two parcels may share (电子监管号) stay with the parent.
    """
    rules = draft.rules
    kept = {
        key: value
        for key, value in parcel.fields.items()
        if not rules.fields[key].additive and key not in rules.unique
    }
    children = [
        _child(draft, id_, [parcel], _stored(draft, kept) | draft.cells(given, clear=False))
        for id_, given in into.items()
    ]
    return [draft.event(parcel.id, "split", {"into": list(into)}), *children]


def merge(
    draft: Draft, parcels: Sequence[Parcel], id_: str, given: Given | None = None
) -> list[Event]:
    """Parcels of one stage become one; where their fields differ, only what is given is kept.

    Raises `LedgerError` LINEAGE_STATUS where stages differ.
    """
    statuses = dict.fromkeys(parcel.status for parcel in parcels)
    if len(statuses) != 1:
        named = "、".join(draft.rules.name(status) for status in statuses) or "无"
        raise LedgerError(
            f"要合并的宗地阶段须相同，现为：{named}；请先变动再合并", "LINEAGE_STATUS"
        )
    fields = {
        key: value
        for key, field in draft.rules.fields.items()
        if (value := _common(field, [parcel.fields.get(key) for parcel in parcels])) is not None
    }
    cells = _stored(draft, fields) | draft.cells(given or {}, clear=False)
    ends = [draft.event(parcel.id, "merged", {"into": id_}) for parcel in parcels]
    return [*ends, _child(draft, id_, parcels, cells)]


def renumber(draft: Draft, parcel: Parcel, id_: str) -> list[Event]:
    """A parcel goes on under another number, with all that is known of it."""
    child = _child(draft, id_, [parcel], _stored(draft, parcel.fields))
    return [draft.event(parcel.id, "renumbered", {"into": id_}), child]


def _common(field: Field, values: Sequence[Value]) -> Value:
    """What parents have in common: the sum of amounts that all have, else the same value."""
    amounts = [float(one) for one in values if isinstance(one, int | float)]
    if field.additive:
        return fsum(amounts) if len(amounts) == len(values) else None
    return values[0] if all(value == values[0] for value in values) else None


def _stored(draft: Draft, fields: Mapping[str, Value]) -> dict[str, Any]:
    """Cells of known values, each in the field's own unit."""
    return {
        key: {
            "value": value.isoformat() if isinstance(value, date) else value,
            "unit": draft.rules.fields[key].unit,
        }
        for key, value in fields.items()
    }


def _child(draft: Draft, id_: str, parents: Iterable[Parcel], cells: Mapping[str, Any]) -> Event:
    elders = list(parents)
    data: dict[str, Any] = {
        "status": elders[0].status,
        "fields": dict(cells),
        "from": [parent.id for parent in elders],
    }
    if any(parent.example for parent in elders):
        data["example"] = True
    return draft.event(id_, "entered", data)
