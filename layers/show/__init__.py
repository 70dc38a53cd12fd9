"""The player of a meeting: a brief as JSON, as a page of the app, as one file for a USB stick.

`page_html` is handed the files that `ASSETS` (patterns) names; the player itself is `assets/show`.
"""

from layers.show.feed import carried, told
from layers.show.page import ASSETS, Opening, pack, page_html, served_html

__all__ = ["ASSETS", "Opening", "carried", "pack", "page_html", "served_html", "told"]
