"""Parcels and entries as plain values, for tests of what is reckoned from them."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from geo.chronicle import Entry, numbered
from geo.model import Event
from geo.supply.values import Parcel

RULES = Path(__file__).parents[3] / "data" / "rules"


def day(text: str) -> date:
    return date.fromisoformat(text)


def parcel(status: str, **fields: Any) -> Parcel:
    """Days among the fields may be given as text."""
    kept = {key: day(v) if key in DAYS else v for key, v in fields.items()}
    return Parcel("E-012", status, date(2020, 1, 1), kept)


DAYS = {"agreed_start", "agreed_finish", "stopped_on"}


def entries(*events: tuple[str, str, dict[str, Any]], subject: str = "parcel/E-012") -> list[Entry]:
    """Events as (day, verb, data), recorded in the order given."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return numbered(Event(subject, verb, "clerk", at, day(on), data) for on, verb, data in events)
