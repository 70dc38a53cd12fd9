"""Files of a meeting, made from one record: PowerPoint, PDF, Word, HTML, GIF, atlas."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from geo import briefing, landuse
from geo.meeting import Snapshot
from geo.zone import Zone
from layers import deck, handout, palette, show
from layers.brief.read import brief_of
from layers.brief.values import Brief
from layers.handout import How
from layers.style import Palette
from pages import door, seal, show_atlas, show_files, site_paper
from pages.show_atlas import AREAS

KINDS = ("pptx", "pdf", "docx", "html", "gif", "atlas")


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
    areas: str = AREAS[0]  # that an atlas has a page for


def made(zone: Zone, kind: str, order: Order) -> bytes:
    """The bytes of a file; raises what its writer raises."""
    brief = _brief(zone, order)
    held = replace(brief.occasion, seal=seal.of(zone, brief.occasion.version))
    how = How(site_paper.fonts(), order.english, order.palette)
    brief = replace(brief, occasion=held)
    if kind == "atlas":
        return show_atlas.bound(brief, how, order.areas)
    return _MAKERS[kind](brief, how)


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


_MAKERS: Mapping[str, Callable[[Brief, How], bytes]] = {
    "pptx": _deck,
    "pdf": handout.pdf,
    "docx": handout.docx,
    "html": _page,
    "gif": handout.gif,
}
