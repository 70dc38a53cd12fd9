"""Land-use scenarios of a zone: asked, made ready, run, kept, explained, compared, approved."""

from geo.allocate import State, Watch
from geo.scenario.beside import Comparison, compare, from_present
from geo.scenario.default import limits, parts, start
from geo.scenario.definition import Definition, Demand, Limit, Part, Rates, Units, Use, Where
from geo.scenario.figure import Coverage, Indicator, Price, coverage, indicators, prices
from geo.scenario.prepare import prepare
from geo.scenario.runs import Run, runs
from geo.scenario.runs import start as begin
from geo.scenario.shelf import (
    About,
    Kept,
    clone,
    keep,
    kept,
    listed,
    lock,
    note,
    opened,
    rename,
)
from geo.scenario.solve import of_use, run
from geo.scenario.text import checked, of_toml, plain, to_toml
from geo.scenario.values import (
    Ease,
    Input,
    Land,
    Outcome,
    Prepared,
    ReasonLabel,
    Told,
    UseLabel,
)

__all__ = [
    "About",
    "Comparison",
    "Coverage",
    "Definition",
    "Demand",
    "Ease",
    "Indicator",
    "Input",
    "Kept",
    "Land",
    "Limit",
    "Outcome",
    "Part",
    "Prepared",
    "Price",
    "Rates",
    "ReasonLabel",
    "Run",
    "State",
    "Told",
    "Units",
    "Use",
    "UseLabel",
    "Watch",
    "Where",
    "begin",
    "checked",
    "clone",
    "compare",
    "coverage",
    "from_present",
    "indicators",
    "keep",
    "kept",
    "limits",
    "listed",
    "lock",
    "note",
    "of_toml",
    "of_use",
    "opened",
    "parts",
    "plain",
    "prepare",
    "prices",
    "rename",
    "run",
    "runs",
    "start",
    "to_toml",
]
