"""Land-use allocation: divide units among uses, prove how good it is, say why if it cannot be.

`solve` gives a plan with a bound, `explain` the reason where demands cannot be met, `compact`
a plan that hangs together, `portfolio` others nearly as good, `compare` two plans.
"""

from geo.allocate.answers import (
    Allocation,
    Fault,
    Reason,
    Reduction,
    Removal,
    Split,
    State,
)
from geo.allocate.appraisal import appraise, wrong
from geo.allocate.certificate import explain
from geo.allocate.change import Flow, Why, compare, from_present, indicators, why
from geo.allocate.period import folded, unfolded
from geo.allocate.portfolio import (
    Portfolio,
    Variation,
    Variety,
    frequency,
    portfolio,
    stability,
    vary,
)
from geo.allocate.quick import greedy, mola
from geo.allocate.rules import Rules, read
from geo.allocate.shape import Compactness, compact, patches
from geo.allocate.solver import solve
from geo.allocate.values import (
    Band,
    Conversion,
    Effort,
    Neighbours,
    Partial,
    Problem,
    Stage,
    Watch,
)

__all__ = [
    "Allocation",
    "Band",
    "Compactness",
    "Conversion",
    "Effort",
    "Fault",
    "Flow",
    "Neighbours",
    "Partial",
    "Portfolio",
    "Problem",
    "Reason",
    "Reduction",
    "Removal",
    "Rules",
    "Split",
    "Stage",
    "State",
    "Variation",
    "Variety",
    "Watch",
    "Why",
    "appraise",
    "compact",
    "compare",
    "explain",
    "folded",
    "frequency",
    "from_present",
    "greedy",
    "indicators",
    "mola",
    "patches",
    "portfolio",
    "read",
    "solve",
    "stability",
    "unfolded",
    "vary",
    "why",
    "wrong",
]
