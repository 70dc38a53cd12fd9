"""Fifty people browsing and five editing on one server, beside a plain st_folium app.

``python -m tests.bench.bench_load [SECONDS [THINK_MIN THINK_MAX]]`` prints what it measured as
JSON. The walks are recorded in Chromium first (`load_walk`), then sent again by `load_play`.
Both apps draw the parcels of the demonstration store, one after the other in one run.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from geo import office, people
from geo.ledger import book
from geo.ledger import open_zone as open_ledger
from geo.people import Person, Role
from geo.zone import DATA, Zone
from tests.bench import load_walk, serve
from tests.bench.load_crowd import Load, under_load
from tests.bench.load_play import Pace, Tally, Visitor
from tests.bench.load_walk import Walk
from tests.bench.watch import SIZE, started
from tests.e2e.server import Server, start

BROWSING, EDITING = 50, 5
PEER_S = 180.0  # at the same load, but not as long: it keeps nothing that could grow or be lost
CONTESTED = 3  # parcels that all who edit write to
WORD, NOTE = "tide over the harbour", "load-note-0"


@dataclass(frozen=True, slots=True)
class Kept:
    """Edits that were acknowledged, and what the ledger says of them afterwards."""

    acknowledged: int
    recorded: int
    lost: int
    unasked: int
    faults: int

    @classmethod
    def of(cls, zone: Zone, before: int, tally: Tally) -> "Kept":
        """Compare what browsers were told with what was recorded after version `before`."""
        told = set(tally.saved)
        found = [
            (event.subject.partition("/")[2], event.reason.removesuffix(load_walk.REASON))
            for event in zone.events(after=before)
            if event.verb == "amended"
        ]
        lost, unasked = told - set(found), len(found) - len(told & set(found))
        return cls(len(tally.saved), len(found), len(lost), unasked, len(zone.verify()))


def main() -> None:
    """Record, play, tell."""
    given = [float(one) for one in sys.argv[1:]]
    seconds = given[0] if given else 600.0
    think = (given[1], given[2]) if len(given) > 2 else (5.0, 15.0)
    with tempfile.TemporaryDirectory() as place:
        ours, kept = _ours(Path(place), seconds, think)
        peer = _peer(Path(place), min(seconds, PEER_S), think)
    ratio = peer.told()["p95_s"] / ours.told()["p95_s"]
    shown = {"ours": ours.told(), "edits": asdict(kept), "peer": peer.told(), "p95_ratio": ratio}
    sys.stdout.write(json.dumps(shown, indent=1, ensure_ascii=False) + "\n")


def _ours(folder: Path, seconds: float, think: tuple[float, float]) -> tuple[Load, Kept]:
    """Our app: recorded, then under load; what was saved is looked up in the store."""
    store = f"sqlite:///{folder / 'zone.db'}"
    demo = [sys.executable, "-m", "geo", "demo", "--store", store]
    subprocess.run(demo, check=True, cwd=serve.ROOT, stdout=subprocess.DEVNULL)
    _accounts(folder)
    zone = open_ledger(store)
    live = sorted(id_ for id_, one in book(zone).supply.at().items() if one.live)
    walks, before = _recorded(folder, live[0]), zone.version
    load = Load("ours", seconds)
    with _served(folder) as server:
        crowd = partial(_crowd, _Scene(server.url, walks, live[1 : 1 + CONTESTED], think), load)
        asyncio.run(under_load(load, crowd, server.process.pid))
    return load, Kept.of(zone, before, load.tally)


def _peer(folder: Path, seconds: float, think: tuple[float, float]) -> Load:
    """The plain app with the same parcels, its one box ticked by as many people."""
    shapes = open_ledger(f"sqlite:///{folder / 'zone.db'}").boundaries("parcel")
    if shapes is None:
        raise RuntimeError("the demonstration store has no parcels")
    shapes.table[["id", "geometry"]].to_file(folder / "parcels.geojson", driver="GeoJSON")
    units = DATA / "boundaries" / "unit.geojson"
    data = {"BENCH_PARCELS": folder / "parcels.geojson", "BENCH_UNITS": units}
    load = Load("st_folium + GeoJson", seconds)
    with serve.peer("naive", folder, data) as address:
        with started() as browser:
            new = partial(browser.new_context, base_url=address)
            walk = load_walk.taken_down(new, load_walk.toggling)

        async def crowd(until: float) -> None:
            people_ = [Visitor(address, load.tally, n) for n in range(BROWSING + EDITING)]
            await asyncio.gather(*(one.browse(walk, Pace(until, think)) for one in people_))

        asyncio.run(under_load(load, crowd, serve.pid(address)))
    return load


@dataclass(frozen=True, slots=True)
class _Scene:
    """Where the crowd goes, what it does, how long each thinks between two steps, s."""

    address: str
    walks: dict[str, Walk]
    parcels: list[str]
    think: tuple[float, float]


async def _crowd(scene: _Scene, load: Load, until: float) -> None:
    """Everybody signs in, then does what they came for until the time is over."""
    tally, pace, walks = load.tally, Pace(until, scene.think), scene.walks
    browse = {f"view{n + 1}": Visitor(scene.address, tally, n) for n in range(BROWSING)}
    edit = {f"edit{n + 1}": Visitor(scene.address, tally, 1000 + n) for n in range(EDITING)}
    await asyncio.gather(*(one.sign_in(name, WORD) for name, one in (browse | edit).items()))
    reading = [one.browse(walks["view0"], pace) for one in browse.values()]
    writing = [one.edit(walks["edit0"], pace, scene.parcels, name) for name, one in edit.items()]
    await asyncio.gather(*reading, *writing)


def _accounts(folder: Path) -> None:
    """Who browses, who edits, and one of each to record with."""
    held = office.open_office(f"sqlite:///{folder / 'office.db'}", people.read(DATA / "rules"))
    roles = {"root": Role.ADMINISTRATOR}
    roles |= {f"view{n}": Role.VIEWER for n in range(BROWSING + 1)}
    roles |= {f"edit{n}": Role.EDITOR for n in range(EDITING + 1)}
    for id_, role in roles.items():
        person = Person(id_, f"某{id_}", frozenset({role}), secret=people.hashed(WORD))
        held.put(person, by="安装", now=datetime.now(UTC))


def _recorded(folder: Path, parcel: str) -> dict[str, Walk]:
    """What one who browses and one who edits send, from Chromium on the same store."""
    made = {"view0": load_walk.browsing, "edit0": load_walk.editing(parcel, NOTE)}
    with _served(folder) as server, started() as browser:
        return {
            name: load_walk.taken_down(partial(_signed_in, browser, server.url, name), walk)
            for name, walk in made.items()
        }


def _signed_in(browser: Browser, address: str, name: str) -> BrowserContext:
    context = browser.new_context(base_url=address, viewport=SIZE, locale="zh-CN")
    form: dict[str, str | float | bool] = {"name": name, "password": WORD}
    if not context.request.post("/sign-in", form=form, headers={"origin": address}).ok:
        raise RuntimeError(f"{name} was not let in")
    return context


@contextmanager
def _served(folder: Path) -> Iterator[Server]:
    given = {"ZONE_SIGN_IN": "local", "ZONE_OFFICE": f"sqlite:///{folder / 'office.db'}"}
    running = start(f"sqlite:///{folder / 'zone.db'}", folder / "server.log", given=given)
    try:
        yield running
    finally:
        running.stop()
    if running.trouble():
        raise RuntimeError("\n".join(running.trouble()[:20]))


if __name__ == "__main__":
    main()
