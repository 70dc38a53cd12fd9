"""The zone as the office knows it: the one door from pages and shell to everything.

Every method reads, thinks, and maybe writes. What it computes from boundaries is cached by
version only, so a new version is simply never answered with an old number.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from geo import boundaries as shapes
from geo import catalog, drawn, identify, plan, sketch
from geo.boundaries import Change, ChangeKind
from geo.catalog import Catalog
from geo.errors import DataError, Issue
from geo.model import SECRECY, Boundaries, Event, Grade, Hit, Match, Seal, SetSummary, worst
from geo.plan import Entity, Plan
from geo.search import Found, Index, positions
from geo.store import Mark, Store, open_store
from geo.zone import names, seeds
from geo.zone.seeds import EXAMPLE, SYSTEM
from geo.zone.veil import Marks, Veil

DATA = Path(__file__).parents[2] / "data"
Guard = Callable[[Sequence[Event], Sequence[Boundaries]], None]
_SETS_HELD = 64


class Zone:
    """Store, catalogue and plan, asked together."""

    def __init__(self, store: Store, known: Catalog, register: Plan) -> None:
        self._store = store
        self.catalog = known
        self.plan = register
        self.guard: Guard | None = None  # raises where somebody may not write (see `geo.office`)
        self.example = any(store.events(EXAMPLE))  # holds invented parcels: said wherever shown
        self._read = lru_cache(maxsize=_SETS_HELD)(self._boundaries_since)
        self._drawn = lru_cache(maxsize=2)(self._drawn_at)
        self._index = lru_cache(maxsize=2)(self._index_at)
        self._summary = lru_cache(maxsize=_SETS_HELD)(self._summary_since)
        self.whole = self  # itself, unless somebody sees only part of it
        self.marks = Marks(store)
        self._views: dict[str, tuple[int, frozenset[Mark], Zone]] = {}

    def seen_by(self, clearance: str) -> "Zone":
        """The zone as it is to somebody cleared up to a level of `SECRECY`; see `geo.zone.veil`.

        Another object for each level, so what is kept by zone is never shown to another level.
        """
        if clearance == SECRECY[-1]:
            return self
        version, known = self.marks.seen(), self._views.get(clearance)
        if known is None or known[0] != version:
            veil = Veil(self._store, self.marks, clearance)
            hidden = veil.ever()
            view = known[2] if known and known[1] == hidden else self._veiled(veil)
            known = self._views[clearance] = version, hidden, view
        return known[2]

    def _veiled(self, veil: Veil) -> "Zone":
        view = Zone(veil, self.catalog, self.plan)
        view.whole, view._read, view._summary = self, self._read, self._summary
        return view

    def withheld(self, at: int | None = None) -> frozenset[str]:
        """Names of sets and rasters held that are kept from whoever sees the zone so."""
        return self._store.withheld(at) if isinstance(self._store, Veil) else frozenset()

    def shows(self, name: str, since: int) -> bool:
        """Whether a set or raster as kept under a version is shown, if it ever was."""
        return not isinstance(self._store, Veil) or self._store.shows(name, since)

    @property
    def version(self) -> int:
        """One number for the whole state of the zone."""
        return self._store.version

    def sets(self, at: int | None = None) -> Mapping[str, int]:
        """Names of the sets held, each with the version it dates from."""
        return self._store.sets(at)

    def boundaries(self, name: str, at: int | None = None) -> Boundaries | None:
        """One set now, or as it was at a version; None if the zone holds none."""
        since = self.sets(at).get(name)
        return None if since is None else self._read(name, since)

    def _boundaries_since(self, name: str, since: int) -> Boundaries | None:
        return self._store.boundaries(name, since)

    def held(self, at: int | None = None) -> list[Boundaries]:
        """All sets held, in the catalogue's order, others after by name."""
        order = list(self.catalog.shipped)
        names = sorted(self.sets(at), key=lambda n: (order.index(n) if n in order else 99, n))
        return [found for name in names if (found := self.boundaries(name, at))]

    def summaries(self, at: int | None = None) -> list[SetSummary]:
        """What each set holds, in the catalogue's order."""
        return [self._summary(one.name, one.since) for one in self.held(at)]

    def summary(self, name: str) -> SetSummary:
        """What one set holds now; raises `DataError` if the zone holds none."""
        since = self.sets().get(name)
        if since is None:
            raise DataError(f"没有图层 {name}，请先导入", "SET_MISSING")
        return self._summary(name, since)

    def source_title(self, name: str, *, english: bool = False) -> str:
        """What to cite for a set: in English only where the shipped source still stands."""
        title = self.summary(name).source.title
        entry = self.catalog.shipped.get(name)
        shipped = entry is not None and entry.source.title == title
        return entry.source_en if english and shipped and entry and entry.source_en else title

    def _summary_since(self, name: str, since: int) -> SetSummary:
        known = self._read(name, since)
        if known is None:
            raise DataError(f"图层 {name} 在版本 {since} 不存在，请刷新页面", "SET_MISSING")
        return shapes.summary(
            known, self.catalog.title(name), self.catalog.title(name, english=True)
        )

    def identify(self, lon: float, lat: float, tolerance_m: float = 30.0) -> list[Hit]:
        """Everything at a point (EPSG:4490), symbols and lines within `tolerance_m`."""
        return identify.at(self.held(), lon, lat, tolerance_m)

    def inside(self, ring: Sequence[tuple[float, float]]) -> list[Hit]:
        """Everything that meets the region inside a ring of lon/lat points."""
        return identify.inside(self.held(), sketch.polygon(ring))

    def of_hits(self, hits: Sequence[Hit]) -> Boundaries:
        """The shapes of some hits as one set, each row saying which set it is of."""
        sets = [
            found for one in dict.fromkeys(h.set for h in hits) if (found := self.boundaries(one))
        ]
        return identify.gathered(sets, {(hit.set, hit.id) for hit in hits})

    def find(self, name: str, id_: str) -> Hit | None:
        """One feature by set and id."""
        known = self.boundaries(name)
        if known is None:
            return None
        rows = known.table.index.get_indexer_for(known.table.index[known.table["id"] == id_])
        return identify.hit(known, int(rows[0])) if len(rows) else None

    def where(self, entity: str) -> list[tuple[str, str]]:
        """Set and id of every feature that stands for an entity of the plan or is part of it."""
        return drawn.related(self._of_the_plan(), entity)

    def placed(self) -> Mapping[str, Grade]:
        """Entities of the plan that are drawn, with the weakest grade of what stands for each."""
        found = self._drawn(self.version)
        return {id_: worst(list(grades.values())) for id_, grades in found.items()}

    def entity_of(self, name: str, id_: str, parent: str = "") -> Entity | None:
        """The entity of the plan that a feature stands for, if any."""
        known = self._drawn(self.version)
        found = next((e for e in (id_, parent) if (name, id_) in known.get(e, {})), "")
        return self.plan.entity(found)

    def _of_the_plan(self) -> list[Boundaries]:
        """Shipped sets: the ids of sets that a bureau brings are its own, not the plan's."""
        return [known for known in self.held() if known.name in self.catalog.shipped]

    def _drawn_at(self, _version: int) -> drawn.Drawn:
        return drawn.drawn(self._of_the_plan(), [entity.id for entity in self.plan.entities])

    def search(self, text: str, limit: int = 12) -> list[Match]:
        """Features, entities that are not drawn, and positions that a text can mean."""
        typed = [
            Match(f"{p.lon:.6f}, {p.lat:.6f}", "", p.reading, p.reading_en, lon=p.lon, lat=p.lat)
            for p in positions(text)
        ]
        found = self._index(self.version).find(text, limit)
        return typed + [self._match(one) for one in found]

    def _index_at(self, _version: int) -> Index:
        return names.index(self)

    def _match(self, found: Found) -> Match:
        set_, id_ = found.entry.key
        why = self.catalog.title(set_) if set_ else "未落图"
        why_en = self.catalog.title(set_, english=True) if set_ else "not mapped"
        if found.name not in (found.entry.label, found.entry.label_en):
            why, why_en = f"{why} · {found.name}", f"{why_en} · {found.name}"
        bounds = self.bounds(set_, id_) if set_ else None
        return Match(found.entry.label, found.entry.label_en, why, why_en, set_, id_, bounds=bounds)

    def bounds(self, name: str, id_: str) -> tuple[float, float, float, float] | None:
        """West, south, east, north in degrees of one feature."""
        known = self.boundaries(name)
        rows = None if known is None else known.table.loc[known.table["id"] == id_]
        return None if rows is None or rows.empty else names.edges(rows)

    def extent(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the zone in degrees."""
        known = self.boundaries("zone")
        if known is None:
            raise DataError("没有经区范围，请在数据页导入或重新安装", "ZONE_MISSING")
        return names.edges(known.table)

    def preview(self, new: Boundaries) -> list[Change]:
        """What putting these boundaries in place would change, id by id."""
        old = self.boundaries(new.name)
        return shapes.compare(old, new) if old else []

    def replace(self, new: Boundaries, *, by: str, reason: str, document: str = "") -> int:
        """Put these in place of those of the same name; the old ones stay in history."""
        event = seeds.replaced(new, by, reason, document)
        return self.record([event], [new], expect=self.version)

    def write(self, events: Sequence[Event], new: Boundaries, file: bytes, expect: int) -> int:
        """Put a set in place with the raw file it came in (empty: none); see `Store.write`."""
        return self.record(events, [new], [file] if file else [], expect=expect)

    def record(
        self,
        events: Sequence[Event],
        new: Sequence[Boundaries] = (),
        files: Sequence[bytes] = (),
        *,
        expect: int,
    ) -> int:
        """Record events with the sets and raw files they bring, all or nothing."""
        if self.whole.guard:
            self.whole.guard(events, new)
        return self._store.write(events, new, files, expect=expect)

    def events(self, subject: str | None = None, after: int = 0) -> list[Event]:
        """What happened to one subject or at all after a version; all of it counts versions."""
        return list(self._store.events(subject, after))

    def keep(self, event: Event, file: bytes, expect: int) -> int:
        """Record a change that brings a raw file and no set; see `Store.write`."""
        return self.record([event], (), [file], expect=expect)

    def file(self, digest: str) -> bytes | None:
        """A raw file by its SHA-256."""
        return self._store.file(digest)

    def history(self, name: str) -> list[tuple[int, Event]]:
        """What happened to a set, oldest first, each with the version from which it holds.

        Raises `DataError` SET_UNKNOWN if the zone never held such a set.
        """
        editions, at = list[int](), self.version
        while since := self.sets(at).get(name):
            editions.insert(0, since)
            at = since - 1
        if not editions:
            raise DataError(f"没有图层 {name}，现有：{'、'.join(self.sets())}", "SET_UNKNOWN")
        return [
            (next((since for since in editions if since >= number), number), event)
            for number, event in enumerate(self._store.events(), 1)
            if event.subject == f"boundaries/{name}"
        ]

    def diff(self, name: str, old: int, new: int) -> list[Change]:
        """What changed in a set between two versions, id by id, without what stayed the same."""
        pair = [self.existing(name, at) for at in (old, new)]
        return [one for one in shapes.compare(*pair) if one.kind is not ChangeKind.SAME]

    def existing(self, name: str, at: int | None = None) -> Boundaries:
        """Like `boundaries`, but raises `DataError` SET_UNKNOWN where the zone holds none."""
        found = self.boundaries(name, at)
        if found is None:
            when = "" if at is None else f"版本 {at} 时"
            raise DataError(
                f"{when}没有图层 {name}，现有：{'、'.join(self.sets(at)) or '无'}", "SET_UNKNOWN"
            )
        return found

    def verify(self, known: tuple[int, str] | None = None) -> Sequence[Issue]:
        """Faults of the store; `known` is a head printed earlier, to see what was cut off."""
        return self._store.verify(known)

    def seal(self, at: int | None = None) -> Seal:
        """What a document prints of the state at a version, so that later cuts show."""
        return Seal(self._store.head_at(self.version if at is None else at))

    def seed(self) -> int:
        """Bring in what is shipped and the store lacks or holds in an older shipped form."""
        return seeds.sown(self._store, self.catalog)


def open_zone(url: str = "sqlite:///zone.db", data: Path = DATA) -> Zone:
    """Open the zone kept in a store; a new store receives the shipped sets."""
    known = catalog.read(data / "boundaries", data / "rules")
    zone = Zone(open_store(url), known, plan.read(data / "plan"))
    zone.seed()
    return zone


measured = sketch.measured  # the pages' way to it
__all__ = ["DATA", "EXAMPLE", "SYSTEM", "Zone", "measured", "open_zone"]
