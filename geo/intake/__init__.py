"""Somebody's file becomes a set of the zone: read, checked aloud, shown, confirmed, kept.

`stage` reads and checks and writes nothing; `commit` puts what was staged in place of the set
of that name, in one transaction with the raw file; `restore` brings an old version back.
"""

from geo.intake.columns import remembered
from geo.intake.commit import commit, difference, history, restore
from geo.intake.stage import stage
from geo.intake.values import Papers, Shift, Staged, Terms, Upload

__all__ = [
    "Papers",
    "Shift",
    "Staged",
    "Terms",
    "Upload",
    "commit",
    "difference",
    "history",
    "remembered",
    "restore",
    "stage",
]
