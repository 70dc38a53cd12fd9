"""An atlas of a meeting: a page for every park, town or district, after an index."""

from layers import handout
from layers.brief.scene import scene_of
from layers.brief.values import Brief, Kind, Look, Slide, Text
from layers.handout import How
from layers.picture import PAGES
from pages import door

AREAS = ("park", "unit", "district")
_UNDER = ("zone", "unit", "road", "water", "parcel")


def bound(brief: Brief, how: How, areas: str) -> bytes:
    """The pages, in the colours of the supply on the day of the meeting.

    Raises `DataError` ATLAS_SET where nobody brought such areas.
    """
    on = tuple(dict.fromkeys(one for one in (*_UNDER, areas) if one in brief.sets))
    colours = [key for key in brief.colourings if key.startswith("supply:")]
    title = Text(*door.words()["show"][f"atlas_{areas}"])
    slide = Slide("atlas", Kind.MAP, title, look=Look(on=on, colouring=(colours or [""])[-1]))
    scene = scene_of(brief, slide, PAGES["a4"], english=how.english, palette=how.palette)
    return handout.bound(scene, handout.leaves(scene, areas), how.fonts)
