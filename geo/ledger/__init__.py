"""The supply ledger and the project register of a zone: asked, written, brought in, taken out."""

from geo.ledger.book import NOW, Book, Moment, book, moment, project_rules, supply_rules
from geo.ledger.bulk import DryRun, Sheet, commit, dry_run
from geo.ledger.lines import Difference, Line, Outcome
from geo.ledger.places import PARCEL, located, places
from geo.ledger.record import check, faults, record, told_verb, wrong
from geo.ledger.seeds import open_zone, sown

__all__ = [
    "NOW",
    "PARCEL",
    "Book",
    "Difference",
    "DryRun",
    "Line",
    "Moment",
    "Outcome",
    "Sheet",
    "book",
    "check",
    "commit",
    "dry_run",
    "faults",
    "located",
    "moment",
    "open_zone",
    "places",
    "project_rules",
    "record",
    "sown",
    "supply_rules",
    "told_verb",
    "wrong",
]
