"""Somebody's file becomes a set of the zone: read, checked aloud, shown, confirmed, kept.

`stage` reads and checks and writes nothing; `commit` puts what was staged in place of the set
of that name, in one transaction with the raw file; `restore` brings an old version back.
"""

from geo.intake.columns import remembered
from geo.intake.commit import commit, difference, history, restore
from geo.intake.spot import Spot, altered, between_features, of_change, of_issue, rows_of
from geo.intake.stage import stage
from geo.intake.values import Papers, Shift, Staged, Terms, Upload

__all__ = [
    "Papers",
    "Shift",
    "Spot",
    "Staged",
    "Terms",
    "Upload",
    "altered",
    "between_features",
    "commit",
    "difference",
    "history",
    "of_change",
    "of_issue",
    "remembered",
    "restore",
    "rows_of",
    "stage",
]
