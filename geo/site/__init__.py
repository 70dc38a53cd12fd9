"""Can this land be used, for what, why not, and what would make it pass.

`read` the rules, `prepare` each set once, `check` a site; then `net_land`, `cuts`,
`alternatives`, `find` and `compare` show the way forward; `to_row` and `difference` keep
the record.
"""

from geo.site.asked import Failed, Grid, Layer, LayerInput, Missing, Settings, Site
from geo.site.check import check, check_many
from geo.site.comparison import Row, compare
from geo.site.overlay import Pairs, meet
from geo.site.prepared import Prepared, prepare
from geo.site.record import Change, difference, to_row
from geo.site.rules import Rule, Rules, read
from geo.site.search import Candidate, Criteria, Grounds, Reach, Stock, alternatives, find
from geo.site.values import (
    Answer,
    Finding,
    LeftOut,
    LegalState,
    Met,
    Near,
    Note,
    Reason,
    Severity,
    SiteReport,
    Verdict,
)
from geo.site.way import Cut, Net, NetRow, cut, cuts, net_land

__all__ = [
    "Answer",
    "Candidate",
    "Change",
    "Criteria",
    "Cut",
    "Failed",
    "Finding",
    "Grid",
    "Grounds",
    "Layer",
    "LayerInput",
    "LeftOut",
    "LegalState",
    "Met",
    "Missing",
    "Near",
    "Net",
    "NetRow",
    "Note",
    "Pairs",
    "Prepared",
    "Reach",
    "Reason",
    "Row",
    "Rule",
    "Rules",
    "Settings",
    "Severity",
    "Site",
    "SiteReport",
    "Stock",
    "Verdict",
    "alternatives",
    "check",
    "check_many",
    "compare",
    "cut",
    "cuts",
    "difference",
    "find",
    "meet",
    "net_land",
    "prepare",
    "read",
    "to_row",
]
