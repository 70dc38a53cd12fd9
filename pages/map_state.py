"""What the reader asks of the overview: a day, another to compare it with, filters."""

from datetime import date

from pages import supply_book
from pages.held import Held

LAND = ("status", "park", "year")  # narrow parcels
WORK = ("lead", "tag")  # narrow projects
NOT_STAGES = ("park", "year", *WORK)
HELD = Held("map", ("asof", "versus", *LAND, *WORK))


def day() -> date:
    """The day the map shows."""
    return HELD.day("asof") or supply_book.today()


def filtered() -> bool:
    """Whether any filter is set."""
    return any(HELD.get(key) for key in (*LAND, *WORK))


def clear() -> None:
    """Take all filters back."""
    HELD.put(dict.fromkeys((*LAND, *WORK), ""))
