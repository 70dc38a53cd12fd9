"""Paper and pictures of a meeting: seconds and MB, on the machine this runs on.

`python tests/bench/bench_handout.py 100000` writes handout, Word brief and GIF of the sample
meeting of 13 slides, then a picture and a handout page of that many parcels (none of them real).
"""

import argparse
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))  # so that it also runs as a script

from geo import ledger
from geo.zone import DATA, Zone
from layers import handout, picture
from layers.brief.read import brief_of
from layers.brief.values import Brief, Kind, Look, Slide, Text
from layers.handout import How
from layers.picture import A3, Caption, FontBook, Grid, Layer, Scene, View, by_kind
from layers.picture import Kind as File
from tests.bench import parcels
from tests.layers.brief import sample

_FONTS = DATA.parent / "assets" / "fonts"
MB = 1e6


def fonts() -> FontBook:
    """The fonts that came with the product."""
    return FontBook(str(_FONTS / "NotoSansSC-Regular.ttf"), str(_FONTS / "NotoSansSC-Bold.ttf"))


def told(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def timed(name: str, made: Callable[[], bytes]) -> None:
    """One line of the table: the quicker of two runs."""
    best, size = float("inf"), 0
    for _ in range(2):
        start = time.perf_counter()
        size = len(made())
        best = min(best, time.perf_counter() - start)
    told(f"| {name} | {best:.1f} | {size / MB:.2f} |")


def of_parcels(zone: Zone, count: int) -> tuple[Scene, Brief]:
    """A map of many parcels by kind, and a meeting of one slide that shows them."""
    known = parcels.parcels(count)
    ground = [one for one in zone.held() if one.name in ("sea", "land", "zone")]
    layers = (*map(Layer, ground), Layer(known, by_kind(known, {}), labelled=False, demo=True))
    scene = Scene(layers, View(grid=Grid.NONE), Caption("示例地块"), A3)
    brief = brief_of(*sample.given(zone))
    slide = Slide("one", Kind.MAP, Text("示例地块"), look=Look(on=("zone", "parcel")))
    sets = {**{one.name: one for one in ground}, "parcel": known}
    return scene, replace(brief, slides=(slide,), sets=sets, colourings={})


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("count", type=int, nargs="?", default=100_000)
    count = asked.parse_args().count
    how = How(fonts())
    with TemporaryDirectory() as folder:
        zone = ledger.open_zone(f"sqlite:///{folder}/zone.db")
        brief = brief_of(*sample.given(zone))
        scene, many = of_parcels(zone, count)
        told(f"{platform.machine()}, Python {platform.python_version()}, {count:,} parcels\n")
        told("| what | seconds | MB |\n|---|---:|---:|")
        timed("handout, 13 slides, PDF", lambda: handout.pdf(brief, how))
        timed("brief, 13 slides, Word", lambda: handout.docx(brief, how))
        timed("time slider, 4 periods, GIF", lambda: handout.gif(brief, how))
        timed(f"picture of {count:,} parcels, A3, PNG", lambda: picture.draw(scene, how.fonts))
        timed(
            f"picture of {count:,} parcels, A3, PDF",
            lambda: picture.draw(scene, how.fonts, File.PDF),
        )
        timed(f"handout page of {count:,} parcels, PDF", lambda: handout.pdf(many, how))


if __name__ == "__main__":
    main()
