"""Events of the ledger, made of what was typed: cells with units, moves that clear what is past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from geo.chronicle import WITHDRAWN
from geo.errors import DataError, Issue
from geo.model import Event
from geo.supply.cells import typed
from geo.supply.fold import KIND
from geo.supply.rules import Rules
from geo.supply.values import Parcel, Quantity, Value

Given = Mapping[str, Quantity | Value]


@dataclass(frozen=True, slots=True)
class Draft:
    """Who records on what day why, on which paper; it makes the events.

    Values may be as typed, a `Quantity` in another unit, or None to clear a field. Raises
    `DataError` with every value that cannot be read; whether the rules allow what an event
    does is asked of `Ledger.check`.

    Parameters
    ----------
    by, at
        Who records, and when (aware).
    on
        Day it takes effect; None for the day of recording.
    """

    rules: Rules
    by: str
    at: datetime
    on: date | None = None
    reason: str = ""
    document: str = ""

    def entered(
        self,
        id_: str,
        status: str,
        fields: Given,
        parents: Sequence[str] = (),
        *,
        example: bool = False,
    ) -> Event:
        """A parcel enters the ledger, at whatever stage it is."""
        data: dict[str, Any] = {"status": status, "fields": self.cells(fields, clear=False)}
        if parents:
            data["from"] = list(parents)
        if example:
            data["example"] = True
        return self.event(id_, "entered", data)

    def moved(self, parcel: Parcel, to: str, fields: Given | None = None) -> Event:
        """A parcel, given as of the day, goes to another status; what is stale then is cleared."""
        move = self.rules.move(parcel.status, to)
        stale = [key for key in (move.clears if move else ()) if key in parcel.fields]
        cells = dict.fromkeys(stale) | self.cells(fields or {})
        return self.event(parcel.id, "moved", {"to": to, "fields": cells} if cells else {"to": to})

    def amended(self, id_: str, fields: Given) -> Event:
        """What is known of a parcel changes from the day on."""
        return self.event(id_, "amended", {"fields": self.cells(fields)})

    def paused(self, id_: str, cause: str) -> Event:
        """The idle clock stands still, for `government` or `force_majeure`."""
        return self.event(id_, "paused", {"cause": cause})

    def resumed(self, id_: str) -> Event:
        """The idle clock runs on."""
        return self.event(id_, "resumed", {})

    def withdrawn(self, id_: str, number: int) -> Event:
        """An earlier event of the same parcel is taken back."""
        return self.event(id_, WITHDRAWN, {"event": number})

    def event(self, id_: str, verb: str, data: Mapping[str, Any]) -> Event:
        """Any event of a parcel under this draft."""
        subject = KIND + id_
        return Event(subject, verb, self.by, self.at, self.on, data, self.reason, self.document)

    def cells(self, fields: Given, *, clear: bool = True) -> dict[str, Any]:
        """Cells of typed values; those left empty clear, or are left out where not `clear`.

        Raises `DataError` FIELDS with one issue for each value that cannot be read.
        """
        out, issues = dict[str, Any](), list[Issue]()
        for key, given in fields.items():
            try:
                cell = typed(self.rules, key, given)
            except DataError as error:
                issues.append(Issue(error.code, str(error), field=key, value=str(given)))
                continue
            if cell is not None or clear:
                out[key] = cell
        if issues:
            rest = f"（另有 {len(issues) - 1} 处）" if len(issues) > 1 else ""
            raise DataError(issues[0].message + rest, "FIELDS", issues)
        return out
