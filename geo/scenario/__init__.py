"""Land-use scenarios of a zone: asked, made ready, run, kept, explained, compared, approved."""

from geo.allocate import State, Watch
from geo.scenario.approval import Approver, Preview, Step, approve, preview
from geo.scenario.comparison import Comparison, compare, from_present
from geo.scenario.default import limits, parts, start
from geo.scenario.definition import Definition, Demand, Limit, Part, Rates, Units, Use
from geo.scenario.detail import Detail, ForUse, at, detail
from geo.scenario.export import about, geotiff, patches, tables, title, units
from geo.scenario.figure import Coverage, Indicator, Price, coverage, indicators, prices
from geo.scenario.firmness import Choices, Firmness, Swing, choices, contest, sensitivity
from geo.scenario.leaf import Leaf, leaf
from geo.scenario.phasing import of_period
from geo.scenario.prepare import prepare
from geo.scenario.runner import Run, runs
from geo.scenario.runner import start as begin
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
from geo.scenario.solve import beside, explain, of_use, run, solved
from geo.scenario.study import Study, studied, study
from geo.scenario.terms import Where
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
from geo.scenario.worth import worth

__all__ = [
    "About",
    "Approver",
    "Choices",
    "Comparison",
    "Coverage",
    "Definition",
    "Demand",
    "Detail",
    "Ease",
    "Firmness",
    "ForUse",
    "Indicator",
    "Input",
    "Kept",
    "Land",
    "Leaf",
    "Limit",
    "Outcome",
    "Part",
    "Prepared",
    "Preview",
    "Price",
    "Rates",
    "ReasonLabel",
    "Run",
    "State",
    "Step",
    "Study",
    "Swing",
    "Told",
    "Units",
    "Use",
    "UseLabel",
    "Watch",
    "Where",
    "about",
    "approve",
    "at",
    "begin",
    "beside",
    "checked",
    "choices",
    "clone",
    "compare",
    "contest",
    "coverage",
    "detail",
    "explain",
    "from_present",
    "geotiff",
    "indicators",
    "keep",
    "kept",
    "leaf",
    "limits",
    "listed",
    "lock",
    "note",
    "of_period",
    "of_toml",
    "of_use",
    "opened",
    "parts",
    "patches",
    "plain",
    "prepare",
    "preview",
    "prices",
    "rename",
    "run",
    "runs",
    "sensitivity",
    "solved",
    "start",
    "studied",
    "study",
    "tables",
    "title",
    "to_toml",
    "units",
    "worth",
]
