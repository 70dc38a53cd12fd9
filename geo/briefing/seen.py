"""What one meeting sees of a zone: all at its version and day, as its edition may hold it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from shapely.geometry.base import BaseGeometry

from geo import drawn, ledger
from geo.briefing import works
from geo.chronicle import Entry, standing
from geo.edition import Edition, released
from geo.errors import DataError
from geo.meeting import Snapshot
from geo.model import Boundaries, Grade
from geo.projects import Project
from geo.projects import Rules as ProjectRules
from geo.supply import Parcel
from geo.supply import Rules as SupplyRules
from geo.zone import EXAMPLE, Zone

PARCEL, WORKS = "parcel", works.NAME
_CLASSIFIED = "EDITION_SECRET"


class Seen:
    """A zone as a meeting sees it. Answers are kept for as long as it lives."""

    def __init__(self, zone: Zone, snapshot: Snapshot, edition: Edition) -> None:
        self.zone = zone
        self.snapshot = snapshot
        self.edition = edition
        self.withheld = list[str]()  # sets that the edition may not hold
        self._sets = dict[str, Boundaries | None]()
        self._parcels = dict[date, Mapping[str, Parcel]]()
        self._rows = dict[str, Mapping[str, int]]()

    @property
    def public(self) -> bool:
        """Made for the public."""
        return self.edition is Edition.PUBLIC

    @property
    def day(self) -> date:
        """Day the state is of."""
        return self.snapshot.as_of

    @property
    def version(self) -> int:
        """All that is known."""
        return self.snapshot.version

    @property
    def supply_rules(self) -> SupplyRules:
        """Rules of the ledger."""
        return ledger.supply_rules()

    @property
    def project_rules(self) -> ProjectRules:
        """Rules of the register."""
        return ledger.project_rules()

    @cached_property
    def _entries(self) -> Sequence[Entry]:
        return ledger.book(self.zone).entries[: self.version]

    def latest(self, kind: str) -> date | None:
        """Day of effect of the last entry of a kind (``project/``), none later than the day."""
        mine = [one for one in self._entries if one.event.subject.startswith(kind)]
        return max((one.on for one in standing(mine) if one.on <= self.day), default=None)

    def recorded(self, version: int) -> date:
        """Day on which a version was recorded."""
        return self._entries[version - 1].recorded

    @cached_property
    def example(self) -> bool:
        """Whether it rests on invented data."""
        return any(one.event.subject == EXAMPLE for one in self._entries)

    def names(self) -> list[str]:
        """Sets that the zone held, without those the edition may not hold."""
        return [name for name in self.zone.sets(self.version) if self.set(name)]

    def set(self, name: str) -> Boundaries | None:
        """A set as the edition may hold it, every shape there; None where there is none."""
        if name == WORKS:
            return self.works
        if name not in self._sets:
            self._sets[name] = self._released(name)
        return self._sets[name]

    def _released(self, name: str) -> Boundaries | None:
        held = self.zone.boundaries(name, self.version)
        if held is None:
            return None
        try:
            found = released(held, self.edition).known
        except DataError as error:
            if error.code != _CLASSIFIED:
                raise
            self.withheld.append(name)
            return None
        table = found.table[~found.table.geometry.isna()]
        if len(table) == len(found.table):
            return found
        kept = Boundaries(name, table.reset_index(drop=True), found.source, found.since)
        return kept if len(table) else None

    @cached_property
    def supplied(self) -> bool:
        """Whether the ledger may be shown: the public sees none of parcels that are classified."""
        self.set(PARCEL)
        return PARCEL not in self.withheld

    def parcels(self, day: date | None = None) -> Mapping[str, Parcel]:
        """Parcels by id on a day, that of the meeting if none is given."""
        asked = day or self.day
        if asked not in self._parcels:
            told = ledger.book(self.zone).supply
            self._parcels[asked] = told.at(asked, self.version) if self.supplied else {}
        return self._parcels[asked]

    def projects(self, day: date | None = None) -> Mapping[str, Project]:
        """Projects by id on a day, those that left included."""
        return ledger.book(self.zone).register.at(day or self.day, self.version)

    @cached_property
    def live(self) -> Sequence[Project]:
        """Projects in the register, worst colour first."""
        order = list(self.project_rules.colours)
        known = [one for one in self.projects().values() if one.live]
        return sorted(known, key=lambda one: (order.index(one.colour), one.id))

    @cached_property
    def _related(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """Features that stand for an entity of the plan or are part of it."""
        found = dict[str, list[tuple[str, str]]]()
        for name in self.zone.catalog.shipped:
            held = self.set(name)
            for id_, parent, _ in drawn.lineage(held) if held else ():
                for entity in dict.fromkeys(filter(None, (id_, parent))):
                    found.setdefault(entity, []).append((name, id_))
        return found

    def where(self, entity: str) -> Sequence[tuple[str, str]]:
        """Set and id of every feature that stands for an entity."""
        return self._related.get(entity, ())

    def of_project(self, one: Project) -> list[tuple[str, str]]:
        """Set and id of what is drawn of a project: by the plan, and its parcels."""
        known = self.set(PARCEL) if one.links else None
        there = set(known.table["id"]) if known else set()
        planned = self.where(str(one.fields.get("entity", one.id)))
        return [*planned, *((PARCEL, id_) for id_ in one.links if id_ in there)]

    @cached_property
    def works(self) -> Boundaries | None:
        """A point for each project that has a place, of the grade of what the place rests on."""
        found = [(one, self._shapes(one)) for one in self.projects().values()]
        places = [(one, shapes) for one, shapes in found if shapes]
        return works.points(places, self.project_rules, coarse=self.public)

    def _shapes(self, one: Project) -> list[tuple[BaseGeometry, Grade]]:
        found = list[tuple[BaseGeometry, Grade]]()
        for name, id_ in self.of_project(one):
            known = self.set(name)
            if known is not None:
                row = known.table.iloc[self._row(name)[id_]]
                grade = str(row["grade"] or "") if "grade" in known.table else ""
                found.append((row.geometry, Grade(grade or known.source.grade)))
        return found

    def _row(self, name: str) -> Mapping[str, int]:
        if name not in self._rows:
            known = self.set(name)
            ids = known.table["id"] if known else ()
            self._rows[name] = {str(id_): i for i, id_ in enumerate(ids)}
        return self._rows[name]
