"""Files of a meeting, made from one record: PowerPoint, PDF, Word, HTML, GIF, atlas."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from geo import briefing, landuse
from geo.meeting import Snapshot
from geo.zone import Zone
from layers import deck, handout, palette, show
from layers.brief.read import brief_of
from layers.brief.scene import scene_of
from layers.brief.values import Brief, Kind, Look, Slide, Text
from layers.handout import How
from layers.picture import PAGES
from layers.style import Palette
from pages import door, seal, show_files, site_paper

KINDS = ("pptx", "pdf", "docx", "html", "gif", "atlas")
_ATLAS, _UNDER = "park", ("zone", "unit", "road", "water", "parcel")


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: meeting, story with the number it was saved under, and how."""

    meeting: int
    story: str
    number: int
    english: bool = False
    palette: Palette = Palette.STANDARD
    edition: str = "internal"
    maker: str = ""
    approval: str = ""
    hidden: bool = False
    base_url: str = ""


def made(zone: Zone, kind: str, order: Order) -> bytes:
    """The bytes of a file; raises what its writer raises."""
    brief = _brief(zone, order)
    held = replace(brief.occasion, seal=seal.of(zone, brief.occasion.version))
    how = How(site_paper.fonts(), order.english, order.palette)
    return _MAKERS[kind](replace(brief, occasion=held), how)


def name(one: Snapshot, kind: str, order: Order) -> str:
    """The name of the file."""
    ending, public = ("pdf" if kind == "atlas" else kind), order.edition == "public"
    return show_files.name(one, ending, kind="atlas" * (kind == "atlas"), public=public)


@lru_cache(maxsize=4)
def _brief(zone: Zone, order: Order) -> Brief:
    found = briefing.record(
        *(zone, order.meeting, order.story),
        edition=order.edition,
        base_url=order.base_url,
        maker=order.maker,
        approval=order.approval,
        hidden=order.hidden,
    )
    return brief_of(found.record, found.sets)


def _deck(brief: Brief, how: How) -> bytes:
    return deck.write(brief, how.fonts, english=how.english, palette=how.palette)


def _page(brief: Brief, how: How) -> bytes:
    uses = door.uses()
    inks = {key: palette.tints(one, uses, landuse.find) for key, one in brief.sets.items()}
    return show.page_html(brief, _assets(), english=how.english, palette=how.palette, inks=inks)


@cache
def _assets() -> Mapping[str, bytes]:
    found = (path for pattern in show.ASSETS for path in sorted(door.ASSETS.glob(pattern)))
    return {path.relative_to(door.ASSETS).as_posix(): path.read_bytes() for path in found}


def _atlas(brief: Brief, how: How) -> bytes:
    """A page for every park, in the colours of the supply on the day of the meeting."""
    on = tuple(one for one in (*_UNDER, _ATLAS) if one in brief.sets)
    colours = [key for key in brief.colourings if key.startswith("supply:")]
    title = Text(*door.words()["show"]["atlas_title"])
    slide = Slide("atlas", Kind.MAP, title, look=Look(on=on, colouring=(colours or [""])[-1]))
    scene = scene_of(brief, slide, PAGES["a4"], english=how.english, palette=how.palette)
    return handout.bound(scene, handout.leaves(scene, _ATLAS), how.fonts)


_MAKERS: Mapping[str, Callable[[Brief, How], bytes]] = {
    "pptx": _deck,
    "pdf": handout.pdf,
    "docx": handout.docx,
    "html": _page,
    "gif": handout.gif,
    "atlas": _atlas,
}
