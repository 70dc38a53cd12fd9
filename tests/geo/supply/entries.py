"""Entries of an invented ledger for the tests of this room, and a fold of our own.

`naive` shares nothing with the product: it asks of each entry anew whether it still stands,
and walks through them with plain dictionaries. It reads no cells: statuses and ends only.
"""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from geo.chronicle import Entry
from geo.model import Event
from geo.supply import Draft, Quantity, Rules, Value, read

HOME = Path(__file__).parents[3] / "data/rules"
RULES: Rules = read(HOME)
TABLE: Mapping[str, Any] = tomllib.loads((HOME / "supply.toml").read_text("utf-8"))
LEGAL = {(start, move["end"]): move for move in TABLE["move"] for start in move["start"]}
NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)  # ten in the morning at the office
BEGIN = date(2020, 1, 1)

# All that any move needs, for a parcel that is listed publicly.
FULL: Mapping[str, Quantity | Value] = {
    "area_m2": Quantity(20, "亩"),
    "location": "示例路以东",
    "use": "1001",
    "batch": "示例批次",
    "approved_year": 2019,
    "approval_document": "示例批〔2019〕1 号",
    "method": "listing",
    "start_price_wan": 900.0,
    "price_wan": 1000.0,
    "years": 50,
    "contract_on": date(2020, 2, 1),
    "agreed_delivery": date(2020, 3, 1),
    "agreed_start": date(2020, 6, 1),
    "agreed_finish": date(2022, 6, 1),
}


def draft(on: date | None = BEGIN, *, at: datetime = NOW, **more: str) -> Draft:
    told = {"reason": "登记", "document": "示例文〔2020〕1 号"} | more
    return Draft(RULES, "甲", at, on, told["reason"], told["document"])


def day(number: int) -> date:
    """A day of the years 2020–2025, which all lie before `NOW`."""
    return BEGIN + timedelta(days=number)


def raw(verb: str, data: Mapping[str, Any], on: date = BEGIN, id_: str = "P") -> Event:
    """An event as another program might write it."""
    return Event(f"parcel/{id_}", verb, "乙", NOW, on, data, "理由", "文号")


def stands(entry: Entry, entries: Sequence[Entry]) -> bool:
    """Whether no withdrawal that itself stands takes an entry back."""
    return not any(
        other.event.verb == "withdrawn"
        and other.event.data["event"] == entry.number
        and other.event.subject == entry.event.subject
        and stands(other, entries)
        for other in entries
    )


def naive(
    entries: Sequence[Entry], as_of: date, known: int
) -> dict[str, tuple[str, date, date | None]]:
    """Status, since when, and end of each parcel, thought out afresh."""
    told = [entry for entry in entries if entry.number <= known]
    told = [entry for entry in told if stands(entry, told) and entry.event.verb != "withdrawn"]
    out: dict[str, tuple[str, date, date | None]] = {}
    for entry in sorted(told, key=lambda entry: (entry.event.on, entry.number)):
        event, id_ = entry.event, entry.event.subject.removeprefix("parcel/")
        if event.on is None or event.on > as_of:
            continue
        if event.verb == "entered":
            out[id_] = (event.data["status"], event.on, None)
        elif event.verb == "moved":
            out[id_] = (event.data["to"], event.on, None)
        elif event.verb in ("split", "merged", "renumbered"):
            out[id_] = (*out[id_][:2], event.on)
    return out
