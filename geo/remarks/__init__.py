"""Remarks (comments pinned to places, feedback on views), announcements, counts of use.

Nothing here keeps anything: it is all in the office's book, by `geo.office.Boards`.
"""

from geo.remarks import check
from geo.remarks.files import columns, geojson, moment
from geo.remarks.fold import Board, folded, of_draft, of_news
from geo.remarks.use import FEWEST, Uses, uses
from geo.remarks.values import (
    Author,
    Draft,
    Kind,
    Level,
    News,
    Place,
    Remark,
    Reply,
    State,
)

__all__ = [
    "FEWEST",
    "Author",
    "Board",
    "Draft",
    "Kind",
    "Level",
    "News",
    "Place",
    "Remark",
    "Reply",
    "State",
    "Uses",
    "check",
    "columns",
    "folded",
    "geojson",
    "moment",
    "of_draft",
    "of_news",
    "uses",
]
