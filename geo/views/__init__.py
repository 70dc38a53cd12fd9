"""Stored views that short links and bookmarks open.

Nothing here keeps anything: it is all in the office's book, by `geo.office.Albums`.
"""

from geo.views.check import MOST_BYTES, MOST_POINTS, content, id_of, is_id, name, read
from geo.views.fold import Album, folded
from geo.views.values import MODES, Bookmark, Sketch, View

__all__ = [
    "MODES",
    "MOST_BYTES",
    "MOST_POINTS",
    "Album",
    "Bookmark",
    "Sketch",
    "View",
    "content",
    "folded",
    "id_of",
    "is_id",
    "name",
    "read",
]
