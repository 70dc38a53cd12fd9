"""A process that writes to a store, for the tests of several processes and of kills.

`edit URL WHO COUNT` writes COUNT edits and prints how often someone else was first.
`kills URL COUNT` kills a writer COUNT times and prints, per kill, the last version the
writer was told, the version found afterwards and how many rows its set has; after every tenth
and the last also the faults of the whole store (a fault would last).
"""

import json
import os
import random
import signal
import sys
import time
from datetime import UTC, datetime

import geopandas as gpd
from shapely import box

from geo.errors import ConflictError, StoreError
from geo.model import Boundaries, Event, Grade, Source
from geo.store import open_tables


def event(subject: str, who: str) -> Event:
    return Event(subject, "edited", who, datetime.now(UTC))


def edit(url: str, who: str, count: int) -> int:
    """Write so many edits; every refusal must name the other writer and what was written."""
    store, clashes = open_tables(url), 0
    other = {"a": "b", "b": "a"}[who]
    for number in range(count):
        while True:
            seen = store.version
            time.sleep(0.001)  # between looking and saving there is time for another to be first
            try:
                store.write([event(f"{who}/{number}", who)], expect=seen)
                break
            except ConflictError as clash:
                if f"{other} 于" not in str(clash):
                    raise
                clashes += 1
            except StoreError as busy:  # waited 5 s on a machine with other work: told, not stored
                if busy.code != "STORE_BUSY":
                    raise
    return clashes


def write_for_ever(url: str, told: int) -> None:
    """Write two events, a set and a file at a time; tell each version reached."""
    shapes = [box(122 + i / 1000, 37, 122.001 + i / 1000, 38) for i in range(100)]
    columns = {"id": [f"P{i}" for i in range(100)], "name": ["园"] * 100}
    table = gpd.GeoDataFrame(columns, geometry=shapes, crs=4490)
    known = Boundaries("park", table, Source("图", Grade.SCHEMATIC, "CC0"))
    store = open_tables(url)
    while True:
        events = [event("boundaries/park", "李"), event("parcel/1", "李")]
        try:
            version = store.write(events, [known], [os.urandom(20_000)], expect=store.version)
        except ConflictError:  # a server may still finish what the one killed before us asked
            continue
        os.write(told, f"{version}\n".encode())


def kill_once(url: str, *, whole: bool) -> dict[str, object]:
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        write_for_ever(url, told)
    os.close(told)
    begun = os.read(heard, 100)  # after its first write, so that kills fall all over the next
    time.sleep(random.uniform(0, 0.05))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(heard, "rb") as rest:
        last = int((begun + rest.read()).split()[-1])
    store = open_tables(url)
    with store.session(writing=True):  # waits until the server has done with the one killed
        pass
    known = store.boundaries("park") if store.version else None
    return {
        "told": last,
        "version": store.version,
        "rows": len(known.table) if known else 0,
        "faults": [issue.message for issue in store.verify()] if whole else [],
    }


if __name__ == "__main__":
    if sys.argv[1] == "edit":
        sys.stdout.write(f"{edit(sys.argv[2], sys.argv[3], int(sys.argv[4]))}\n")
    else:
        for left in reversed(range(int(sys.argv[3]))):
            sys.stdout.write(json.dumps(kill_once(sys.argv[2], whole=left % 10 == 0)) + "\n")
            sys.stdout.flush()  # else the next fork would inherit the line and write it again
