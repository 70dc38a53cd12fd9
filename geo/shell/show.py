"""A meeting written as what a file's ending names: PowerPoint, PDF, Word, HTML, GIF."""

from collections.abc import Mapping

from geo import landuse
from geo.briefing import Briefing
from geo.model import Boundaries
from geo.shell import paper
from geo.shell.meeting import Wish
from geo.zone import DATA
from layers import deck, handout, palette, show
from layers.brief.read import brief_of
from layers.brief.values import Brief
from layers.handout import How, Paper
from layers.style import Ink

_ASSETS = DATA.parent / "assets"


def body(made: Briefing, kind: str, wish: Wish) -> bytes:
    """The bytes of a file; raises what its writer raises."""
    brief = brief_of(made.record, made.sets)
    how = How(paper.fonts(), wish.english, wish.palette, Paper(wish.paper.value))
    if kind == "pptx":
        return deck.write(brief, how.fonts, english=wish.english, palette=wish.palette)
    if kind == "html":
        tints, english = inks(made.sets), wish.english
        return show.page_html(brief, assets(), english=english, palette=wish.palette, inks=tints)
    return _drawn(brief, kind, how)


def _drawn(brief: Brief, kind: str, how: How) -> bytes:
    if kind == "gif":
        return handout.gif(brief, how)
    return handout.docx(brief, how) if kind == "docx" else handout.pdf(brief, how)


def assets() -> Mapping[str, bytes]:
    """The files that the player needs, by their path below ``assets/``."""
    found = (path for pattern in show.ASSETS for path in sorted(_ASSETS.glob(pattern)))
    return {path.relative_to(_ASSETS).as_posix(): path.read_bytes() for path in found}


def inks(sets: Mapping[str, Boundaries]) -> dict[str, dict[str, Ink]]:
    """Colours of the classes of land use, by set."""
    uses = landuse.read(DATA / "rules")
    return {name: palette.tints(known, uses, landuse.find) for name, known in sets.items()}
