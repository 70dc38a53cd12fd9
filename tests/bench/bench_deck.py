"""A deck of twelve slides of the sample meeting: seconds to read, to write, and MB.

`python tests/bench/bench_deck.py` writes it in both languages and in grey, some times each, and
prints the fastest run; `--keep FILE` keeps the last one.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # so that it also runs as a script

from dataclasses import replace

from geo import ledger
from layers import deck
from layers.brief.read import brief_of
from layers.brief.values import Brief
from layers.picture import FontBook
from layers.style import Palette
from tests.layers.brief import sample

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
LEFT_OUT = "register"  # a table of forty rows: then twelve slides of the brief are left
RUNS = 3


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def meeting(room: str) -> tuple[Brief, float]:
    """The sample without its longest table, and the seconds that reading it took."""
    zone = ledger.open_zone(f"sqlite:///{room}/zone.db")
    record, sets = sample.given(zone)
    start = time.perf_counter()
    known = brief_of(record, sets)
    took = time.perf_counter() - start
    return replace(known, slides=tuple(s for s in known.slides if s.id != LEFT_OUT)), took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    fonts = FontBook(str(FONTS / "NotoSansSC-Regular.ttf"), str(FONTS / "NotoSansSC-Bold.ttf"))
    with tempfile.TemporaryDirectory() as room:
        known, took = meeting(room)
    say(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    say(f"{len(known.slides)} slides of the brief, read in {took * 1e3:.0f} ms\n")
    say("| deck | s | MB |\n|---|---|---|")
    ways = (("Chinese", False, Palette.STANDARD), ("English", True, Palette.STANDARD),
            ("Chinese, grey", False, Palette.GREY))  # fmt: skip
    for title, english, palette in ways:
        best, data = float("inf"), b""
        for _ in range(RUNS):
            start = time.perf_counter()
            data = deck.write(known, fonts, english=english, palette=palette)
            best = min(best, time.perf_counter() - start)
        say(f"| {title} | {best:.1f} | {len(data) / 1e6:.2f} |")
        if asked.keep:
            asked.keep.write_bytes(data)


if __name__ == "__main__":
    main()
