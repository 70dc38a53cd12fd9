"""The plan as a register: entities, clauses, targets, later facts, and its arithmetic."""

from geo.plan.check import Agrees, PlanCheck, check
from geo.plan.progress import Measured, Progress, baseline_of, due_years, progress, yearly_rate
from geo.plan.table import read
from geo.plan.values import (
    Baseline,
    Clause,
    ClauseView,
    Document,
    Entity,
    Fact,
    Flag,
    Inconsistency,
    Matter,
    Plan,
    System,
    Target,
)

__all__ = [
    "Agrees",
    "Baseline",
    "Clause",
    "ClauseView",
    "Document",
    "Entity",
    "Fact",
    "Flag",
    "Inconsistency",
    "Matter",
    "Measured",
    "Plan",
    "PlanCheck",
    "Progress",
    "System",
    "Target",
    "baseline_of",
    "check",
    "due_years",
    "progress",
    "read",
    "yearly_rate",
]
