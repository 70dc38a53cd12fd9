"""What is made ready before the first visitor asks."""

from collections.abc import Sequence
from threading import Thread

from geo.formats import jail, scratch
from geo.model import SetSummary
from layers import feed
from pages import door, ready, tree


def up() -> None:
    """Read and measure every set; start what takes long beside the first visits.

    That is the process that reads strangers' files, and what the map will ask for. Of files that
    were being read when the server was last stopped nothing is left.
    """
    scratch.clear()
    Thread(target=jail.warm, name="jail", daemon=True).start()
    summaries = door.whole().summaries()
    tree.packed(tree.dated(), english=False)
    Thread(target=_prepare, args=(summaries,), name="shapes", daemon=True).start()


def _prepare(summaries: Sequence[SetSummary]) -> None:
    """Shapes of small sets, then pictures of big ones."""
    for one in sorted(summaries, key=lambda one: one.count):
        if one.count > feed.SMALL:
            ready.tiles(one.name, one.since).picture()
        elif door.zone().shows(one.name, one.since):  # else made when somebody may ask for it
            ready.shapes(one.name, one.since)
