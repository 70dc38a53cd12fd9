"""A ledger of 100,000 events on 20,000 parcels, beside pandas that reckons everything again.

`python tests/bench/bench_ledger.py [PARCELS]` prints a table: seconds (best of three, taken in
turn so that a busy machine is busy for both) and the ratio. The peer has it easy: a flat table
of events already in memory, no units, no withdrawals, no rules; `groupby.last` on it.
"""

import itertools
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[2]))  # so that it runs as a script

from geo import chronicle, ledger
from geo.ledger import reckon
from geo.model import Event
from geo.store import open_store
from geo.supply import Draft, Ledger, Parcel
from geo.zone import Zone

ROUNDS, EACH = 3, 5  # events of a parcel: entered, and four more
BEGIN, NOW = date(2015, 1, 1), datetime(2026, 1, 5, 2, tzinfo=UTC)
WALK = ("available", "reserve", "prepared", "available")
MIDDLE = date(2017, 6, 30)
FIELDS = {"area_m2": 12_345.6, "use": "1001", "location": "示例路1号"}


def events(count: int) -> Iterator[Event]:
    """Everybody enters, then everybody makes the first move, and so on."""
    rules = ledger.supply_rules()
    for turn, i in itertools.product(range(EACH), range(count)):
        on = BEGIN + timedelta(days=400 * turn + i % 400)
        draft, id_ = Draft(rules, "示例", NOW, on, "示例", "示例文"), f"B-{i:06d}"
        if turn == 0:
            yield draft.entered(id_, "reserve", FIELDS)
        else:
            before = "reserve" if turn == 1 else WALK[turn - 2]
            yield draft.moved(Parcel(id_, before, on), WALK[turn - 1])


def flat(entries: list[chronicle.Entry]) -> pd.DataFrame:
    """The same events as a table that pandas likes."""
    rows = [
        (one.number, one.event.subject, one.event.data.get("to", "reserve"), one.on, 12_345.6)
        for one in entries
    ]
    table = pd.DataFrame(rows, columns=["number", "id", "status", "on", "area_m2"])
    return table.assign(on=pd.to_datetime(table["on"]))


def stored(folder: Path) -> pd.DataFrame:
    """The flat table, read from the store's own file."""
    ask = (
        "select seq as number, subject as id, data, \"on\" from event where subject like 'parcel/%'"
    )
    with closing(sqlite3.connect(folder / "zone.db")) as db:
        table = pd.read_sql(ask, db)
    told = [json.loads(one) for one in table["data"]]
    status = [one.get("to", one.get("status")) for one in told]
    return table.assign(status=status, on=pd.to_datetime(table["on"]))


def last(table: pd.DataFrame, day: date | None = None) -> pd.DataFrame:
    """Every parcel as the last event by a day left it."""
    told = table if day is None else table[table["on"] <= pd.Timestamp(day)]
    return told.sort_values(["on", "number"], kind="stable").groupby("id").last()


def best(*acts: Callable[[], object]) -> list[float]:
    """Seconds of each act, the best of some rounds taken in turn."""
    found = [[float("inf")] for _ in acts]
    for _ in range(ROUNDS):
        for taken, act in zip(found, acts, strict=True):
            start = time.perf_counter()
            act()
            taken.append(time.perf_counter() - start)
    return [min(one) for one in found]


def moves(zone: Zone) -> Callable[[], object]:
    """One more move at each call: looked up, checked, recorded in the file, seen in the table."""
    number = itertools.count()

    def act() -> None:
        held = ledger.book(zone)
        parcel = held.supply.parcel(f"B-{next(number):06d}")
        if parcel is None:
            raise LookupError(number)
        draft = Draft(ledger.supply_rules(), "示例", NOW, date(2026, 1, 1), "示例", "示例文")
        ledger.record(zone, [draft.moved(parcel, "reserve")], seen=held.version)
        ledger.book(zone)

    return act


def appended(table: pd.DataFrame) -> Callable[[], object]:
    """One more move for the peer: a row more, and everything again."""
    row = table.iloc[[0]].assign(number=len(table) + 1, on=pd.Timestamp(2026, 1, 1))
    return lambda: last(pd.concat([table, row], ignore_index=True))


def measured(count: int, folder: Path) -> Iterator[tuple[str, float, float]]:
    """What is done, seconds of ours, seconds of the peer."""
    rules, url = ledger.supply_rules(), f"sqlite:///{folder / 'zone.db'}"
    told = list(events(count))
    entries = chronicle.numbered(told)
    table = flat(entries)
    yield "cold fold", *best(lambda: Ledger.of(entries, rules), lambda: last(table))
    held = Ledger.of(entries, rules)
    yield "as of a day", *best(lambda: held.at(MIDDLE), lambda: last(table, MIDDLE))
    version = len(entries) // 2
    known = table[table["number"] <= version]
    cold = best(lambda: Ledger.of(entries, rules).known(version).at(MIDDLE))[0]
    fold = best(lambda: Ledger.of(entries, rules))[0]
    yield "as of a day, known earlier, first", cold - fold, best(lambda: last(known, MIDDLE))[0]
    yield (
        "the same, asked again",
        *best(lambda: held.known(version).at(MIDDLE), lambda: last(known, MIDDLE)),
    )
    yield "table of all columns", *best(held.table, lambda: last(table).reset_index())
    open_store(url).write(told, expect=0)
    yield (
        "read from the store and folded",
        *best(lambda: ledger.book(ledger.open_zone(url)), lambda: last(stored(folder))),
    )
    zone = ledger.open_zone(url)
    ledger.book(zone)
    yield "one more move, on disk", *best(moves(zone), appended(table))
    yield "table with places, for a page", *best(lambda: reckon.table(zone), lambda: last(table))


def main(count: int) -> None:
    """Print the table."""
    tell(f"{count * EACH:,} events, {count:,} parcels")
    tell(f"{'what':36}{'ours s':>10}{'pandas s':>10}{'ratio':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for what, ours, peer in measured(count, Path(folder)):
            tell(f"{what:36}{ours:10.4f}{peer:10.4f}{ours / peer:8.2f}×")


def tell(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
