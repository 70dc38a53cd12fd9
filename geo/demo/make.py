"""Make the demonstration store: shapes, ledger, plan, projects, meetings, as an office would."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import geopandas as gpd
import numpy as np
from shapely.geometry.base import BaseGeometry

from geo import boundaries, briefing, chronicle, ledger, zone
from geo.chronicle import CHINA
from geo.demo import history, shapes, works
from geo.demo.life import Life
from geo.errors import DataError, StoreError
from geo.ledger import supply_rules
from geo.model import STORED_CRS, Boundaries, Event, Grade, Source
from geo.store import open_store
from geo.supply import Ledger
from geo.zone import EXAMPLE, SYSTEM, Zone

TITLE = "示例地块（按规则生成，不对应任何真实宗地）"
_BEFORE = 2  # events of a demonstration store before its story begins
_EARLIEST = date(2019, 1, 1)  # last day of the shortest story that can be told
_APART = timedelta(days=181)
_MEETING, _MEETING_EN = "示例调度会（第 {number} 次）", "Example review, meeting {number}"
_START = datetime(2001, 1, 1, 9, tzinfo=CHINA).astimezone(UTC)
_SOURCE = Source(
    TITLE,
    Grade.SCHEMATIC,
    "CC0-1.0",
    note="示例：图形由程序按固定规则画出，不得作为任何依据",
)


def made(url: str, until: date | None = None) -> Zone:
    """Fill an empty store and open it.

    The same events, days and shapes at every run with the same last day `until`, by default
    the end of last month. Raises `StoreError` DEMO_STORE if the store
    holds anything: an office's store is never filled with inventions; `DataError` DEMO_UNTIL for
    a last day in the future or before 2019.
    """
    store = open_store(url)
    if store.version:
        raise StoreError(
            f"存储中已有 {store.version} 条记录，示例数据只写入空的存储，请另指一个新文件",
            "DEMO_STORE",
        )
    until = _told(until or _last_month())
    plots = shapes.plots(zone.open_zone("sqlite://"))
    people = history.lives(plots, until)
    told = history.put_right(
        [*history.events(people), *history.plans(until), *works.events(people, until)], _BEFORE
    )
    first = Ledger.of(chronicle.numbered(told, _BEFORE), supply_rules())
    cuts = [*history.splits(first, people), *history.renumberings(first, people)]
    drawn = _drawn(plots, people, cuts)
    mark = Event(EXAMPLE, "marked", SYSTEM, _START, None, {"title": TITLE})
    placed = Event("boundaries/parcel", "replaced", SYSTEM, _START, None, _said(drawn))
    store.write([mark, placed, *told, *cuts], [drawn], expect=0)
    opened = ledger.open_zone(url)
    _meetings(opened, until)
    return opened


def _meetings(opened: Zone, until: date) -> None:
    """Two meetings half a year apart, so that the second can tell what changed."""
    for number, day in enumerate((until - _APART, until), 1):
        said = _MEETING.format(number=number), _MEETING_EN.format(number=number)
        briefing.freeze(
            opened, by=history.BY[0], title=said[0], title_en=said[1], held=day, as_of=day
        )


def _told(until: date) -> date:
    today = datetime.now(CHINA).date()
    if not _EARLIEST <= until <= today:
        raise DataError(
            f"示例的最后一天 {until} 应在 {_EARLIEST} 至今天 {today} 之间，请另选", "DEMO_UNTIL"
        )
    return until


def _last_month() -> date:
    return datetime.now(CHINA).date().replace(day=1) - timedelta(days=1)


def _said(drawn: Boundaries) -> dict[str, object]:
    return {"grade": drawn.source.grade.value, "count": len(drawn.table), "source": TITLE}


def _drawn(
    plots: Sequence[shapes.Plot], people: Sequence[Life], cuts: Sequence[Event]
) -> Boundaries:
    """Shapes of all parcels, those that were split later included beside their parts."""
    known = {
        history.name(life.number): plot.shape for life, plot in zip(people, plots, strict=True)
    }
    for event in cuts:
        if event.verb == "split":
            known |= _parts(known[event.subject.partition("/")[2]], event.data["into"])
        elif event.verb == "renumbered":
            known[str(event.data["into"])] = known[event.subject.partition("/")[2]]
    named = {"id": list(known), "name": [f"示例 {id_}" for id_ in known]}
    table = gpd.GeoDataFrame(
        named | {"kind": "示例地块", "kind_en": "Example parcel", "grade": Grade.SCHEMATIC.value},
        geometry=np.array(list(known.values()), dtype=object),
        crs=STORED_CRS,
    )
    return boundaries.make("parcel", table, _SOURCE)


def _parts(shape: BaseGeometry, ids: Sequence[str]) -> dict[str, BaseGeometry]:
    return dict(zip(ids, shapes.cut_at(shape, history.SPLIT), strict=True))
