"""The land-supply ledger: rules, events, and every parcel on any day as known at any version."""

from geo.supply.cells import canonical, day, typed
from geo.supply.entry import Draft
from geo.supply.invariants import drawn, faults
from geo.supply.ledger import Ledger
from geo.supply.lineage import merge, renumber, split
from geo.supply.rules import Rules, read
from geo.supply.values import (
    Field,
    Method,
    Move,
    Parcel,
    Quantity,
    Range,
    Realm,
    Span,
    Status,
    Step,
    Term,
    Tolerance,
    Value,
)

__all__ = [
    "Draft",
    "Field",
    "Ledger",
    "Method",
    "Move",
    "Parcel",
    "Quantity",
    "Range",
    "Realm",
    "Rules",
    "Span",
    "Status",
    "Step",
    "Term",
    "Tolerance",
    "Value",
    "canonical",
    "day",
    "drawn",
    "faults",
    "merge",
    "read",
    "renumber",
    "split",
    "typed",
]
