"""One event after another makes a parcel.

Folding never refuses: what stands in the store stands. An event that does not fit (it was
written by other means, or under other rules) changes nothing, and `walk` names it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.chronicle import Entry, standing
from geo.errors import DataError
from geo.supply.cells import canonical
from geo.supply.rules import Rules
from geo.supply.values import Parcel, Value

KIND = "parcel/"
ENDINGS = {"split": "into", "merged": "into", "renumbered": "into"}  # verb → where it went


@dataclass(frozen=True, slots=True)
class Track:
    """The life of one parcel: all its entries, and what stood made of it step by step.

    `stood` are by day of effect, two of one day as recorded; `days` and `steps` go with them:
    the day, and the parcel from that day on (None before it entered).
    """

    entries: tuple[Entry, ...]
    stood: tuple[Entry, ...]
    days: tuple[date, ...]
    steps: tuple[Parcel | None, ...]

    @property
    def last(self) -> Parcel | None:
        """The parcel as everything known left it."""
        return self.steps[-1] if self.steps else None


def track(entries: Sequence[Entry], rules: Rules, known: int | None = None) -> Track:
    """Fold the entries of one parcel, in the order of their numbers, as known at a version."""
    told = entries if known is None else [one for one in entries if one.number <= known]
    stood = standing(told)
    parcel, steps = None, list[Parcel | None]()
    for entry in stood:
        parcel = after(parcel, entry, rules)
        steps.append(parcel)
    return Track(tuple(told), tuple(stood), tuple(one.on for one in stood), tuple(steps))


def after(parcel: Parcel | None, entry: Entry, rules: Rules) -> Parcel | None:
    """The parcel after an entry; the same one where the entry does not fit it."""
    verb = entry.event.verb
    if parcel is None:
        return _entered(entry, rules) if verb == "entered" else None
    act = _ACTS.get(verb)
    return act(parcel, entry, rules) if act and parcel.ended is None else parcel


def known_fields(before: Mapping[str, Value], cells: object, rules: Rules) -> Mapping[str, Value]:
    """Fields after some cells: None clears, what cannot be read is left as it was."""
    if not cells or not isinstance(cells, dict | Mapping):
        return before
    out = dict(before)
    for key, cell in cells.items():
        field = rules.fields.get(key)
        if cell is None:
            out.pop(key, None)
        elif field is not None:
            try:
                out[key] = canonical(field, cell, rules)
            except DataError:  # told by `walk`; the value that was known before stays
                continue
    return out


def names(given: object) -> tuple[str, ...]:
    """Ids of other parcels that an event names: one, or a list."""
    many = [given] if isinstance(given, str) else given
    return tuple(str(one) for one in many) if isinstance(many, list | tuple) else ()


def _entered(entry: Entry, rules: Rules) -> Parcel:
    event = entry.event
    data: Mapping[str, Any] = event.data
    return Parcel(
        event.subject.removeprefix(KIND),
        str(data.get("status", "")),
        entry.on,
        known_fields({}, data.get("fields"), rules),
        names(data.get("from")),
        number=entry.number,
        example=data.get("example") is True,
    )


def _moved(parcel: Parcel, entry: Entry, rules: Rules) -> Parcel:
    data: Mapping[str, Any] = entry.event.data
    fields = known_fields(parcel.fields, data.get("fields"), rules)
    return _with(parcel, entry, status=str(data.get("to", "")), since=entry.on, fields=fields)


def _amended(parcel: Parcel, entry: Entry, rules: Rules) -> Parcel:
    fields = known_fields(parcel.fields, entry.event.data.get("fields"), rules)
    return _with(parcel, entry, fields=fields)


def _ended(parcel: Parcel, entry: Entry, _rules: Rules) -> Parcel:
    went = names(entry.event.data.get(ENDINGS[entry.event.verb]))
    return _with(parcel, entry, children=went, ended=entry.on)


def _paused(parcel: Parcel, entry: Entry, _rules: Rules) -> Parcel:
    return _with(parcel, entry, paused=str(entry.event.data.get("cause", "")))


def _resumed(parcel: Parcel, entry: Entry, _rules: Rules) -> Parcel:
    return _with(parcel, entry, paused="")


_ACTS: Mapping[str, Callable[[Parcel, Entry, Rules], Parcel]] = {
    "moved": _moved,
    "amended": _amended,
    "paused": _paused,
    "resumed": _resumed,
    **dict.fromkeys(ENDINGS, _ended),
}


def _with(parcel: Parcel, entry: Entry, **new: Any) -> Parcel:
    """Like `dataclasses.replace`, which looks at every field anew: here are 100,000 of them."""
    get = new.get
    return Parcel(
        parcel.id,
        get("status", parcel.status),
        get("since", parcel.since),
        get("fields", parcel.fields),
        parcel.parents,
        get("children", parcel.children),
        get("ended", parcel.ended),
        entry.number,
        get("paused", parcel.paused),
        parcel.example,
    )
