"""The plan's own arithmetic, recomputed: what agrees, what does not, what cannot be known.

`yes`: two statements fit within their rounding. `no`: they do not. `unknown`: there is
nothing to compare with, or the plan leaves open what is meant.
"""

from geo.plan import doubts, later, sums
from geo.plan.finding import Agrees, PlanCheck
from geo.plan.values import Plan

__all__ = ["Agrees", "PlanCheck", "check"]


def check(plan: Plan) -> tuple[PlanCheck, ...]:
    """All checks, in a stable order; every figure is taken from the register.

    Raises `DataError` PLAN_VALUE if the register lacks a figure that a check needs.
    """
    return tuple(made(plan) for made in (*sums.CHECKS, *doubts.CHECKS, *later.CHECKS))
