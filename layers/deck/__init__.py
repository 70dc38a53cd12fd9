"""A meeting as PowerPoint: slides that an office can edit, with charts that hold their data.

Real master and layouts with our theme, titles in placeholders, tables and charts of PowerPoint's
own, maps as pictures true to scale; presenter's words, clauses and sources in the notes. The same
brief gives the same bytes.
"""

from layers.brief.values import Brief
from layers.deck import pack, pages, theme
from layers.deck.leaf import Deck
from layers.picture import FontBook
from layers.style import Palette


def write(
    brief: Brief,
    fonts: FontBook,
    *,
    english: bool = False,
    palette: Palette = Palette.STANDARD,
) -> bytes:
    """The deck of a meeting as a file of PowerPoint.

    Raises `DataError` PICTURE_LEGEND where a map's legend fits on no slide, `SettingError`
    FONT_MISSING.
    """
    deck = Deck(theme.blank(), brief, fonts, english, palette)
    for slide in brief.slides:
        pages.add(deck, slide)
    title = brief.occasion.title.say(english)
    return pack.packed(deck.book, title, brief.occasion.held)


__all__ = ["write"]
